namespace LazyMigrate.Core.Scripting.V8;

/// <summary>Runs an isolate on a thread of its own, and stops waiting for it where V8 ignores its interrupts.</summary>
internal static class IsolateThread
{
    /// <summary>Well above what <see cref="IsolateEngine"/> lets a script's calls grow it by.</summary>
    private const int StackBytes = 4 << 20;

    /// <summary>How long past its end a run may take to stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Runs to the end, or to the end of the grace.</summary>
    /// <returns>The completion, null where the thread did not stop, and a task that ends with the thread.</returns>
    public static async Task<(ScriptCompletion? Completion, Task Ended)> RunAsync(
        ScriptRunRequest request,
        IIsolateHost host,
        CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<ScriptCompletion>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    done.SetResult(new IsolateRun(request, host).Execute(cancellationToken));
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

        using var giveUp = new CancellationTokenSource();
        var patience = Task.Delay(request.Limits.WallTime + Grace, giveUp.Token);
        using var canceled = cancellationToken.UnsafeRegister(_ => giveUp.CancelAfter(Grace), null);
        await Task.WhenAny(done.Task, patience).ConfigureAwait(false);
        if (!done.Task.IsCompleted)
        {
            // Observed, so that a fault of the abandoned thread does not surface as unobserved.
            return (null, done.Task.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default));
        }

        await giveUp.CancelAsync().ConfigureAwait(false);
        return (await done.Task.ConfigureAwait(false), Task.CompletedTask);
    }
}
