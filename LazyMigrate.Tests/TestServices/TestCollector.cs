using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Takes what OpenTelemetry's exporter sends by HTTP, and keeps the bytes.</summary>
internal sealed class TestCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private TestCollector(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Everything that came.</summary>
    public IReadOnlyCollection<(string Path, byte[] Body)> Received => _received;

    public static async Task<TestCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new TestCollector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Waits until something with this text has come to the path.</summary>
    public async Task WaitForAsync(string path, string text, TimeSpan atMost)
    {
        using var timeout = new CancellationTokenSource(atMost);
        while (!_received.Any(item => item.Path == path && Holds(item.Body, text)))
        {
            await _arrived.WaitAsync(timeout.Token);
        }
    }

    public static bool Holds(byte[] body, string text) => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue((context.Request.Path.Value!, body.ToArray()));
        _arrived.Release();
    }
}
