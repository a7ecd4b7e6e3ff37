using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.V8;
using StreamJsonRpc;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>The server's side of one worker's pipe. It takes the worker for an enemy: what is not in the contract ends it.</summary>
internal sealed class WorkerSession : IDisposable
{
    private const int CallsAtOnce = 64;
    private const int LongestName = 256;

    /// <summary>Longer than any line that the bootstrap lets through.</summary>
    private const int LongestLine = 32_768;

    /// <summary>Messages about runs that had just ended, in a worker's whole life. An honest worker has a few.</summary>
    private const int LateMessages = 10_000;

    /// <summary>What a run has beyond its wall time, its grace in the worker included.</summary>
    private static readonly TimeSpan s_patience = IsolateThread.Grace + TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, ActiveRun> _runs = new();
    private readonly ScriptModuleCatalog _modules;
    private readonly Action<WorkerLossReason, string?> _kill;
    private readonly JsonRpc _worker;
    private long _lastRun;
    private int _late;

    /// <param name="reader">What the worker writes.</param>
    /// <param name="writer">What it reads.</param>
    /// <param name="modules">The modules whose host parts it may call.</param>
    /// <param name="kill">Ends the worker at once; told the version of the script that did it, where that is known.</param>
    public WorkerSession(PipeReader reader, PipeWriter writer, ScriptModuleCatalog modules, Action<WorkerLossReason, string?> kill)
    {
        _modules = modules;
        _kill = kill;
        _worker = WorkerFrames.ServerEnd(reader, writer, () => kill(WorkerLossReason.Protocol, null));
        _worker.AddLocalRpcMethod(WorkerMethods.CallModule, CallModuleAsync);
        _worker.AddLocalRpcMethod(WorkerMethods.ConsoleLine, WriteLine);
        _worker.StartListening();
        Closed = WatchAsync();
    }

    /// <summary>Ends with the connection. It never fails.</summary>
    public Task Closed { get; }

    public async Task<WorkerReady> StartAsync(CancellationToken cancellationToken)
    {
        var setup = new WorkerSetup([.. _modules.All.Where(module => !module.ComputesOnly).Select(WorkerModule.Of)]);
        var ready = await _worker.InvokeWithCancellationAsync<WorkerReady>(WorkerMethods.Start, [setup], CancellationToken.None)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        return ready ?? throw new WorkerProtocolException("A worker without a word.");
    }

    /// <summary>Runs once.</summary>
    /// <returns>The completion; null where the worker is, or will be, gone without one.</returns>
    public async Task<ScriptCompletion?> RunAsync(
        ScriptRunRequest request,
        string version,
        ConsoleCapture console,
        ModuleCalls calls,
        CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastRun);
        _runs[id] = new ActiveRun(request.Limits, console, calls);
        using var patience = new CancellationTokenSource(request.Limits.WallTime + s_patience);
        using var cancellation = cancellationToken.UnsafeRegister(
            _ =>
            {
                patience.CancelAfter(s_patience);
                _ = NotifyAsync(WorkerMethods.Cancel, id);
            },
            null);
        try
        {
            var order = new WorkerRun(id, request.Kind, request.Dialect, request.Source, request.ArgumentsJson, request.Variables, request.Packages, request.Limits);
            var end = await _worker.InvokeWithCancellationAsync<WorkerRunEnd>(WorkerMethods.Run, [order], CancellationToken.None)
                .WaitAsync(patience.Token).ConfigureAwait(false);
            var completion = WorkerCompletions.Read(end ?? throw new WorkerProtocolException("A run without an end."), request.Limits);
            console.Drop(end.DroppedLines);
            if (end.Wedged)
            {
                _kill(WorkerLossReason.Wedged, end.Begun ? version : null);
            }

            return completion;
        }
        catch (OperationCanceledException)
        {
            // Not even the worker's own clock ended it.
            _kill(WorkerLossReason.Wedged, version);
            return cancellationToken.IsCancellationRequested ? null : RunFailures.Wedged(ScriptFailureKind.TimeLimit, request.Limits);
        }
        catch (Exception exception) when (exception is ConnectionLostException or ObjectDisposedException)
        {
            return null;
        }
        catch (Exception exception) when (exception is RemoteRpcException or WorkerProtocolException or System.Text.Json.JsonException or IOException or InvalidOperationException)
        {
            _kill(WorkerLossReason.Protocol, null);
            return null;
        }
        finally
        {
            _runs.TryRemove(id, out _);
        }
    }

    public void Dispose() => _worker.Dispose();

    private async Task WatchAsync()
    {
        try
        {
            await _worker.Completion.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _kill(WorkerLossReason.Protocol, null);
        }
    }

    private async Task NotifyAsync(string method, long runId)
    {
        try
        {
            await _worker.NotifyAsync(method, [runId]).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ConnectionLostException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // A worker that is gone runs nothing.
        }
    }

    private async Task<WorkerCallReply> CallModuleAsync(WorkerCall call)
    {
        if (FindRun(call.RunId) is not { } run)
        {
            return Ended();
        }

        if (call.Module is not { Length: <= LongestName } || call.Operation is not { Length: <= LongestName } || call.Argument is null
            || _modules.Find(call.Module) is not { ComputesOnly: false })
        {
            throw Enemy();
        }

        if (Interlocked.Increment(ref run.CallsUnderWay) > CallsAtOnce)
        {
            throw Enemy();
        }

        try
        {
            // On the pool: a host part that works before its first await must not hold the worker's other messages.
            var reply = await Task.Run(() => run.Calls.CallAsync(call.Module, call.Operation, Encoding.UTF8.GetString(call.Argument))).ConfigureAwait(false);
            return new WorkerCallReply(Encoding.UTF8.GetBytes(reply.Json), reply.Failed, reply.Limit);
        }
        finally
        {
            Interlocked.Decrement(ref run.CallsUnderWay);
        }
    }

    private void WriteLine(WorkerLine line)
    {
        if (FindRun(line.RunId) is not { } run)
        {
            return;
        }

        if (line.Text is not { Length: <= LongestLine } || !Enum.IsDefined(line.Level) || Interlocked.Increment(ref run.Lines) > run.Limits.ConsoleLines)
        {
            throw Enemy();
        }

        run.Console.Write(line.Level, line.Text);
    }

    /// <summary>The run, or null where it has just ended: what a script leaves behind may still be on its way.</summary>
    private ActiveRun? FindRun(long id)
    {
        if (_runs.TryGetValue(id, out var run))
        {
            return run;
        }

        return id > 0 && id <= Interlocked.Read(ref _lastRun) && Interlocked.Increment(ref _late) <= LateMessages ? null : throw Enemy();
    }

    private WorkerProtocolException Enemy()
    {
        _kill(WorkerLossReason.Protocol, null);
        return new WorkerProtocolException("A message about what this worker has nothing to do with.");
    }

    private static WorkerCallReply Ended() => new("""{"e":{"code":"ETIMEDOUT","message":"The run has ended."}}"""u8.ToArray(), true, null);

    private sealed class ActiveRun(ScriptLimits limits, ConsoleCapture console, ModuleCalls calls)
    {
        public int CallsUnderWay;
        public int Lines;

        public ScriptLimits Limits { get; } = limits;

        public ConsoleCapture Console { get; } = console;

        public ModuleCalls Calls { get; } = calls;
    }
}
