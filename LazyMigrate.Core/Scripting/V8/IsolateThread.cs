namespace LazyMigrate.Core.Scripting.V8;

/// <summary>Runs an isolate on a thread of its own, and stops waiting for it where V8 ignores its interrupts.</summary>
internal static class IsolateThread
{
    /// <summary>Well above what <see cref="IsolateEngine"/> lets a script's calls grow it by.</summary>
    private const int StackBytes = 4 << 20;

    /// <summary>How long past its first interrupt a run may take to stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Runs to the end, or to the end of the grace.</summary>
    public static async Task<IsolateEnd> RunAsync(ScriptRunRequest request, IIsolateHost host, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<ScriptCompletion>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new IsolateRun(request, host);
        var thread = new Thread(
            () =>
            {
                try
                {
                    done.SetResult(run.Execute(cancellationToken));
                }
                catch (Exception exception)
                {
                    done.SetException(exception);
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = $"script {request.Kind}",
        };
        thread.Start();

        if (await Task.WhenAny(done.Task, run.Interrupting).ConfigureAwait(false) != done.Task)
        {
            using var giveUp = new CancellationTokenSource();
            await Task.WhenAny(done.Task, Task.Delay(Grace, giveUp.Token)).ConfigureAwait(false);
            await giveUp.CancelAsync().ConfigureAwait(false);
            if (!done.Task.IsCompleted)
            {
                var passed = await run.Interrupting.ConfigureAwait(false);

                // Observed, so that a fault of the abandoned thread does not surface as unobserved.
                return new IsolateEnd(
                    RunFailures.Wedged(passed, request.Limits),
                    done.Task.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default));
            }
        }

        return new IsolateEnd(await done.Task.ConfigureAwait(false), null);
    }
}

/// <summary>How an isolate ended.</summary>
/// <param name="Completion">The run's completion.</param>
/// <param name="Wedged">Where the thread did not stop: a task that ends with it.</param>
internal readonly record struct IsolateEnd(ScriptCompletion Completion, Task? Wedged);
