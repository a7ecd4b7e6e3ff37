using SQLitePCL;

namespace LazyMigrate.Core.Scripting.Modules.BetterSqlite3;

/// <summary>SQLite's result codes as better-sqlite3 names them: https://sqlite.org/rescode.html.</summary>
internal static class SqliteErrors
{
    private static readonly string[] s_primary =
    [
        "OK", "ERROR", "INTERNAL", "PERM", "ABORT", "BUSY", "LOCKED", "NOMEM", "READONLY", "INTERRUPT", "IOERR", "CORRUPT", "NOTFOUND", "FULL",
        "CANTOPEN", "PROTOCOL", "EMPTY", "SCHEMA", "TOOBIG", "CONSTRAINT", "MISMATCH", "MISUSE", "NOLFS", "AUTH", "FORMAT", "RANGE", "NOTADB",
    ];

    /// <summary>The error that the last call on the database left.</summary>
    public static ModuleException Of(sqlite3? database, int code)
    {
        var primary = code & 0xff;
        var message = primary switch
        {
            raw.SQLITE_INTERRUPT => "interrupted",
            raw.SQLITE_AUTH => "not authorized: only reading this one file is allowed",
            _ => database is null ? "unknown error" : raw.sqlite3_errmsg(database).utf8_to_string(),
        };
        return Error(NameOf(primary), message);
    }

    public static ModuleException Error(string code, string message) =>
        new(code, message) { Fields = new Dictionary<string, string> { ["name"] = "SqliteError" } };

    /// <summary>A wrong use of the interface; better-sqlite3 throws a TypeError or RangeError for these.</summary>
    public static ModuleException Misuse(string message) =>
        new("ERR_INVALID_ARG_VALUE", message) { Fields = new Dictionary<string, string> { ["type"] = "TypeError" } };

    private static string NameOf(int primary) => primary >= 0 && primary < s_primary.Length ? $"SQLITE_{s_primary[primary]}" : "SQLITE_ERROR";
}
