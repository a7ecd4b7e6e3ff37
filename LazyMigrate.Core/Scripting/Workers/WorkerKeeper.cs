using System.Diagnostics;
using LazyMigrate.Core.Scripting.Modules;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>Keeps a pool's workers ready: starts them, watches over them, and replaces those that end.</summary>
internal sealed class WorkerKeeper(WorkerPool pool, ScriptWorkerOptions options, ScriptModuleCatalog modules, ScriptQuarantine quarantine, ILogger logger)
{
    private static readonly TimeSpan s_memoryInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private bool _told;

    /// <summary>Ends when the pool stops.</summary>
    public async Task KeepAllAsync()
    {
        using var spawner = new WorkerSpawner();
        var launch = await WorkerLaunch.ProbeAsync(options.Command!).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => KeepAsync(spawner, launch))).ConfigureAwait(false);
    }

    /// <summary>Keeps one worker ready, for ever.</summary>
    private async Task KeepAsync(WorkerSpawner spawner, WorkerLaunch launch)
    {
        var pause = s_shortestPause;
        while (!pool.Stopping.IsCancellationRequested)
        {
            if (await StartAsync(spawner, launch).ConfigureAwait(false) is { } worker)
            {
                pause = s_shortestPause;
                var loss = await WatchAsync(worker).ConfigureAwait(false);
                if (loss.Reason != WorkerLossReason.Stopped)
                {
                    Log.WorkerLost(logger, worker.Id, loss.Reason, loss.Runs);
                    ScriptTelemetry.WorkerLost(loss.Reason);
                }
            }
            else
            {
                // A worker that cannot start will not be able to in the next moment either; nobody should wait for it.
                if (pause > s_shortestPause)
                {
                    pool.RefuseAllIfNoneIsReady();
                }

                try
                {
                    await Task.Delay(pause, pool.Stopping).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
        }
    }

    private async Task<WorkerProcess?> StartAsync(WorkerSpawner spawner, WorkerLaunch launch)
    {
        WorkerProcess? worker = null;
        try
        {
            var process = await spawner.InvokeAsync(launch.Start).ConfigureAwait(false);
            worker = new WorkerProcess(process, modules);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(pool.Stopping);
            patience.CancelAfter(options.StartTime);
            var started = Stopwatch.GetTimestamp();
            var ready = await worker.StartAsync(patience.Token).ConfigureAwait(false);
            Tell(ready, Stopwatch.GetElapsedTime(started));
            pool.Add(worker);
            return worker;
        }
        catch (Exception) when (pool.Stopping.IsCancellationRequested)
        {
            worker?.Kill(WorkerLossReason.Stopped);
            return null;
        }
        catch (Exception exception)
        {
            worker?.Kill(WorkerLossReason.Protocol);
            Log.WorkerNotStarted(logger, exception, worker?.StartOutput ?? "");
            return null;
        }
    }

    /// <summary>Looks at its memory while it has runs, until it is gone.</summary>
    private async Task<WorkerLoss> WatchAsync(WorkerProcess worker)
    {
        using var timer = new PeriodicTimer(s_memoryInterval);
        if (pool.Stopping.IsCancellationRequested)
        {
            worker.Kill(WorkerLossReason.Stopped);
        }

        while (!worker.Lost.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync().AsTask();
            await Task.WhenAny(worker.Lost, tick).ConfigureAwait(false);
            pool.KillAtLimit(worker);
        }

        var loss = await worker.Lost.ConfigureAwait(false);
        pool.Remove(worker);

        // Where several versions were in it, nobody knows which it was: it shows when they run again, alone.
        if (loss.IsByScript && loss.Suspects.Count == 1)
        {
            quarantine.Report(loss.Suspects.Single());
        }

        return loss;
    }

    /// <summary>One line for all workers: they are all started alike.</summary>
    private void Tell(WorkerReady ready, TimeSpan duration)
    {
        if (Interlocked.Exchange(ref _told, true))
        {
            return;
        }

        Log.WorkersReady(
            logger,
            options.Workers,
            string.Join(", ", ready.On),
            ready.Off.Count == 0 ? "nothing" : string.Join(", ", ready.Off),
            duration.TotalMilliseconds);
    }
}
