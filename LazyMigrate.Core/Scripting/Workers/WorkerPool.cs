using System.Diagnostics.CodeAnalysis;
using LazyMigrate.Core.Scripting.Modules;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>Gives runs places in the workers that are ready.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It has neither timer nor wait handle, and a late run may still look at it.")]
internal sealed class WorkerPool(ScriptWorkerOptions options, ScriptModuleCatalog modules, ScriptQuarantine quarantine, ILogger logger)
{
    /// <summary>How long a run waits for a place: longer than a worker takes to be replaced, and never for ever.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<WorkerProcess, Load> _ready = [];
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _slots;
    private int _leases;
    private long _given;

    /// <summary>Cancelled when no more workers are wanted.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (_lock)
            {
                return [.. _ready.Keys.Select(worker => worker.Id)];
            }
        }
    }

    public void Start()
    {
        lock (_lock)
        {
            if (_slots is null && !_stopping.IsCancellationRequested)
            {
                _slots = Task.Run(new WorkerKeeper(this, options, modules, quarantine, logger).KeepAllAsync);
            }
        }
    }

    /// <summary>A place in a worker, or null where none became free in time.</summary>
    /// <param name="version">The script's version.</param>
    /// <param name="alone">Whether no other run may be in the worker.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<WorkerLease?> AcquireAsync(string version, bool alone, CancellationToken cancellationToken)
    {
        Start();
        Waiter waiter;
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested)
            {
                return null;
            }

            waiter = new Waiter(version, alone);
            _waiters.AddLast(waiter);
            Serve();
        }

        try
        {
            return await waiter.Lease.Task.WaitAsync(s_patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }

            if (waiter.Lease.Task.IsCompletedSuccessfully)
            {
                // Given in the last moment.
                waiter.Lease.Task.Result?.Dispose();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    public void Return(WorkerLease lease)
    {
        lock (_lock)
        {
            _leases--;
            if (_ready.TryGetValue(lease.Worker, out var load))
            {
                load.Runs--;
                load.Alone &= !lease.Alone;
            }

            if (_leases == 0 && _stopping.IsCancellationRequested)
            {
                _drained.TrySetResult();
            }

            Serve();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task? slots;
        lock (_lock)
        {
            _stopping.Cancel();
            slots = _slots;
            if (_leases == 0)
            {
                _drained.TrySetResult();
            }

            foreach (var waiter in _waiters)
            {
                waiter.Lease.TrySetResult(null);
            }

            _waiters.Clear();
        }

        try
        {
            await _drained.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Patience is over; the runs that are left end with their workers.
        }

        lock (_lock)
        {
            foreach (var worker in _ready.Keys)
            {
                worker.Kill(WorkerLossReason.Stopped);
            }
        }

        if (slots is not null)
        {
            await slots.ConfigureAwait(false);
        }
    }

    /// <summary>Takes in a worker that has just become ready.</summary>
    public void Add(WorkerProcess worker)
    {
        lock (_lock)
        {
            _ready[worker] = new Load();
            Serve();
        }
    }

    /// <summary>Forgets a worker that is gone.</summary>
    public void Remove(WorkerProcess worker)
    {
        lock (_lock)
        {
            _ready.Remove(worker);
        }
    }

    /// <summary>Kills a worker over its limit, and one that has nothing to do where what earlier runs used has not gone back to the system.</summary>
    public void KillAtLimit(WorkerProcess worker)
    {
        var memory = worker.Memory >> 20;
        lock (_lock)
        {
            var limit = _ready.TryGetValue(worker, out var load) && load.Runs == 0 ? options.MemoryMegabytes / 2 : options.MemoryMegabytes;
            if (memory > limit)
            {
                worker.Kill(WorkerLossReason.Memory);
            }
        }
    }

    /// <summary>Ends the waiting of all, where no worker is there and none will be soon.</summary>
    public void RefuseAllIfNoneIsReady()
    {
        lock (_lock)
        {
            if (_ready.Count > 0)
            {
                return;
            }

            foreach (var waiter in _waiters)
            {
                waiter.Lease.TrySetResult(null);
            }

            _waiters.Clear();
        }
    }

    /// <summary>Gives places to those who wait, in their order. Whoever wants a worker alone gets one that is kept from the others until it is empty.</summary>
    private void Serve()
    {
        var reserved = new HashSet<WorkerProcess>();
        for (var node = _waiters.First; node is not null;)
        {
            var next = node.Next;
            var waiter = node.Value;
            var candidates = _ready.Where(each => !each.Key.IsGone && !each.Value.Alone && !reserved.Contains(each.Key));
            if (candidates.OrderBy(each => each.Value.Runs).ThenBy(each => each.Value.GivenAt).Select(each => ((WorkerProcess Worker, Load Load)?)(each.Key, each.Value)).FirstOrDefault() is not var (worker, load))
            {
                break;
            }

            if (waiter.Alone ? load.Runs == 0 : load.Runs < options.RunsPerWorker)
            {
                load.Runs++;
                load.GivenAt = ++_given;
                load.Alone = waiter.Alone;
                _leases++;
                _waiters.Remove(node);
                waiter.Lease.SetResult(new WorkerLease(this, worker, waiter.Version, waiter.Alone));
            }
            else if (waiter.Alone)
            {
                reserved.Add(worker);
            }

            node = next;
        }
    }

    private sealed class Load
    {
        public int Runs { get; set; }

        public bool Alone { get; set; }

        /// <summary>The number of the last place that was given: of two workers the one that has rested longer has an isolate ready.</summary>
        public long GivenAt { get; set; }
    }

    private sealed record Waiter(string Version, bool Alone)
    {
        public TaskCompletionSource<WorkerLease?> Lease { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
