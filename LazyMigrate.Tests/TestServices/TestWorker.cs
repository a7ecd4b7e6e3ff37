using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A worker that says whatever a test wants, in the middle of a run.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly Pipe _fromWorker = new();
    private readonly Pipe _toWorker = new();
    private readonly TaskCompletionSource<WorkerLossReason> _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ServiceProvider _services = new ServiceCollection().AddScripting().BuildServiceProvider();
    private readonly WorkerSession _session;

    public TestWorker()
    {
        _session = new WorkerSession(
            _fromWorker.Reader,
            _toWorker.Writer,
            _services.GetRequiredService<ScriptModuleCatalog>(),
            (reason, guilty) =>
            {
                Guilty = guilty;
                _killed.TrySetResult(reason);
                _fromWorker.Writer.Complete();
            });
    }

    /// <summary>Ends where the server would kill the process.</summary>
    public Task<WorkerLossReason> Killed => _killed.Task;

    /// <summary>The version of the script that it would be killed for.</summary>
    public string? Guilty { get; private set; }

    /// <summary>The id that the run's answer needs.</summary>
    public long RequestId { get; private set; }

    public Task<ScriptCompletion?> Run { get; private set; } = Task.FromResult<ScriptCompletion?>(null);

    /// <summary>Lets the server start a run, whose id is 1, and reads its order.</summary>
    /// <returns>The order as JSON.</returns>
    public async Task<string> TakeRunAsync(ScriptRunRequest request)
    {
        var calls = new ModuleCalls(_services.GetRequiredService<ScriptModuleCatalog>(), request, NullLogger.Instance);
        var console = new ConsoleCapture(request.Limits, new SecretMask(request.Secrets), null);
        Run = _session.RunAsync(request, "version", console, calls, CancellationToken.None);
        var head = await _toWorker.Reader.ReadAtLeastAsync(4);
        var length = BinaryPrimitives.ReadInt32BigEndian(System.Buffers.BuffersExtensions.ToArray(head.Buffer.Slice(0, 4)));
        _toWorker.Reader.AdvanceTo(head.Buffer.GetPosition(4));
        var body = await _toWorker.Reader.ReadAtLeastAsync(length);
        var text = Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(body.Buffer.Slice(0, length)));
        _toWorker.Reader.AdvanceTo(body.Buffer.GetPosition(length));
        using var message = JsonDocument.Parse(text);
        RequestId = message.RootElement.GetProperty("id").GetInt64();
        return text;
    }

    /// <summary>Sends one frame.</summary>
    public Task SayAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return SayRawAsync([.. Head((uint)bytes.Length), .. bytes]);
    }

    /// <summary>Sends bytes that need not be a frame.</summary>
    public async Task SayRawAsync(byte[] bytes)
    {
        try
        {
            await _fromWorker.Writer.WriteAsync(bytes);
        }
        catch (InvalidOperationException)
        {
            // Killed in the middle of the word.
        }
    }

    public static byte[] Head(uint length)
    {
        var head = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(head, length);
        return head;
    }

    public async ValueTask DisposeAsync()
    {
        await _fromWorker.Writer.CompleteAsync();
        _session.Dispose();
        await _services.DisposeAsync();
    }
}
