using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>The HTTP of one run: no cookies, no proxy, no redirect that was not checked, and no connection that outlives the run.</summary>
internal sealed class HttpSession : IModuleSession
{
    private const int Redirects = 5;
    private const int HeaderKilobytes = 32;

    private readonly ModuleRun _run;
    private readonly OutboundGate _gate;
    private readonly HttpMessageInvoker _client;
    private readonly ConcurrentDictionary<int, CancellationTokenSource> _underWay = new();

    public HttpSession(IOutboundNetwork network, ModuleRun run)
    {
        _run = run;
        _gate = new OutboundGate(network, run.Access);

        // A handler a run: a connection that one run's settings allow must not serve another run.
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            PreAuthenticate = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = HeaderKilobytes,
            MaxConnectionsPerServer = 8,
            ConnectCallback = (context, cancellationToken) => _gate.ConnectAsync(context.DnsEndPoint, cancellationToken),
        });
    }

    public bool ReachesOutside(string operation) => operation == "fetch";

    public async Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument)
    {
        switch (operation)
        {
            case "fetch":
                return await FetchAsync(HttpQuestion.Read(argument)).ConfigureAwait(false);
            case "abort":
                if (_underWay.TryGetValue(ModuleJson.NumberOf(argument, "id") ?? 0, out var abort))
                {
                    await abort.CancelAsync().ConfigureAwait(false);
                }

                return ModuleAnswer.Null;
            default:
                throw new ModuleException("ERR_INVALID_STATE", "There is no such operation.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ModuleAnswer> FetchAsync(HttpQuestion question)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(_run.Ended);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abort.Token);
        _underWay[question.Id] = abort;
        limit.CancelAfter(Shortest(_run.Limits.RequestTime, _run.TimeLeft, question.Timeout));
        try
        {
            return await FollowAsync(question, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_run.Ended.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            throw new ModuleException("ABORT_ERR", "This operation was aborted");
        }
        catch (OperationCanceledException)
        {
            throw new ModuleException("ETIMEDOUT", $"connect ETIMEDOUT {OutboundGate.HostAndPort(question.Url)}");
        }
        finally
        {
            _underWay.TryRemove(question.Id, out _);
        }
    }

    private async Task<ModuleAnswer> FollowAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            _gate.Check(question.Url);
            using var response = await SendAsync(question, cancellationToken).ConfigureAwait(false);
            if (question.Redirect == "manual" || LocationOf(question, response) is not { } location)
            {
                return await ReadAsync(question, response, redirects > 0, cancellationToken).ConfigureAwait(false);
            }

            if (question.Redirect == "error")
            {
                throw new ModuleException("ERR_REDIRECT", "unexpected redirect");
            }

            if (redirects == Redirects)
            {
                throw new ModuleException("ERR_FR_TOO_MANY_REDIRECTS", $"Maximum number of redirects exceeded: at most {Redirects} are followed");
            }

            question = question.Redirected(location, (int)response.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        using var message = question.ToMessage();
        try
        {
            return await _client.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw HttpErrors.ToModuleException(exception, question.Url);
        }
    }

    private static Uri? LocationOf(HttpQuestion question, HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
            ? new Uri(question.Url, location)
            : null;

    private async Task<ModuleAnswer> ReadAsync(HttpQuestion question, HttpResponseMessage response, bool redirected, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(question, response, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var json = ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", status);
            writer.WriteString("statusText", response.ReasonPhrase ?? "");
            writer.WriteString("url", question.Url.AbsoluteUri);
            writer.WriteBoolean("redirected", redirected);
            writer.WriteStartArray("headers");
            foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            {
                foreach (var value in values)
                {
                    writer.WriteStartArray();
                    writer.WriteStringValue(name.ToLowerInvariant());
                    writer.WriteStringValue(value);
                    writer.WriteEndArray();
                }
            }

            writer.WriteEndArray();
            writer.WriteBase64String("body", body);
            writer.WriteEndObject();
        });

        // A legacy service in trouble must not make a plain error of the script mean "wrong password".
        return new ModuleAnswer(json) { Fault = status is 429 or >= 500 ? $"HTTP {status}" : null };
    }

    private async Task<byte[]> ReadBodyAsync(HttpQuestion question, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var limit = _run.Limits.ResponseBytes;
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        try
        {
            using var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > limit)
                {
                    throw new ModuleLimitException(
                        ScriptFailureKind.ResponseLimit,
                        $"{OutboundGate.HostAndPort(question.Url)} answered with more than {limit >> 10:N0} KiB. Ask for the one person only.");
                }

                body.Write(buffer, 0, read);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or HttpRequestException)
        {
            throw new ModuleException("ECONNRESET", "The response broke off or cannot be decompressed.");
        }

        return body.ToArray();
    }

    private static TimeSpan Shortest(TimeSpan first, TimeSpan second, TimeSpan? third)
    {
        var shortest = first < second ? first : second;
        return third < shortest ? third.Value : shortest;
    }
}
