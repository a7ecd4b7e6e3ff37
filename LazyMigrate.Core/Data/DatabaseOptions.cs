namespace LazyMigrate.Core.Data;

/// <summary>Section <c>Database</c>: where LazyMigrate keeps its own data.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>SQLite needs nothing installed and is right for one node; PostgreSQL is for several.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>For PostgreSQL required, in Npgsql's form. For SQLite optional: by default <c>lazymigrate.db</c> in the data folder.</summary>
    public string? ConnectionString { get; set; }
}

/// <summary>The databases LazyMigrate can keep its own data in.</summary>
public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}
