namespace LazyMigrate.Core.CustomDatabases;

/// <summary>Where legacy SQLite files may lie.</summary>
public sealed class CustomDatabaseOptions
{
    /// <summary>Absolute path of the folder that scripts may open SQLite files in. Relative names are looked up here.</summary>
    public string SqliteFolder { get; set; } = "";
}
