using SQLitePCL;

namespace LazyMigrate.Core.Scripting.Modules.BetterSqlite3;

/// <summary>Opens a SQLite file so that what runs on it can only read that one file, and stops when it is told to.</summary>
internal static class SqliteConnectionGuard
{
    /// <summary>Steps of SQLite's virtual machine between two looks at the clock: well under a millisecond.</summary>
    private const int StepsBetweenChecks = 5_000;

    private const int LargestValue = 4 << 20;
    private const int BusyMilliseconds = 1_000;

    private const int ActionFunction = 31;
    private const int ActionPragma = 19;

    // https://sqlite.org/c3ref/c_alter_table.html: reading, transactions, and writes to the file itself, which is opened
    // read-only, so that they fail with SQLite's own words. Not ATTACH, not temporary tables, not virtual ones.
    private static readonly HashSet<int> s_actions =
    [
        20, // READ
        21, // SELECT
        22, // TRANSACTION
        32, // SAVEPOINT
        33, // RECURSIVE
        9, 18, 23, // DELETE, INSERT, UPDATE
        1, 2, 7, 8, // CREATE_INDEX, CREATE_TABLE, CREATE_TRIGGER, CREATE_VIEW
        10, 11, 16, 17, // DROP_INDEX, DROP_TABLE, DROP_TRIGGER, DROP_VIEW
        26, // ALTER_TABLE
    ];

    private static readonly HashSet<string> s_pragmas = new(StringComparer.OrdinalIgnoreCase)
    {
        "application_id", "collation_list", "compile_options", "data_version", "database_list", "encoding", "foreign_key_list",
        "foreign_keys", "freelist_count", "function_list", "index_info", "index_list", "index_xinfo", "integrity_check",
        "journal_mode", "page_count", "page_size", "pragma_list", "query_only", "quick_check", "schema_version", "table_info",
        "table_list", "table_xinfo", "user_version",
    };

    // Values these take would change something; with a value they are refused.
    private static readonly HashSet<string> s_pragmasWithArgument = new(StringComparer.OrdinalIgnoreCase)
    {
        "foreign_key_list", "index_info", "index_list", "index_xinfo", "integrity_check", "quick_check", "table_info", "table_xinfo", "table_list",
    };

    static SqliteConnectionGuard() => Batteries_V2.Init();

    /// <summary>Opens a file read-only.</summary>
    /// <param name="file">Its real path, already checked.</param>
    /// <param name="ended">Stops what runs on it.</param>
    public static sqlite3 Open(string file, CancellationToken ended)
    {
        var code = raw.sqlite3_open_v2(file, out var database, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_FULLMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var error = SqliteErrors.Of(database, code);
            database?.Dispose();
            throw error;
        }

        raw.sqlite3_extended_result_codes(database, 1);
        raw.sqlite3_busy_timeout(database, BusyMilliseconds);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, LargestValue);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_ATTACHED, 0);
        raw.sqlite3_db_config(database, raw.SQLITE_DBCONFIG_DEFENSIVE, 1, out _);
        raw.sqlite3_db_config(database, raw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, out _);
        raw.sqlite3_progress_handler(database, StepsBetweenChecks, _ => ended.IsCancellationRequested ? 1 : 0, null);
        raw.sqlite3_set_authorizer(database, (_, action, first, second, _, _) => Authorize(action, first, second), null);
        return database;
    }

    private static int Authorize(int action, string? first, string? second) => action switch
    {
        ActionFunction => string.Equals(second, "load_extension", StringComparison.OrdinalIgnoreCase) ? raw.SQLITE_DENY : raw.SQLITE_OK,
        ActionPragma => s_pragmas.Contains(first ?? "") && (second is null || s_pragmasWithArgument.Contains(first!)) ? raw.SQLITE_OK : raw.SQLITE_DENY,
        _ => s_actions.Contains(action) ? raw.SQLITE_OK : raw.SQLITE_DENY,
    };
}
