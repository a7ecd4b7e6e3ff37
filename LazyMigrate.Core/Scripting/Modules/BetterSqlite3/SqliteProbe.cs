using System.Diagnostics;
using System.Text.Json;
using SQLitePCL;

namespace LazyMigrate.Core.Scripting.Modules.BetterSqlite3;

/// <summary>Opens a SQLite file once, as scripts would, and looks around.</summary>
internal static class SqliteProbe
{
    private const string TablesSql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name LIMIT 50";

    public static LegacyConnectionTest Test(string file, LegacyAccess access, CancellationToken cancellationToken)
    {
        try
        {
            using var database = SqliteConnectionGuard.Open(SqliteFiles.Resolve(access, file), cancellationToken);
            var run = new ModuleRun(access, new ScriptLimits(), cancellationToken);
            using var none = JsonDocument.Parse("{}");

            // SQLite reads the file only now: what is not a database shows here.
            var started = Stopwatch.GetTimestamp();
            SqliteStatement.Query(database, "SELECT count(*) FROM sqlite_schema", none.RootElement, run);
            var latency = Stopwatch.GetElapsedTime(started);

            using var tables = JsonDocument.Parse(SqliteStatement.Query(database, TablesSql, none.RootElement, run).Json);
            return new LegacyConnectionTest.Connected(
                $"SQLite {raw.sqlite3_libversion().utf8_to_string()}",
                latency,
                [.. tables.RootElement.EnumerateArray().Select(row => row[0].GetString()!)]);
        }
        catch (ModuleException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new LegacyConnectionTest.NotConnected(error.Code, Sentence(error));
        }
    }

    private static string Sentence(ModuleException error) => error.Code switch
    {
        "SQLITE_NOTADB" => "The file is not a SQLite database, or it is encrypted.",
        "SQLITE_CORRUPT" => "The file is damaged: SQLite cannot read it.",
        "SQLITE_BUSY" or "SQLITE_LOCKED" => "The file is locked by another program: try again in a moment.",
        _ => error.Message,
    };
}
