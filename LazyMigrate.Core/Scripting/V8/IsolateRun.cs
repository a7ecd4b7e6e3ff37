using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>One run of one script: its isolate and its event loop, on the thread that calls <see cref="Execute"/>.</summary>
/// <remarks>
/// Nothing but text crosses the wall, and no exception of ClearScript leaves this class. What it gives back is not masked yet.
/// </remarks>
internal sealed class IsolateRun(ScriptRunRequest request, IIsolateHost host)
{
    private const int CallsAtOnce = 64;
    private const int ArgumentLength = 1 << 20;

    private static readonly TimeSpan s_interruptInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>What is left to a script that has answered, before it is interrupted.</summary>
    private static readonly TimeSpan s_afterAnswer = TimeSpan.FromMilliseconds(50);

    private readonly RunQueue _queue = new();
    private readonly Lock _interruptLock = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource<ScriptFailureKind> _interrupting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isClaimed;
    private ScriptCompletion? _completion;
    private Isolate? _isolate;
    private Action<TimeSpan> _interruptFrom = static _ => { };
    private ThreadProcessorTime? _processor;
    private TimeSpan _processorBefore;
    private ExceptionDispatchInfo? _fault;
    private bool _ended;
    private volatile bool _interrupted;
    private bool _moduleCallFailed;
    private string _source = request.Source;

    /// <summary>Ends when the run is interrupted for the first time: what does not stop soon after it never will.</summary>
    public Task<ScriptFailureKind> Interrupting => _interrupting.Task;

    /// <summary>Gives up a run that its thread has not got to: it never begins then.</summary>
    /// <returns>False where it has begun.</returns>
    public bool TryGiveUp() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    private TimeSpan TimeLeft => request.Limits.WallTime - Stopwatch.GetElapsedTime(_started);

    private TimeSpan ProcessorTimeLeft => _processor is { } processor ? request.Limits.CpuTime - (processor.Used - _processorBefore) : TimeSpan.MaxValue;

    /// <summary>How long none of the two time limits can be passed: a thread uses at most the time that goes by.</summary>
    private TimeSpan UntilALimit => PositiveOrZero(TimeLeft < ProcessorTimeLeft ? TimeLeft : ProcessorTimeLeft);

    private ScriptFailureKind PassedLimit => ProcessorTimeLeft <= TimeSpan.Zero && TimeLeft > TimeSpan.Zero ? ScriptFailureKind.CpuLimit : ScriptFailureKind.TimeLimit;

    /// <summary>Runs to the end: the answer, the error, nothing pending, a limit, or the cancellation.</summary>
    /// <param name="isolate">Fresh, and disposed by the caller.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public ScriptCompletion Execute(Isolate isolate, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isClaimed, 1) != 0)
        {
            return RunFailures.Canceled;
        }

        _isolate = isolate;
        _processor = ThreadProcessorTime.OfThisThread();
        _processorBefore = _processor?.Used ?? TimeSpan.Zero;
        var engine = isolate.Engine;

        // An interrupt that comes while no JavaScript runs is lost, and one can be lost to a finally block: it is sent until the run has ended.
        using var interrupts = new Timer(_ => Interrupt(engine), null, Timeout.InfiniteTimeSpan, s_interruptInterval);
        _interruptFrom = dueTime => interrupts.Change(dueTime, s_interruptInterval);
        using var limits = new Timer(state => InterruptAtLimit((Timer)state!));
        limits.Change(UntilALimit, Timeout.InfiniteTimeSpan);
        using var cancellation = cancellationToken.UnsafeRegister(
            _ =>
            {
                interrupts.Change(TimeSpan.Zero, s_interruptInterval);
                _queue.Wake();
            },
            null);
        try
        {
            Start();
            while (_completion is null)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return RunFailures.Canceled;
                }

                Advance();
            }

            _fault?.Throw();
            return _completion;
        }
        finally
        {
            lock (_interruptLock)
            {
                _ended = true;
            }

            isolate.Lesson = _interrupted ? Lesson.None : host.IsRehearsal ? Lesson.Rehearsal : Lesson.Run;
        }
    }

    private static TimeSpan PositiveOrZero(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private void InterruptAtLimit(Timer timer)
    {
        var left = UntilALimit;
        lock (_interruptLock)
        {
            // Disposed timers must not be touched either.
            if (_ended)
            {
                return;
            }

            if (left > TimeSpan.Zero)
            {
                timer.Change(left, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _interruptFrom(TimeSpan.Zero);
            }
        }
    }

    private void Interrupt(V8ScriptEngine engine)
    {
        _interrupting.TrySetResult(PassedLimit);
        lock (_interruptLock)
        {
            // A disposed engine must not be touched.
            if (!_ended)
            {
                _interrupted = true;
                engine.Interrupt();
            }
        }
    }

    private void Start()
    {
        var reading = request.Dialect == ScriptDialect.Auth0 ? ScriptReading.Of(request.Kind, request.Source, request.Dialect) : null;
        _source = reading?.Source ?? request.Source;
        var settings = JsonSerializer.Serialize(
            new IsolateSettings(
                request.Variables,
                request.Dialect.ToString(),
                reading?.EntryNames ?? ScriptFunctionNames.Of(request.Kind),
                reading is { EntryIsValue: true },
                request.Packages,
                request.Kind == ScriptKind.UserMigrated,
                request.Limits.ConsoleLineLength,
                request.Limits.ResultLength,
                request.Limits.ResultDepth),
            IsolateJson.Default.IsolateSettings);
        Guard(() => _isolate!.Begin(Answer, settings));
        EndAtLimit();
        Drive("start", _source, request.ArgumentsJson);
    }

    private void Advance()
    {
        switch (_queue.Take(PositiveOrZero(TimeLeft)))
        {
            case RunEvent.ReplyArrived { Reply.Limit: { } limit }:
                _completion = new ScriptCompletion.Failed(limit);
                break;
            case RunEvent.ReplyArrived arrived:
                _moduleCallFailed |= arrived.Reply.Failed;
                Drive("reply", arrived.Id, arrived.Reply.Json);
                break;
            case RunEvent.TimerFired fired:
                Drive("timer", fired.Id, "");
                break;
            case RunEvent.TimedOut:
                _completion = RunFailures.TimeLimit(request.Limits);
                break;
            case RunEvent.Woken:
                break;
            case RunEvent.NothingPending:
                // What a microtask did to the heap shows at the next entry only.
                Drive("probe", "", "");
                _completion ??= RunFailures.NoAnswer(request.Dialect);
                break;
        }
    }

    private void Drive(string @event, object first, string second)
    {
        if (_completion is null)
        {
            Guard(() => _isolate!.Drive(@event, first, second));
        }

        EndAtLimit();
    }

    private void EndAtLimit()
    {
        // V8 tells of an interrupt only where it met the outermost call: one in a microtask comes back as a plain return.
        if (_completion is null && (_interrupted || UntilALimit == TimeSpan.Zero))
        {
            _completion = PassedLimit == ScriptFailureKind.CpuLimit ? RunFailures.CpuLimit(request.Limits) : RunFailures.TimeLimit(request.Limits);
        }
    }

    /// <summary>The wall for exceptions: whatever V8 does ends as a completion.</summary>
    private void Guard(Action enter)
    {
        try
        {
            enter();
        }
        catch (ScriptInterruptedException)
        {
            // Whoever interrupted says why: the answer, a limit, the deadline or the cancellation.
        }
        catch (ScriptEngineException exception) when (exception.IsFatal)
        {
            _completion ??= RunFailures.MemoryLimit(request.Limits);
        }
        catch (ScriptEngineException)
        {
            // Nothing of the script's own gets here: the bootstrap catches it. What is left is a stack too deep even for that.
            _completion ??= RunFailures.Of(ScriptFailureKind.ScriptError, "The script failed so deep in its calls that its error could not be read.");
        }
    }

    /// <summary>The host function. It must not throw.</summary>
    private void Answer(bool asConstructor, in V8FastArgs args, in V8FastResult result)
    {
        try
        {
            Answer(args, result);
        }
        catch (Exception exception)
        {
            _fault ??= ExceptionDispatchInfo.Capture(exception);
            End(RunFailures.Of(ScriptFailureKind.WorkerLost, "The run faulted."));
        }
    }

    private void Answer(in V8FastArgs args, in V8FastResult result)
    {
        switch (args.Count > 0 ? Text(args, 0) : "")
        {
            case "console":
                host.WriteConsole(Enum.TryParse<ScriptConsoleLevel>(Text(args, 1), out var level) ? level : ScriptConsoleLevel.Log, Text(args, 2));
                break;
            case "post":
                Post(Number(args, 1), Text(args, 2), Text(args, 3), Text(args, 4));
                break;
            case "call":
                result.Set(CallAndWait(Text(args, 1), Text(args, 2), Text(args, 3)));
                break;
            case "timer":
                _queue.StartTimer(Number(args, 1), Number(args, 2));
                break;
            case "clock":
                result.Set(Stopwatch.GetElapsedTime(_started).TotalMilliseconds);
                break;
            case "clear":
                _queue.StopTimer(Number(args, 1));
                break;
            case "facade":
                if (host.FindFacade(Text(args, 1), Text(args, 2)) is { Length: > 0 } facade)
                {
                    Load(Text(args, 1), facade, result);
                }

                break;
            case "part":
                Load(Text(args, 1), Bootstrap.Part(Text(args, 1)), result);
                break;
            case "answer":
                End(Answered(args.Count > 1 ? Text(args, 1) : null));
                break;
            case "threw":
                End(ThrownError.Read(Text(args, 1), _source, _moduleCallFailed));
                break;
            case "fail":
                End(RunFailures.Told(Text(args, 1), Text(args, 2), request));
                break;
        }
    }

    /// <summary>Gives the bootstrap a facade, or a part of its own, as a function; or as its text where that cannot be made just now: then it meets the error itself.</summary>
    private void Load(string name, string code, in V8FastResult result)
    {
        try
        {
            result.Set(_isolate!.Load(name, code));
        }
        catch (ScriptInterruptedException)
        {
            // It ended here, within the host function, and has to end the script.
            _isolate!.Engine.Interrupt();
        }
        catch (ScriptEngineException)
        {
            result.Set(code);
        }
    }

    private static string Text(in V8FastArgs args, int index)
    {
        if (args.Count > index && args.TryGet(index, out string text))
        {
            return text;
        }

        return "";
    }

    private static int Number(in V8FastArgs args, int index) => args.Count > index && args.TryGet(index, out int number) ? number : 0;

    private void Post(int id, string module, string operation, string argument)
    {
        _queue.Expect();
        if (_queue.PendingCalls > CallsAtOnce || argument.Length > ArgumentLength)
        {
            _queue.Post(id, TooMuch());
            return;
        }

        // Started on the pool: a host part that computes before its first await must not hold the run.
        _ = Task.Run(async () => _queue.Post(id, await host.CallAsync(module, operation, argument).ConfigureAwait(false)));
    }

    private string CallAndWait(string module, string operation, string argument)
    {
        var reply = argument.Length > ArgumentLength ? TooMuch() : host.CallAsync(module, operation, argument).GetAwaiter().GetResult();
        _moduleCallFailed |= reply.Failed;
        if (reply.Limit is { } limit)
        {
            End(new ScriptCompletion.Failed(limit));
            _interruptFrom(TimeSpan.Zero);
        }

        return reply.Json;
    }

    private static ModuleReply TooMuch() => new(
        $$$"""{"e":{"code":"E2BIG","message":"Too many module calls at once, or an argument of more than {{{ArgumentLength >> 10}}} KiB."}}""",
        Failed: true);

    /// <summary>The first end counts; what the script does after it is cut short.</summary>
    private void End(ScriptCompletion completion)
    {
        if (_completion is null)
        {
            _completion = completion;
            _interruptFrom(s_afterAnswer);
        }
    }

    private ScriptCompletion Answered(string? json) => json?.Length > request.Limits.ResultLength
        ? RunFailures.Told(nameof(ScriptFailureKind.ResultLimit), "length", request)
        : new ScriptCompletion.Answered(json);
}
