using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>How far a request has come, for the words of a time-out.</summary>
internal sealed class HttpProgress
{
    public bool IsConnecting { get; set; }
}

/// <summary>The connections of one run: those with other TLS settings apart, each through the gate.</summary>
/// <remarks>
/// A connection that one run's settings allow must not serve another run, and one that was made without verifying the server
/// must not serve a request that verifies.
/// </remarks>
internal sealed class HttpConnections(OutboundGate gate) : IDisposable
{
    private const int HeaderKilobytes = 32;
    private const int MostSettings = 8;

    private static readonly HttpRequestOptionsKey<HttpProgress> s_progress = new("progress");

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HttpMessageInvoker> _clients = [];

    public async Task<HttpResponseMessage> SendAsync(HttpQuestion question, HttpProgress progress, CancellationToken cancellationToken)
    {
        using var message = question.ToMessage();
        message.Options.Set(s_progress, progress);
        var isEncrypted = question.Url.Scheme == Uri.UriSchemeHttps;
        if (isEncrypted)
        {
            // SocketsHttpHandler takes no server name but the URL's host, so TLS is made below it, and it sees plain HTTP.
            message.Headers.Host = question.Url.IsDefaultPort ? HostOf(question.Url) : $"{HostOf(question.Url)}:{question.Url.Port}";
            message.RequestUri = new UriBuilder(question.Url) { Scheme = Uri.UriSchemeHttp, Port = question.Url.Port }.Uri;
        }

        return await ClientOf(isEncrypted ? question.Tls : null).SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private static string HostOf(Uri address) => address.HostNameType == UriHostNameType.IPv6 ? $"[{address.IdnHost.Trim('[', ']')}]" : address.IdnHost;

    private HttpMessageInvoker ClientOf(TlsSettings? tls)
    {
        var key = tls?.PoolKey ?? "";
        lock (_lock)
        {
            if (!_clients.TryGetValue(key, out var client))
            {
                if (_clients.Count == MostSettings)
                {
                    throw new ModuleException("ERR_OUT_OF_RANGE", $"A run may use at most {MostSettings} different TLS settings.");
                }

                _clients[key] = client = new HttpMessageInvoker(CreateHandler(tls));
            }

            return client;
        }
    }

    private SocketsHttpHandler CreateHandler(TlsSettings? tls) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        PreAuthenticate = false,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = HeaderKilobytes,
        MaxConnectionsPerServer = 8,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(tls, context, cancellationToken),
    };

    private async ValueTask<Stream> ConnectAsync(TlsSettings? tls, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        context.InitialRequestMessage.Options.TryGetValue(s_progress, out var progress);
        progress?.IsConnecting = true;
        var stream = await gate.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
        progress?.IsConnecting = false;
        return tls is null ? stream : await EncryptAsync(stream, tls, context.DnsEndPoint.Host.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Stream> EncryptAsync(Stream stream, TlsSettings tls, string host, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(stream);
        var refusal = default(ModuleException);
        try
        {
            var options = tls.ToClientOptions(host);
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                tls.Accepts(certificate, chain, errors) || (refusal = CertificateErrors.Of(certificate, chain, tls.IsOfAuthorities(certificate, chain) ? errors & ~SslPolicyErrors.RemoteCertificateChainErrors : errors, options.TargetHost!)) is null;
            await encrypted.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return encrypted;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            await encrypted.DisposeAsync().ConfigureAwait(false);
            throw refusal ?? (exception is IOException
                ? new ModuleException("ECONNRESET", "Client network socket disconnected before secure TLS connection was established")
                : new ModuleException("EPROTO", "The TLS handshake failed: the server speaks no TLS, or refused it."));
        }
        catch
        {
            await encrypted.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
