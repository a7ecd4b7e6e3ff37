using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>The HTTP of one run: no cookies, no proxy, no redirect that was not checked, and no connection that outlives the run.</summary>
internal sealed class HttpSession : IModuleSession
{
    private readonly ModuleRun _run;
    private readonly OutboundGate _gate;
    private readonly HttpConnections _connections;
    private readonly ConcurrentDictionary<int, CancellationTokenSource> _underWay = new();

    public HttpSession(IOutboundNetwork network, ModuleRun run)
    {
        _run = run;
        _gate = new OutboundGate(network, run.Access);
        _connections = new HttpConnections(_gate);
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
        _connections.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ModuleAnswer> FetchAsync(HttpQuestion question)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(_run.Ended);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(abort.Token);
        _underWay[question.Id] = abort;
        limit.CancelAfter(Shortest(_run.Limits.RequestTime, _run.TimeLeft, question.Timeout));
        var progress = new HttpProgress();
        try
        {
            return await FollowAsync(question, progress, limit.Token).ConfigureAwait(false);
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
            throw new ModuleException("ETIMEDOUT", $"{(progress.IsConnecting ? "connect" : "read")} ETIMEDOUT {OutboundGate.HostAndPort(question.Url)}")
            {
                Fields = new Dictionary<string, string> { ["errno"] = "-110", ["syscall"] = progress.IsConnecting ? "connect" : "read" },
            };
        }
        finally
        {
            _underWay.TryRemove(question.Id, out _);
        }
    }

    private async Task<ModuleAnswer> FollowAsync(HttpQuestion question, HttpProgress progress, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            _gate.Check(question.Url);
            using var response = await SendAsync(question, progress, cancellationToken).ConfigureAwait(false);
            if (question.Redirect == "manual" || LocationOf(question, response) is not { } location)
            {
                return await ReadAsync(question, response, redirects > 0, cancellationToken).ConfigureAwait(false);
            }

            if (question.Redirect == "error")
            {
                throw new ModuleException("ERR_REDIRECT", "unexpected redirect");
            }

            if (redirects == question.Redirects)
            {
                throw new ModuleException("ERR_FR_TOO_MANY_REDIRECTS", "Maximum number of redirects exceeded")
                {
                    Fields = new Dictionary<string, string> { ["url"] = question.Url.AbsoluteUri },
                };
            }

            question = question.Redirected(location, (int)response.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpQuestion question, HttpProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return await _connections.SendAsync(question, progress, cancellationToken).ConfigureAwait(false);
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
            writer.WriteString("version", response.Version.ToString(2));
            writer.WriteString("url", question.Url.AbsoluteUri);
            writer.WriteBoolean("redirected", redirected);
            writer.WriteStartArray("headers");
            foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            {
                foreach (var value in values)
                {
                    writer.WriteStartArray();
                    writer.WriteStringValue(name);
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
            using var sent = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using var content = question.Decompresses ? Decompressed(sent, response) : sent;
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
            throw exception is InvalidDataException
                ? new ModuleException("Z_DATA_ERROR", "incorrect header check") { Fields = new Dictionary<string, string> { ["errno"] = "-3" } }
                : exception.InnerException is SocketException ? HttpErrors.Reset : new ModuleException("ECONNRESET", "aborted");
        }

        return body.ToArray();
    }

    private static Stream Decompressed(Stream sent, HttpResponseMessage response) =>
        string.Join(',', response.Content.Headers.ContentEncoding).ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "deflate" => new ZLibStream(sent, CompressionMode.Decompress),
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            _ => sent,
        };

    private static TimeSpan Shortest(TimeSpan first, TimeSpan second, TimeSpan? third)
    {
        var shortest = first < second ? first : second;
        return third < shortest ? third.Value : shortest;
    }
}
