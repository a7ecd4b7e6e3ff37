using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Tests.TestServices;
using Microsoft.Data.Sqlite;

namespace LazyMigrate.Tests.UserMigration.Adopting;

/// <summary>A legacy database, and the folder an application has for it: <c>legacy/database.json</c> with the templates' scripts as they are.</summary>
public abstract class AdoptedLegacy : IDisposable
{
    public const string Password = "correct horse";

    private readonly TemporaryFolder _folder = new();

    /// <summary>The application's content root.</summary>
    public string Folder => _folder.Path;

    /// <summary>The folder of the custom database.</summary>
    public string ScriptFolder => Path.Combine(Folder, "legacy");

    /// <summary>The application's one section.</summary>
    public Dictionary<string, string?> Settings { get; } = new() { ["LazyMigrate:CustomDatabase"] = "legacy" };

    protected static string People { get; } = $"""
        INSERT INTO users (email, phone, username, name, password_hash, blocked) VALUES
          ('Ada@example.org', NULL, 'ada.l', 'Ada Lovelace', '{Hash}', false),
          ('o''hara@example.org', NULL, NULL, 'Scarlett O''Hara', '{Hash}', false),
          ('mallory@example.org', NULL, NULL, 'Mallory', '{Hash}', true),
          ('grace@example.org', NULL, 'grace', 'Grace Hopper', '{Hash}', false);
        """;

    private static string Hash => BCrypt.Net.BCrypt.HashPassword(Password, 5);

    /// <summary>Runs statements in the legacy database.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>The legacy database is out of order until <see cref="MendAsync"/>.</summary>
    public Task BreakAsync() => ExecuteAsync("ALTER TABLE users RENAME TO members");

    public Task MendAsync() => ExecuteAsync("ALTER TABLE members RENAME TO users");

    /// <summary>Replaces or adds a script, before the application starts.</summary>
    public void WriteScript(string file, string source) => File.WriteAllText(Path.Combine(ScriptFolder, file), source);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void WriteFolder(LegacyStore store, string type, string uri)
    {
        Directory.CreateDirectory(ScriptFolder);
        Settings["LazyMigrate:Values:LEGACY_URI"] = uri;
        File.WriteAllText(
            Path.Combine(ScriptFolder, "database.json"),
            JsonSerializer.Serialize(new { name = "shop", type, uri = "${LEGACY_URI}", mode = "LazyMigration", trustEmailVerified = true }));
        WriteScript("login.js", ScriptTemplates.For(store, ScriptKind.Login).Source);
        WriteScript("searchUser.js", ScriptTemplates.For(store, ScriptKind.SearchUser).Source);
    }
}

/// <summary>A SQLite file, read with better-sqlite3.</summary>
public sealed class AdoptedSqliteLegacy : AdoptedLegacy
{
    private readonly string _file;

    private AdoptedSqliteLegacy()
    {
        WriteFolder(LegacyStore.Sqlite, "sqlite", "shop.db");
        _file = Path.Combine(ScriptFolder, "shop.db");
    }

    public static async Task<AdoptedSqliteLegacy> CreateAsync()
    {
        var legacy = new AdoptedSqliteLegacy();
        await legacy.ExecuteAsync($"""
            CREATE TABLE users (
              id integer PRIMARY KEY, email text, phone text, username text, name text,
              password_hash text, email_verified boolean NOT NULL DEFAULT true, blocked boolean NOT NULL DEFAULT false);
            {People}
            """);
        return legacy;
    }

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A PostgreSQL database, read with pg.</summary>
public sealed class AdoptedPostgresLegacy : AdoptedLegacy
{
    private readonly PostgresServer _server;
    private readonly string _database = $"legacy_{Guid.NewGuid():N}";

    private AdoptedPostgresLegacy(PostgresServer server)
    {
        _server = server;
        WriteFolder(LegacyStore.Postgres, "postgres", server.UriOf(_database));
    }

    public static async Task<AdoptedPostgresLegacy> CreateAsync(PostgresServer server)
    {
        var legacy = new AdoptedPostgresLegacy(server);
        await server.CreateDatabaseAsync(legacy._database);
        await legacy.ExecuteAsync($"""
            CREATE TABLE users (
              id bigserial PRIMARY KEY, email text, phone text, username text, name text,
              password_hash text, email_verified boolean NOT NULL DEFAULT true, blocked boolean NOT NULL DEFAULT false, moved_to text);
            {People}
            """);
        return legacy;
    }

    public override Task ExecuteAsync(string sql) => _server.ExecuteAsync(_database, sql);

    /// <summary>One value.</summary>
    public async Task<string?> ReadAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(_server.ConnectionStringOf(_database));
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string;
    }
}
