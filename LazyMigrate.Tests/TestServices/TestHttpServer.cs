using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real web server on loopback with the behaviours that scripts meet.</summary>
internal sealed class TestHttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _asked = new();

    private TestHttpServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.First()).Port;

    public string Address => _app.Urls.First();

    public string HostAndPort => $"127.0.0.1:{Port}";

    /// <summary>Each request's method, path and query.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public static Task<TestHttpServer> StartAsync() => StartAsync(_ => { });

    /// <summary>The same over TLS.</summary>
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="clients">The authority whose certificates clients must have; null where they need none.</param>
    public static Task<TestHttpServer> StartAsync(TestCertificate certificate, TestCertificates? clients = null)
    {
        var loaded = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(certificate.Pkcs12("")), "");
        return StartAsync(listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = loaded,
            SslProtocols = SslProtocols.Tls12,
            ClientCertificateMode = clients is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (given, _, _) => IsIssuedBy(given, clients),
        }));
    }

    private static bool IsIssuedBy(X509Certificate2 given, TestCertificates? clients)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(clients!.AuthorityPem);
        return chain.Build(given);
    }

    private static async Task<TestHttpServer> StartAsync(Action<ListenOptions> listen)
    {
        // Empty: the settings of LazyMigrate beside the tests are not this server's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options => listen(options)));
        var server = new TestHttpServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        _asked.Enqueue($"{request.Method} {request.Path}{request.QueryString}");
        switch (request.Path.Value!.Split('/')[1])
        {
            case "echo":
                using (var reader = new StreamReader(request.Body))
                {
                    var headers = request.Headers.Where(header => header.Key is not ("Host" or "Accept-Encoding" or "User-Agent")).OrderBy(header => header.Key, StringComparer.Ordinal);
                    response.Headers.SetCookie = new(["a=1", "b=2"]);
                    await response.WriteAsJsonAsync(new
                    {
                        method = request.Method,
                        url = $"{request.Path}{request.QueryString}",
                        headers = headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", (IEnumerable<string?>)header.Value)),
                        body = await reader.ReadToEndAsync(),
                    });
                }

                break;
            case "who":
                await response.WriteAsync($"{context.Connection.ClientCertificate?.Subject ?? "nobody"} {request.Host}");
                break;
            case "cognito":
            case "dynamodb":
                await TestAmazon.AnswerAsync(context);
                break;
            case "login":
                await TestUserService.AnswerAsync(context);
                break;
            case ".well-known":
            case "oauth":
            case "userinfo":
            case "api":
                await TestAuth0Tenant.AnswerAsync(context);
                break;
            case "status":
                response.StatusCode = int.Parse(request.Path.Value.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture);
                if (response.StatusCode is not (204 or 304))
                {
                    await response.WriteAsync("{\"error\":\"status\"}");
                }

                break;
            case "redirect":
                response.StatusCode = int.TryParse(request.Query["status"], out var status) ? status : 302;
                response.Headers.Location = request.Query["to"].ToString();
                break;
            case "chain":
                var left = int.Parse(request.Query["left"]!, System.Globalization.CultureInfo.InvariantCulture);
                response.StatusCode = left == 0 ? 200 : 302;
                response.Headers.Location = $"/chain?left={left - 1}";
                break;
            case "bytes":
                await response.Body.WriteAsync(new byte[int.Parse(request.Query["count"]!, System.Globalization.CultureInfo.InvariantCulture)]);
                break;
            case "bomb":
                response.Headers.ContentEncoding = "gzip";
                await using (var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true))
                {
                    var zeros = new byte[1 << 20];
                    for (var i = 0; i < 64 && !context.RequestAborted.IsCancellationRequested; i++)
                    {
                        await gzip.WriteAsync(zeros);
                    }
                }

                break;
            case "headers":
                response.Headers.SetCookie = new(["a=1; Path=/", "b=2; Path=/; HttpOnly"]);
                response.Headers["X-Twice"] = new(["1", "2"]);
                response.ContentType = "text/plain";
                await response.WriteAsync("headers");
                break;
            case "utf8":
                response.ContentType = "text/plain";
                await response.WriteAsync("héllo €");
                break;
            case "bom":
                response.ContentType = "text/plain";
                await response.WriteAsync("\ufefftext");
                break;
            case "multipart":
                var form = await request.ReadFormAsync();
                await response.WriteAsJsonAsync(new
                {
                    fields = form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => new { field.Key, Value = field.Value.ToString() }),
                    files = form.Files.Select(file => new { file.Name, file.FileName, file.ContentType, file.Length }),
                });
                break;
            case "basic":
                response.StatusCode = request.Headers.Authorization == "Basic dTpw" ? 200 : 401;
                response.Headers.WWWAuthenticate = "Basic realm=\"test\"";
                await response.WriteAsync($"{response.StatusCode}");
                break;
            case "digest":
                response.StatusCode = IsDigestOfUserU(request.Headers.Authorization.ToString()) ? 200 : 401;
                response.Headers.WWWAuthenticate = "Digest realm=\"test\", nonce=\"n1\", opaque=\"o1\"";
                await response.WriteAsync($"{response.StatusCode}");
                break;
            case "deflate":
                response.Headers.ContentEncoding = "deflate";
                await using (var deflate = new ZLibStream(response.Body, CompressionLevel.Fastest, leaveOpen: true))
                {
                    await deflate.WriteAsync("small"u8.ToArray());
                }

                break;
            case "brotli":
                response.Headers.ContentEncoding = "br";
                await using (var brotli = new BrotliStream(response.Body, CompressionLevel.Fastest, leaveOpen: true))
                {
                    await brotli.WriteAsync("small"u8.ToArray());
                }

                break;
            case "gzip":
                response.Headers.ContentEncoding = "gzip";
                await using (var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true))
                {
                    await gzip.WriteAsync(Encoding.UTF8.GetBytes("small"));
                }

                break;
            case "never":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "broken":
                response.ContentLength = 100;
                await response.WriteAsync("half");
                await response.Body.FlushAsync();
                context.Abort();
                break;
        }
    }

    /// <summary>RFC 2617, 3.2.2.1, for the user "u" with the password "p".</summary>
    private static bool IsDigestOfUserU(string authorization)
    {
        var expected = Md5($"{Md5("u:test:p")}:n1:{Md5("GET:/digest")}");
        return authorization.StartsWith("Digest ", StringComparison.Ordinal) && authorization.Contains($"response=\"{expected}\"", StringComparison.Ordinal);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Digest authentication is made of it.")]
    private static string Md5(string text) => Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
