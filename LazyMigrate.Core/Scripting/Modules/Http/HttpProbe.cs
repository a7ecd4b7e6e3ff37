using System.Diagnostics;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>Asks a service's base address once, through the gate that scripts have.</summary>
internal static class HttpProbe
{
    public static async Task<LegacyConnectionTest> TestAsync(string address, OutboundGate gate, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return new LegacyConnectionTest.NotConnected("ERR_INVALID_URL", "The base address is not a web address. It looks like `https://api.example.com`.");
        }

        gate.Check(uri);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, token) => gate.ConnectAsync(context.DnsEndPoint, token),
        });
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await SendAsync(client, HttpMethod.Head, uri, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (405 or 501))
            {
                return Answered(response, started);
            }

            // Not every service knows HEAD.
            using var second = await SendAsync(client, HttpMethod.Get, uri, cancellationToken).ConfigureAwait(false);
            return Answered(second, started);
        }
        catch (HttpRequestException exception)
        {
            var error = HttpErrors.ToModuleException(exception, uri);
            return new LegacyConnectionTest.NotConnected(error.Code, Sentence(error, uri));
        }
    }

    /// <summary>The headers only: the body of a base address is nobody's business here.</summary>
    private static Task<HttpResponseMessage> SendAsync(HttpMessageInvoker client, HttpMethod method, Uri uri, CancellationToken cancellationToken) =>
        client.SendAsync(new HttpRequestMessage(method, uri), cancellationToken);

    private static LegacyConnectionTest.Connected Answered(HttpResponseMessage response, long started) =>
        new($"HTTP {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd(), Stopwatch.GetElapsedTime(started), []);

    private static string Sentence(ModuleException error, Uri uri) => error.Code switch
    {
        "ECONNREFUSED" => $"Nothing listens at {OutboundGate.HostAndPort(uri)}: check host and port, and that the service is running.",
        "ENOTFOUND" or "EAI_AGAIN" => $"The name {uri.Host} is not known: check its spelling, and that this server can resolve it.",
        _ => error.Message,
    };
}
