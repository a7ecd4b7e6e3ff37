namespace LazyMigrate.Core.CustomDatabases;

/// <summary>The switch of a migration.</summary>
public enum MigrationMode
{
    /// <summary>The legacy database is not asked: neither at log-in nor at registration.</summary>
    Off,

    /// <summary>People not yet moved are checked against the legacy database at log-in and moved; registration asks both stores.</summary>
    LazyMigration,

    /// <summary>Nobody is moved any more; registration still asks both stores.</summary>
    Frozen,
}
