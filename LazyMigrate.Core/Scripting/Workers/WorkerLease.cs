namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>One run's place in a worker.</summary>
internal sealed class WorkerLease(WorkerPool pool, WorkerProcess worker, string version, bool alone) : IDisposable
{
    private int _returned;

    public WorkerProcess Worker { get; } = worker;

    /// <summary>Which version of a script it is for.</summary>
    public string Version { get; } = version;

    /// <summary>Whether no other run may be in the worker.</summary>
    public bool Alone { get; } = alone;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0)
        {
            pool.Return(this);
        }
    }
}
