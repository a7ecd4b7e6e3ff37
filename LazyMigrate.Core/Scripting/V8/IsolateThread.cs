using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>Threads that run isolates. Whoever runs one stops waiting for it where V8 ignores its interrupts.</summary>
/// <remarks>
/// A few threads stay behind, each with the isolate of its next run made already: half of what a short run costs is the making,
/// and whoever logs in need not wait for it. An isolate still sees one run and no more.
/// </remarks>
internal sealed class IsolateThread
{
    /// <summary>Well above what <see cref="IsolateEngine"/> lets a script's calls grow it by.</summary>
    private const int StackBytes = 4 << 20;

    /// <summary>Threads that wait with an isolate made. Each costs some 3 MiB.</summary>
    private const int MostWaiting = 4;

    /// <summary>How long past its first interrupt a run may take to stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentStack<IsolateThread> s_waiting = new();
    private static int s_places = MostWaiting;

    private readonly object _monitor = new();
    private Job? _job;

    private IsolateThread()
    {
    }

    /// <summary>Runs to the end, or to the end of the grace.</summary>
    public static async Task<IsolateEnd> RunAsync(ScriptRunRequest request, IIsolateHost host, CancellationToken cancellationToken)
    {
        var run = new IsolateRun(request, host);
        var job = new Job(run, request.Limits, cancellationToken);
        Give(job);
        var done = job.Done.Task;
        if (await Task.WhenAny(done, run.Interrupting).ConfigureAwait(false) != done)
        {
            using var giveUp = new CancellationTokenSource();
            await Task.WhenAny(done, Task.Delay(Grace, giveUp.Token)).ConfigureAwait(false);
            await giveUp.CancelAsync().ConfigureAwait(false);
            if (!done.IsCompleted)
            {
                var passed = await run.Interrupting.ConfigureAwait(false);

                // Observed, so that a fault of the abandoned thread does not surface as unobserved.
                return new IsolateEnd(
                    RunFailures.Wedged(passed, request.Limits),
                    done.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default));
            }
        }

        return new IsolateEnd(await done.ConfigureAwait(false), null);
    }

    private static void Give(Job job)
    {
        if (s_waiting.TryPop(out var waiting))
        {
            Interlocked.Increment(ref s_places);
            lock (waiting._monitor)
            {
                waiting._job = job;
                Monitor.Pulse(waiting._monitor);
            }

            return;
        }

        var thread = new IsolateThread { _job = job };
        new Thread(thread.Live, StackBytes) { IsBackground = true, Name = "script" }.Start();
    }

    private void Live()
    {
        Isolate? isolate = null;
        while (true)
        {
            var job = Take();
            if (isolate?.Fits(job.Limits) == false)
            {
                isolate.Dispose();
                isolate = null;
            }

            try
            {
                isolate ??= new Isolate(job.Limits);
                job.Done.SetResult(job.Run.Execute(isolate, job.CancellationToken));
            }
            catch (Exception exception)
            {
                job.Done.SetException(exception);
            }

            isolate?.Dispose();

            // Nobody waits for this thread any more: what follows is for the next run.
            if (Interlocked.Decrement(ref s_places) < 0 || !TryPrepare(job.Limits, out isolate))
            {
                Interlocked.Increment(ref s_places);
                return;
            }

            s_waiting.Push(this);
        }
    }

    private Job Take()
    {
        lock (_monitor)
        {
            while (_job is null)
            {
                Monitor.Wait(_monitor);
            }

            var job = _job;
            _job = null;
            return job;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The next run makes its own isolate and tells of the fault.")]
    private static bool TryPrepare(ScriptLimits limits, [NotNullWhen(true)] out Isolate? isolate)
    {
        try
        {
            isolate = new Isolate(limits);
            return true;
        }
        catch (Exception)
        {
            isolate = null;
            return false;
        }
    }

    /// <summary>A run and whoever waits for it.</summary>
    private sealed record Job(IsolateRun Run, ScriptLimits Limits, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<ScriptCompletion> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>How an isolate ended.</summary>
/// <param name="Completion">The run's completion.</param>
/// <param name="Wedged">Where the thread did not stop: a task that ends with it.</param>
internal readonly record struct IsolateEnd(ScriptCompletion Completion, Task? Wedged);
