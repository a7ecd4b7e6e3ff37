using Microsoft.Data.Sqlite;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A folder with SQLite files of a legacy shop, deleted at the end.</summary>
public sealed class LegacySqliteFile : IDisposable
{
    public LegacySqliteFile()
    {
        Folder = Directory.CreateTempSubdirectory("lazymigrate-sqlite-").FullName;
        Create(
            "shop.db",
            """
            CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, score REAL, picture BLOB, big INTEGER);
            INSERT INTO people VALUES (1, 'Ada', 1.5, x'0102ff', 9007199254740993), (2, 'Grace', NULL, NULL, -1);
            CREATE VIEW names AS SELECT name FROM people;
            """);
    }

    /// <summary>Absolute.</summary>
    public string Folder { get; }

    /// <summary>Creates a database below the folder.</summary>
    /// <returns>Its absolute path.</returns>
    public string Create(string name, string sql)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
