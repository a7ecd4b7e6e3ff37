using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real web server on loopback with the behaviours that scripts meet.</summary>
internal sealed class TestHttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _asked = new();

    private TestHttpServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.First()).Port;

    public string Address => $"http://127.0.0.1:{Port}";

    public string HostAndPort => $"127.0.0.1:{Port}";

    /// <summary>Each request's method, path and query.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public static async Task<TestHttpServer> StartAsync()
    {
        // Empty: the settings of LazyMigrate beside the tests are not this server's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
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
                        headers = headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
                        body = await reader.ReadToEndAsync(),
                    });
                }

                break;
            case "status":
                response.StatusCode = int.Parse(request.Path.Value.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture);
                await response.WriteAsync("{\"error\":\"status\"}");
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
}
