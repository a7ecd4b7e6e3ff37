using System.Text.Json;
using SQLitePCL;

namespace LazyMigrate.Core.Scripting.Modules.BetterSqlite3;

/// <summary>The SQLite files that one run has opened.</summary>
internal sealed class SqliteSession(ModuleRun run) : IModuleSession
{
    private const int FilesAtOnce = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, sqlite3> _databases = [];
    private int _lastId;

    public bool ReachesOutside(string operation) => operation is "open" or "query" or "exec";

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument)
    {
        // The facade calls synchronously; the lock is against the run's end, which may come while a statement runs.
        lock (_lock)
        {
            run.Ended.ThrowIfCancellationRequested();
            return Task.FromResult(operation switch
            {
                "open" => Open(argument),
                "prepare" => SqliteStatement.Describe(Find(argument), SqlOf(argument)),
                "query" => SqliteStatement.Query(Find(argument), SqlOf(argument), argument, run),
                "exec" => SqliteStatement.Execute(Find(argument), SqlOf(argument), run),
                "close" => Close(argument),
                _ => throw new ModuleException("ERR_INVALID_STATE", "SQLite has no such operation."),
            });
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            foreach (var database in _databases.Values)
            {
                database.Dispose();
            }

            _databases.Clear();
        }

        return ValueTask.CompletedTask;
    }

    private static string SqlOf(JsonElement argument) =>
        ModuleJson.StringOf(argument, "sql") ?? throw SqliteErrors.Misuse("Expected first argument to be a string");

    private ModuleAnswer Open(JsonElement argument)
    {
        if (_databases.Count >= FilesAtOnce)
        {
            throw SqliteErrors.Error("SQLITE_CANTOPEN", $"A script may have {FilesAtOnce} SQLite files open at most.");
        }

        var file = SqliteFiles.Resolve(run.Access, ModuleJson.StringOf(argument, "file") ?? "");
        var database = SqliteConnectionGuard.Open(file, run.Ended);
        _databases[++_lastId] = database;
        return new ModuleAnswer($"{_lastId}");
    }

    private sqlite3 Find(JsonElement argument) =>
        _databases.TryGetValue(ModuleJson.NumberOf(argument, "id") ?? 0, out var database)
            ? database
            : throw SqliteErrors.Misuse("The database connection is not open");

    private ModuleAnswer Close(JsonElement argument)
    {
        if (_databases.Remove(ModuleJson.NumberOf(argument, "id") ?? 0, out var database))
        {
            database.Dispose();
        }

        return ModuleAnswer.Null;
    }
}
