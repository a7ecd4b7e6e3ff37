using System.Diagnostics.CodeAnalysis;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>Threads that run isolates. Whoever runs one stops waiting for it where V8 ignores its interrupts.</summary>
/// <remarks>
/// A few threads stay, and make the isolate of their next run while nobody waits for it: the making is most of what a short run
/// costs. An isolate still sees one run and no more.
/// </remarks>
internal sealed class IsolateThread
{
    /// <summary>Well above what <see cref="IsolateEngine"/> lets a script's calls grow it by.</summary>
    private const int StackBytes = 4 << 20;

    /// <summary>Threads that wait for a run. Each costs some 3 MiB for its isolate.</summary>
    private const int MostWaiting = 2;

    /// <summary>How long past its first interrupt a run may take to stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Those that have no run, the one that is ready first at the end. Its lock also guards their <see cref="_job"/>.</summary>
    private static readonly List<IsolateThread> s_waiting = [];

    private Job? _job;
    private bool _isReady;

    private IsolateThread(Job job) => _job = job;

    /// <summary>Runs to the end, or to the end of the grace.</summary>
    public static async Task<IsolateEnd> RunAsync(ScriptRunRequest request, IIsolateHost host, CancellationToken cancellationToken)
    {
        var run = new IsolateRun(request, host);
        var job = new Job(run, request.Limits, cancellationToken);
        Give(job);
        return await WaitAsync(job.Done.Task, run.Interrupting, run.TryGiveUp, request.Limits, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for a run's end, or to the end of the grace.</summary>
    /// <param name="done">The end.</param>
    /// <param name="interrupting">Ends when the run is interrupted.</param>
    /// <param name="tryGiveUp">Keeps the run from beginning; false where it has begun.</param>
    /// <param name="limits">The run's, from when it was given: a thread that is still at the isolate before, or at this run's, watches no time yet.</param>
    /// <param name="cancellationToken">Ends a run that has not begun; one that has is interrupted, and is waited for as at a limit.</param>
    internal static async Task<IsolateEnd> WaitAsync(
        Task<ScriptCompletion> done,
        Task<ScriptFailureKind> interrupting,
        Func<bool> tryGiveUp,
        ScriptLimits limits,
        CancellationToken cancellationToken)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var graceWatch = new CancellationTokenSource();
        var first = await Task.WhenAny(done, interrupting, Task.Delay(limits.WallTime, watch.Token)).ConfigureAwait(false);
        if (!done.IsCompleted && cancellationToken.IsCancellationRequested && tryGiveUp())
        {
            return new IsolateEnd(RunFailures.Canceled, null, Begun: false);
        }

        if (first != done)
        {
            await Task.WhenAny(done, Task.Delay(Grace, graceWatch.Token)).ConfigureAwait(false);
        }

        await watch.CancelAsync().ConfigureAwait(false);
        await graceWatch.CancelAsync().ConfigureAwait(false);
        if (done.IsCompleted)
        {
            return new IsolateEnd(await done.ConfigureAwait(false), null, Begun: true);
        }

        // Observed, so that a fault of the abandoned thread does not surface as unobserved.
        var wedged = done.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
        return tryGiveUp()
            ? new IsolateEnd(RunFailures.NotBegun(limits), wedged, Begun: false)
            : new IsolateEnd(RunFailures.Wedged(interrupting.IsCompleted ? await interrupting.ConfigureAwait(false) : ScriptFailureKind.TimeLimit, limits), wedged, Begun: true);
    }

    private static void Give(Job job)
    {
        lock (s_waiting)
        {
            // One that is still at it is done before a new one would be.
            var ready = s_waiting.FindLastIndex(thread => thread._isReady);
            var chosen = ready >= 0 ? ready : s_waiting.Count - 1;
            if (chosen >= 0)
            {
                s_waiting[chosen]._job = job;
                s_waiting.RemoveAt(chosen);
                Monitor.PulseAll(s_waiting);
                return;
            }
        }

        new Thread(new IsolateThread(job).Live, StackBytes) { IsBackground = true, Name = "script" }.UnsafeStart();
    }

    private void Live()
    {
        Isolate? isolate = null;
        while (Take() is { } job)
        {
            if (isolate?.Fits(job.Limits) == false)
            {
                Dispose(isolate);
                isolate = null;
            }

            try
            {
                isolate ??= new Isolate(job.Limits);
                job.Execute(isolate);
            }
            catch (Exception exception)
            {
                job.Done.SetException(exception);
            }

            var stays = TryStay();

            // Nobody waits for this thread any more: what follows is for the next run.
            Dispose(isolate);
            isolate = stays ? Prepare(job.Limits) : null;
        }
    }

    private bool TryStay()
    {
        lock (s_waiting)
        {
            if (s_waiting.Count >= MostWaiting)
            {
                return false;
            }

            _isReady = false;
            s_waiting.Insert(0, this);
            return true;
        }
    }

    /// <summary>The next run; null for a thread that has not stayed.</summary>
    private Job? Take()
    {
        lock (s_waiting)
        {
            _isReady = true;
            while (_job is null && s_waiting.Contains(this))
            {
                Monitor.Wait(s_waiting);
            }

            var job = _job;
            _job = null;
            return job;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody is left to be told, and it must not end the process.")]
    private static void Dispose(Isolate? isolate)
    {
        try
        {
            isolate?.Dispose();
        }
        catch (Exception)
        {
            // Its memory goes with the process.
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The next run makes its own isolate and tells of the fault.")]
    private static Isolate? Prepare(ScriptLimits limits)
    {
        try
        {
            return new Isolate(limits);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>A run and whoever waits for it.</summary>
    private sealed record Job(IsolateRun Run, ScriptLimits Limits, CancellationToken CancellationToken)
    {
        /// <summary>Whoever asks: a thread that has run for others must not log, or trace, in their name.</summary>
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public TaskCompletionSource<ScriptCompletion> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Execute(Isolate isolate)
        {
            if (_context is null)
            {
                Done.SetResult(Run.Execute(isolate, CancellationToken));
            }
            else
            {
                ExecutionContext.Run(_context, _ => Done.SetResult(Run.Execute(isolate, CancellationToken)), null);
            }
        }
    }
}

/// <summary>How an isolate ended.</summary>
/// <param name="Completion">The run's completion.</param>
/// <param name="Wedged">Where the thread did not stop: a task that ends with it.</param>
/// <param name="Begun">False where the thread never got to the run: whatever it is at, this script did not do it.</param>
internal readonly record struct IsolateEnd(ScriptCompletion Completion, Task? Wedged, bool Begun);
