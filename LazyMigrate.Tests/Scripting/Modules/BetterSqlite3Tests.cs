using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

public class BetterSqlite3Tests(ScriptHost host, LegacySqliteFile files) : IClassFixture<ScriptHost>, IClassFixture<LegacySqliteFile>
{
    private const string Prelude = "const Database = require('better-sqlite3'); const db = new Database('shop.db', { readonly: true });";

    [Theory]
    [InlineData("db.prepare('SELECT * FROM people WHERE id = ?').get(1)", """{"id":1,"name":"Ada","score":1.5,"picture":"AQL/","big":9007199254740992}""")]
    [InlineData("db.prepare('SELECT name FROM people WHERE id = ?').get(9) === undefined", "true")]
    [InlineData("db.prepare('SELECT id, score FROM people ORDER BY id').all()", """[{"id":1,"score":1.5},{"id":2,"score":null}]""")]
    [InlineData("db.prepare('SELECT name FROM people WHERE id IN (?, ?) ORDER BY id').pluck().all([1, 2])", """["Ada","Grace"]""")]
    [InlineData("db.prepare('SELECT id, name FROM people ORDER BY id').raw().all()", """[[1,"Ada"],[2,"Grace"]]""")]
    [InlineData("db.prepare('SELECT name FROM people WHERE id = @id AND name = :name').get({ id: 1, name: 'Ada' })", """{"name":"Ada"}""")]
    [InlineData("db.prepare('SELECT name FROM people WHERE id = $id AND name <> ?').get('x', { id: 2 }).name", "\"Grace\"")]
    [InlineData("[...db.prepare('SELECT id FROM people ORDER BY id').iterate()].map((row) => row.id)", "[1,2]")]
    [InlineData("db.prepare('SELECT people.id, names.name FROM people JOIN names ON names.name = people.name WHERE id = 1').expand().get().people", """{"id":1,"name":"Ada"}""")]
    [InlineData("db.prepare('SELECT id, name AS n, 1 + 1 AS two FROM people').columns()", """[{"name":"id","column":"id","table":"people","database":"main","type":"INTEGER"},{"name":"n","column":"name","table":"people","database":"main","type":"TEXT"},{"name":"two","column":null,"table":null,"database":null,"type":null}]""")]
    [InlineData("db.prepare('SELECT typeof(?) AS a, typeof(?) AS b, typeof(?) AS c, typeof(?) AS d, typeof(?) AS e').raw().get(1, 1.5, 'x', null, Buffer.from('x'))", """["integer","real","text","null","blob"]""")]
    [InlineData("db.prepare('SELECT ? AS big').pluck().get(9007199254740993n) === Number(9007199254740993n)", "true")]
    [InlineData("db.prepare('SELECT picture FROM people WHERE picture = ?').pluck().get(Buffer.from([1, 2, 255])) instanceof Buffer", "true")]
    [InlineData("db.prepare('SELECT name FROM people WHERE id = ?').bind(2).pluck().get()", "\"Grace\"")]
    [InlineData("db.prepare('SELECT 1 AS one -- the end').get()", """{"one":1}""")]
    [InlineData("db.prepare('SELECT 1e999 AS inf').get().inf === Infinity", "true")]
    [InlineData("db.pragma('user_version', { simple: true })", "0")]
    [InlineData("db.pragma('table_info(people)').map((column) => column.name)", """["id","name","score","picture","big"]""")]
    [InlineData("db.transaction((id) => db.prepare('SELECT name FROM people WHERE id = ?').pluck().get(id))(1) + db.inTransaction", "\"Adafalse\"")]
    [InlineData("[db.open, db.close().open, db.name, db.readonly]", """[true,false,"shop.db",true]""")]
    [InlineData("Database('shop.db').prepare('SELECT 5').pluck().get()", "5")]
    public async Task Statement_Result_IsAsInBetterSqlite3(string expression, string expected)
    {
        Assert.Equal(expected, await AnswerAsync($"return {expression};"));
    }

    [Theory]
    [InlineData("db.prepare('SELEC 1')", "SqliteError", "SQLITE_ERROR", "near \"SELEC\": syntax error")]
    [InlineData("db.prepare('SELECT x FROM missing')", "SqliteError", "SQLITE_ERROR", "no such table: missing")]
    [InlineData("db.prepare(\"INSERT INTO people VALUES (3, 'x', 1, null, 1)\").run()", "SqliteError", "SQLITE_READONLY", "attempt to write a readonly database")]
    [InlineData("db.exec('DELETE FROM people')", "SqliteError", "SQLITE_READONLY", "attempt to write a readonly database")]
    [InlineData("db.exec('CREATE TABLE t (x)')", "SqliteError", "SQLITE_READONLY", "attempt to write a readonly database")]
    [InlineData("db.exec(\"ATTACH '/etc/passwd' AS x\")", "SqliteError", "SQLITE_AUTH", "not authorized: only reading this one file is allowed")]
    [InlineData("db.exec(\"VACUUM INTO '/tmp/lazymigrate-stolen.db'\")", "SqliteError", "SQLITE_AUTH", "not authorized: only reading this one file is allowed")]
    [InlineData("db.exec('CREATE TEMP TABLE t (x)')", "SqliteError", "SQLITE_AUTH", "not authorized: only reading this one file is allowed")]
    [InlineData("db.prepare(\"SELECT load_extension('x')\")", "SqliteError", "SQLITE_ERROR", "not authorized to use function: load_extension")]
    [InlineData("db.pragma('hard_heap_limit = 1')", "SqliteError", "SQLITE_AUTH", "not authorized: only reading this one file is allowed")]
    [InlineData("db.pragma('query_only = 0')", "SqliteError", "SQLITE_AUTH", "not authorized: only reading this one file is allowed")]
    [InlineData("db.pragma('temp_store_directory')", "SqliteError", "SQLITE_AUTH", "not authorized: only reading this one file is allowed")]
    [InlineData("db.loadExtension('x')", "SqliteError", "SQLITE_MISUSE", "loadExtension() is not available: the database is only read.")]
    [InlineData("db.prepare('SELECT zeroblob(100000000)').get()", "SqliteError", "SQLITE_TOOBIG", "string or blob too big")]
    [InlineData("db.prepare('SELECT 1; SELECT 2')", "RangeError", null, "The supplied SQL string contains more than one statement")]
    [InlineData("db.prepare('  ')", "RangeError", null, "The supplied SQL string contains no statements")]
    [InlineData("db.prepare('SELECT ?').get()", "RangeError", null, "Too few parameter values were provided")]
    [InlineData("db.prepare('SELECT ?').get(1, 2)", "RangeError", null, "Too many parameter values were provided")]
    [InlineData("db.prepare('SELECT @a').get({ b: 1 })", "RangeError", null, "Missing named parameter \"a\"")]
    [InlineData("db.prepare('SELECT ?').get(true)", "TypeError", null, "SQLite3 can only bind numbers, strings, bigints, buffers, and null")]
    [InlineData("db.prepare('SELECT ?').get(new Date())", "TypeError", null, "SQLite3 can only bind numbers, strings, bigints, buffers, and null")]
    [InlineData("db.prepare(5)", "TypeError", null, "Expected first argument to be a string")]
    [InlineData("db.close() && db.prepare('SELECT 1')", "TypeError", null, "The database connection is not open")]
    [InlineData("new Database('missing.db')", "SqliteError", "SQLITE_CANTOPEN", "unable to open database file: there is no such file.")]
    [InlineData("new Database(':memory:')", "SqliteError", "SQLITE_CANTOPEN", "Only a database file by its path can be opened.")]
    [InlineData("new Database('file:shop.db?mode=rwc')", "SqliteError", "SQLITE_CANTOPEN", "Only a database file by its path can be opened.")]
    public async Task Statement_Failure_IsAsInBetterSqlite3(string expression, string name, string? code, string message)
    {
        var result = await RunAsync($"{expression};");

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal((name, code, message), (error.Name, error.Code, error.Message));
        Assert.NotNull(error.Position);
    }

    [Fact]
    public async Task Open_OutsideTheFolder_IsRefused()
    {
        using var elsewhere = new LegacySqliteFile();
        File.CreateSymbolicLink(Path.Combine(files.Folder, "link.db"), Path.Combine(elsewhere.Folder, "shop.db"));
        Directory.CreateSymbolicLink(Path.Combine(files.Folder, "linked"), elsewhere.Folder);
        File.CreateSymbolicLink(Path.Combine(files.Folder, "inner.db"), "shop.db");
        File.CreateSymbolicLink(Path.Combine(files.Folder, "loop.db"), "loop.db");
        var name = Path.GetFileName(elsewhere.Folder);

        foreach (var file in new[] { Path.Combine(elsewhere.Folder, "shop.db"), $"../{name}/shop.db", "link.db", "linked/shop.db", "loop.db", "/etc/passwd", "" })
        {
            var result = await RunAsync($"new Database({System.Text.Json.JsonSerializer.Serialize(file)});");
            Assert.Equal("SQLITE_CANTOPEN", Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Code);
        }

        Assert.Equal("1", await AnswerAsync("return new Database('inner.db').prepare('SELECT 1').pluck().get();"));
        Assert.Equal("1", await AnswerAsync($"return new Database({System.Text.Json.JsonSerializer.Serialize(Path.Combine(files.Folder, "shop.db"))}).prepare('SELECT 1').pluck().get();"));
    }

    [Fact]
    public async Task Open_ListedFile_IsReadWithoutAFolder()
    {
        var file = Path.Combine(files.Folder, "shop.db");
        var json = await host.AnswerAsync(
            "const Database = require('better-sqlite3'); return new Database(env.FILE).prepare('SELECT name FROM people WHERE id = 1').pluck().get();",
            request => request with { Access = new LegacyAccess([], null, [file]), Variables = new Dictionary<string, string> { ["FILE"] = file } });

        Assert.Equal("\"Ada\"", json);

        var refused = await host.RunBodyAsync("require('better-sqlite3')('shop.db');", request => request with { Access = new LegacyAccess([], null, [file]) });
        Assert.Equal("SQLITE_CANTOPEN", Assert.IsType<ScriptCompletion.Threw>(refused.Completion).Error.Code);
    }

    [Theory]
    [InlineData("db.prepare('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n').get();")]
    [InlineData("for (;;) { try { db.exec('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'); } catch { } }")]
    [InlineData("await null; setTimeout(() => db.prepare('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n').all(), 1); await new Promise(() => {});")]
    public async Task Statement_NeverEnding_EndsAtTheTimeLimit(string body)
    {
        var result = await RunAsync(body, new ScriptLimits { WallTime = TimeSpan.FromMilliseconds(500), ModuleCalls = 1_000_000 });

        Assert.Equal(ScriptFailureKind.TimeLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
        Assert.Equal("1", await AnswerAsync("return db.prepare('SELECT 1').pluck().get();"));
    }

    [Theory]
    [InlineData("for (;;) { try { db.prepare('SELECT 1').get(); } catch { } }", ScriptFailureKind.ModuleCallLimit)]
    [InlineData("try { db.prepare('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1001) SELECT i FROM n').all(); } catch { return null; }", ScriptFailureKind.RowLimit)]
    [InlineData("try { db.prepare(\"SELECT hex(zeroblob(600000))\").get(); } catch { return null; }", ScriptFailureKind.RowLimit)]
    public async Task Limits_CallsAndRows_EndTheRun(string body, ScriptFailureKind kind)
    {
        Assert.Equal(kind, Assert.IsType<ScriptCompletion.Failed>((await RunAsync(body)).Completion).Failure.Kind);
    }

    [Fact]
    public async Task ModuleCalls_AreRecordedWithoutValues()
    {
        var result = await RunAsync("db.prepare('SELECT * FROM people').all(); try { db.exec('DELETE FROM people'); } catch { } db.close(); return null;");

        Assert.Equal(
            [("better-sqlite3", "open", null, null), ("better-sqlite3", "query", 2, null), ("better-sqlite3", "exec", (int?)null, (string?)"SQLITE_READONLY")],
            result.ModuleCalls.Select(call => (call.Module, call.Operation, call.Rows, call.Error)));
    }

    [Fact]
    public async Task File_InWriteAheadMode_IsReadWhileItIsWritten()
    {
        var path = files.Create("busy.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1);");
        await using var writer = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
        await writer.OpenAsync();
        await using var transaction = writer.BeginTransaction();
        await using var command = writer.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES (2)";
        await command.ExecuteNonQueryAsync();

        Assert.Equal("1", await AnswerAsync("return new Database('busy.db').prepare('SELECT count(*) FROM t').pluck().get();"));
    }

    private Task<string?> AnswerAsync(string body) => host.AnswerAsync(Prelude + body, Reaching);

    private Task<ScriptRunResult> RunAsync(string body, ScriptLimits? limits = null) =>
        host.RunBodyAsync(Prelude + body, request => Reaching(request) with { Limits = limits ?? new ScriptLimits() });

    private ScriptRunRequest Reaching(ScriptRunRequest request) => request with { Access = new LegacyAccess([], files.Folder, []) };
}
