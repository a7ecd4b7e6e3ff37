namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>One leased connection, used by one statement at a time.</summary>
internal abstract class ConnectionLease
{
    /// <summary>Held by the statement that runs.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Closes the connection, which gives it back to its pool: the driver rolls an open transaction back and resets the session.</summary>
    public abstract ValueTask GiveBackAsync();
}
