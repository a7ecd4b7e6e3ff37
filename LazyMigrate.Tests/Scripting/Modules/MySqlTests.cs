using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules.MySql;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>What is LazyMigrate's own in mysql and mysql2; what is the originals' is in the conformance suites.</summary>
[Collection(nameof(MariaDbCollection))]
public class MySqlTests(MariaDbServer server, ScriptHost host) : IClassFixture<ScriptHost>, IAsyncLifetime
{
    private const string Prelude = "const mysql = require('mysql2/promise'); const connection = await mysql.createConnection(env.DB_CONNECTION_URI);";

    /// <summary>Values that have broken out of their quotes somewhere.</summary>
    public static TheoryData<string> Attempts =>
    [
        "' OR '1'='1", "' OR 1=1 -- ", "\\' OR 1=1 -- ", "\\\\' OR 1=1 #", "\" OR \"\"=\"", "`; DROP TABLE people", "'; DROP TABLE people; -- ", "\u00bf\u005c' OR 1=1 -- ",
        "\0' OR 1=1 -- ", "' UNION SELECT 1 -- ", "*/ OR 1=1 /*", "%' OR '%'='", "admin'/*", "\u2019 OR 1=1 -- ", "\u001a' OR 1=1 -- ", "'||'1'='1", "?", "??", ":name",
    ];

    public async Task InitializeAsync()
    {
        if (MariaDbServer.IsAvailable(out _))
        {
            await server.ExecuteAsync("legacy", "DROP TABLE IF EXISTS people; CREATE TABLE people (id int PRIMARY KEY, name varchar(100) NOT NULL) ENGINE=InnoDB; INSERT INTO people VALUES (1, 'Ada'), (2, 'Grace')");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [MemberData(nameof(Attempts))]
    public async Task Value_ThatTriesToBreakOut_StaysAValue(string attempt)
    {
        var value = JsonSerializer.Serialize(attempt);
        var json = await AnswerAsync(
            $$"""
            const value = {{value}};
            const old = require('mysql').createConnection(env.DB_CONNECTION_URI);
            const ask = (sql, values) => new Promise((resolve, reject) => old.query(sql, values, (error, rows) => (error ? reject(error) : resolve(rows))));
            const seen = [
              (await ask('SELECT ? AS v', [value]))[0].v === value,
              (await ask('SELECT id FROM people WHERE name = ?', [value])).length,
              (await ask('SELECT id FROM people WHERE name IN (?)', [[value, [value]].flat()])).length,
              (await ask('SELECT id FROM people WHERE ?', { name: value })).length,
              (await connection.query('SELECT ? AS v', [value]))[0][0].v === value,
              (await connection.query('SELECT id FROM people WHERE name = ?', [value]))[0].length,
              (await connection.execute('SELECT id FROM people WHERE name = ?', [value]))[0].length,
              (await connection.query({ sql: 'SELECT id FROM people WHERE name = :name', namedPlaceholders: true, values: { name: value } }))[0].length,
              (await ask('SELECT ?? FROM people', ['x' + value]).catch((error) => [['ER_BAD_FIELD_ERROR', 'ER_PARSE_ERROR'].includes(error.code) || error.code])).join(),
            ];
            return seen;
            """);

        Assert.Equal("""[true,0,0,0,true,0,0,0,"true"]""", json);
        Assert.Equal(["2"], await server.QueryAsync("SELECT COUNT(*) FROM people"));
    }

    [SkippableTheory]
    [InlineData("SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',NO_BACKSLASH_ESCAPES')")]
    [InlineData("SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',NO_BACKSLASH_ESCAPES,ANSI_QUOTES')")]
    [InlineData("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES'")]
    [InlineData("SET GLOBAL sql_mode = ''")]
    public async Task Value_OnAServerOfAnotherMode_StaysAValue(string mode)
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        var before = (await server.QueryAsync("SELECT @@GLOBAL.sql_mode"))[0];
        await server.ExecuteAsync("legacy", mode);
        try
        {
            Assert.Equal(
                "[0,0,true]",
                await AnswerAsync(
                    """
                    const attack = "\\' OR 1=1 -- ";
                    const [found] = await connection.query('SELECT id FROM people WHERE name = ?', [attack]);
                    await connection.reset();
                    const [again] = await connection.query('SELECT id FROM people WHERE name = ?', [attack]);
                    const [[row]] = await connection.query('SELECT ? AS v', [attack]);
                    return [found.length, again.length, row.v === attack];
                    """));
        }
        finally
        {
            await server.ExecuteAsync("legacy", $"SET GLOBAL sql_mode = '{before}'");
        }
    }

    [SkippableFact]
    public async Task ObjectAsValue_BehindAnOperator_IsNoCondition()
    {
        // https://github.com/mysqljs/sqlstring: the original makes `name` = 1 of it, which is true for nearly everybody.
        Assert.Equal(
            "[0,0,0,1]",
            await AnswerAsync(
                """
                const old = require('mysql').createConnection(env.DB_CONNECTION_URI);
                const count = (sql, values) => new Promise((resolve, reject) => old.query(sql, values, (error, rows) => (error ? reject(error) : resolve(rows.length))));
                return [
                  await count('SELECT id FROM people WHERE name = ?', [{ name: 1 }]),
                  await count('SELECT id FROM people WHERE name = ? AND id = ?', [{ id: 1 }, { id: 1 }]),
                  await count('SELECT id FROM people WHERE name IN (?, ?)', ['x', { name: 0 }]),
                  await count('SELECT id FROM people WHERE ?', { name: 'Ada' }),
                ];
                """));
    }

    [SkippableTheory]
    [InlineData("SELECT 1; DELETE FROM people", "ER_PARSE_ERROR")]
    [InlineData("SELECT 1 /*!; DELETE FROM people */", "ER_PARSE_ERROR")]
    [InlineData("SELECT \"a\\\"; DELETE FROM people -- \"", "ER_PARSE_ERROR")]
    [InlineData("SELECT 1 -- x\n; DELETE FROM people", "ER_PARSE_ERROR")]
    [InlineData("SET NAMES gbk", "ERR_NOT_ALLOWED")]
    [InlineData("SET character_set_client = 'sjis'", "ERR_NOT_ALLOWED")]
    [InlineData("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'", "ERR_NOT_ALLOWED")]
    [InlineData("/*! SET NAMES big5 */", "ERR_NOT_ALLOWED")]
    [InlineData("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE people", "ER_LOAD_INFILE_CAPABILITY_DISABLED")]
    public async Task Statement_ThatIsNotAllowed_IsRefused(string sql, string code)
    {
        var json = await AnswerAsync(
            $"return (await connection.query({{ sql: {JsonSerializer.Serialize(sql)}, multipleStatements: true }}).catch((error) => error)).code;");

        Assert.Equal($"\"{code}\"", json);
        Assert.Equal(["2"], await server.QueryAsync("SELECT COUNT(*) FROM people"));
    }

    [Theory]
    [InlineData("SELECT ';'")]
    [InlineData("SELECT 1;")]
    [InlineData("SELECT 1; -- the end;\n # ;\n /* ; */ ;")]
    [InlineData("SELECT `;` FROM t WHERE a = 'it''s; \\'; ' -- ;")]
    [InlineData("SELECT /*! 1 */;")]
    [InlineData("SET NAMES utf8mb4")]
    [InlineData("SET @name = 'gbk'")]
    public void Check_OneStatement_IsAllowed(string sql) => MySqlStatement.Check(sql);

    [SkippableFact]
    public async Task Errors_HaveTheStatementWithoutItsValues()
    {
        var json = await AnswerAsync(
            """
            const error = await connection.query('SELECT * FROM nowhere WHERE password = ?', ['hidden1']).catch((e) => e);
            const old = require('mysql').createConnection(env.DB_CONNECTION_URI);
            const second = await new Promise((resolve) => old.query('SELECT * FROM nowhere WHERE password = ?', ['hidden2'], resolve));
            return [error.sql, second.sql, error.message + error.stack + second.message + second.stack + JSON.stringify([error, second])];
            """);

        Assert.StartsWith("""["SELECT * FROM nowhere WHERE password = ?","SELECT * FROM nowhere WHERE password = ?",""", json!, StringComparison.Ordinal);
        Assert.DoesNotMatch("hidden|MySqlConnector|System\\.|\\.cs", json!);
    }

    [SkippableTheory]
    [InlineData("await mysql.createConnection({ host: 'elsewhere.example', user: 'u' });", "EACCES", "elsewhere.example:3306 is not an allowed host of this custom database; add it under Allowed hosts.")]
    [InlineData("await mysql.createConnection({ host: '127.0.0.1:1,elsewhere' });", "ENOTFOUND", "The host of the database is not a single host name.")]
    [InlineData("await mysql.createConnection('mysql://u:p@no-such-host.invalid/x');", "ENOTFOUND", "getaddrinfo ENOTFOUND no-such-host.invalid")]
    [InlineData("await mysql.createConnection(env.DB_CONNECTION_URI.replace('word', 'wrong'));", "ER_ACCESS_DENIED_ERROR", "Access denied for user 'lazymigrate'@'localhost' (using password: YES)")]
    public async Task Failure_HasItsCodeAndMessage_AndIsKnownAsAModulesFailure(string statement, string code, string message)
    {
        var result = await RunAsync(statement);

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.True(error.ModuleCallFailed);
        Assert.Equal((code, message), (error.Code, error.Message.Replace("127.0.0.1'", "localhost'", StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [InlineData("ssl: { ca }", "\"TLS\"")]
    [InlineData("ssl: { rejectUnauthorized: false }", "\"TLS\"")]
    [InlineData("ssl: { ca, servername: 'db.example' }", "\"TLS\"")]
    [InlineData("ssl: { ca, servername: 'other.example' }", "\"HANDSHAKE_SSL_ERROR\"")]
    [InlineData("ssl: { ca, verifyIdentity: true }", "\"HANDSHAKE_SSL_ERROR\"")]
    [InlineData("ssl: {}", "\"HANDSHAKE_SSL_ERROR\"")]
    [InlineData("ssl: false", "\"\"")]
    public async Task Tls_Options_AreKept(string options, string expected)
    {
        var json = await AnswerAsync(
            $$"""
            const ca = env.CA;
            try {
              const second = await mysql.createConnection({ uri: env.DB_CONNECTION_URI, {{options}} });
              const [[row]] = await second.query("SHOW STATUS LIKE 'Ssl_version'");
              return row.Value && 'TLS';
            } catch (error) {
              return error.code;
            }
            """);

        Assert.Equal(expected, json);
    }

    [SkippableTheory]
    [InlineData("await connection.beginTransaction(); await connection.query(\"INSERT INTO people VALUES (9, 'left')\"); await connection.query('SET @left = 1'); return null;")]
    [InlineData("await connection.query('SET @left = 1'); await connection.beginTransaction(); await connection.query(\"INSERT INTO people VALUES (9, 'left')\"); for (;;);")]
    [InlineData("await connection.query('SET @left = 1'); await connection.beginTransaction(); await connection.query(\"INSERT INTO people VALUES (9, 'left')\"); await connection.query('SELECT SLEEP(600)');")]
    [InlineData("await connection.query('SET @left = 1'); await connection.query('LOCK TABLES people WRITE'); connection.query('SELECT SLEEP(600)'); await connection.query('SELECT 1');")]
    public async Task Run_EndsWithoutEnd_ConnectionComesBackClean(string body)
    {
        await RunAsync(body, new ScriptLimits { WallTime = TimeSpan.FromSeconds(1) });

        Assert.Equal("[2,null]", await AnswerAsync("const [[row]] = await connection.query('SELECT COUNT(*) AS n, @left AS kept FROM people'); return [row.n, row.kept];"));
        await WaitForAsync(async () =>
            (await server.QueryAsync("SELECT COUNT(*) FROM information_schema.innodb_trx"))[0] == "0"
            && (await server.QueryAsync("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%SLEEP(600)%' AND info NOT LIKE '%processlist%'"))[0] == "0"
            && host.Pools.Read().Where(pool => pool.Module == "mysql").All(pool => pool.InUse == 0));
    }

    [SkippableFact]
    public async Task Connections_EndedOrDestroyed_MakePlaceForOthers()
    {
        Assert.Equal(
            "24",
            await AnswerAsync(
                """
                let opened = 0;
                for (const module of [require('mysql'), require('mysql2')]) {
                  for (let i = 0; i < 12; i++) {
                    const other = module.createConnection(env.DB_CONNECTION_URI);
                    await new Promise((resolve, reject) => other.query('SELECT 1', (error) => (error ? reject(error) : resolve())));
                    other.destroy();
                    opened++;
                  }
                }
                return opened;
                """,
                new ScriptLimits { ModuleCalls = 100 }));
    }

    [SkippableFact]
    public async Task Pools_ForgottenEnd_GivesTheConnectionsBack()
    {
        await AnswerAsync("await connection.query('SELECT 1'); const pool = mysql.createPool(env.DB_CONNECTION_URI); await Promise.all([1, 2, 3].map(() => pool.query('SELECT 1'))); return null;");

        await WaitForAsync(() => Task.FromResult(host.Pools.Read().Where(pool => pool.Module == "mysql").All(pool => pool.InUse == 0)));
        Assert.Contains(host.Pools.Read(), pool => pool.Module == "mysql" && pool.Leases >= 4);
    }

    [SkippableFact]
    public async Task Limits_CallsRowsAndBytes_EndTheRun()
    {
        Assert.Equal(ScriptFailureKind.ModuleCallLimit, await FailureOfAsync("for (;;) { try { await connection.query('SELECT 1'); } catch { } }"));
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync("try { await connection.query('SELECT seq FROM seq_1_to_1001'); } catch { return null; }"));
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync("await connection.query(\"SELECT REPEAT('x', 100000) FROM seq_1_to_20\");"));
        Assert.Equal("1000", await AnswerAsync("return (await connection.query('SELECT seq FROM seq_1_to_1000'))[0].length;"));
    }

    [SkippableTheory]
    [InlineData("query")]
    [InlineData("execute")]
    public async Task Limits_ARowTooMany_StopsTheStatement_AndTheConnectionIsUsedAgain(string method)
    {
        // Read to its end, it would not come back within the run's time.
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync($"try {{ await connection.{method}('SELECT seq FROM seq_1_to_100000000000'); }} catch {{ return null; }}"));

        Assert.Equal(
            "0",
            await AnswerAsync("return (await connection.query(\"SELECT COUNT(*) AS n FROM information_schema.processlist WHERE info LIKE CONCAT('%seq_1_to_1', '00000000000%') AND id <> CONNECTION_ID()\"))[0][0].n;"));
        Assert.DoesNotContain(host.Logged, line => line.Contains("could not be closed", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task ModuleCalls_AreRecordedWithoutValues()
    {
        var result = await RunAsync("await connection.query('SELECT id FROM people WHERE name <> ?', ['nobody']); await connection.query('SELECT nothing').catch(() => {}); return null;");

        Assert.Equal(
            [("mysql2", "connect", null, null), ("mysql2", "query", 2, null), ("mysql2", "query", (int?)null, (string?)"ER_BAD_FIELD_ERROR")],
            result.ModuleCalls.Select(call => (call.Module, call.Operation, call.Rows, call.Error)));
    }

    [SkippableFact]
    public async Task Server_StoppedAndStartedAgain_IsReachedAtTheNextRun()
    {
        Assert.Equal("1", await AnswerAsync("return (await connection.query('SELECT 1 AS n'))[0][0].n;"));
        await server.StopAsync();

        var result = await RunAsync("return null;");
        Assert.Equal("ECONNREFUSED", Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Code);

        await server.StartAsync();
        Assert.Equal("1", await AnswerAsync("return (await connection.query('SELECT 1 AS n'))[0][0].n;"));
    }

    [SkippableFact]
    public async Task Auth0Script_WithTheOldGlobal_LogsIn()
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        var result = await host.Runner.RunAsync(Reaching(host.LoginOfAnyDialect(
            """
            function login(email, password, callback) {
              const connection = mysql({ host: configuration.DB_HOST, port: configuration.DB_PORT, user: 'lazymigrate', password: configuration.DB_PASSWORD, database: 'legacy' });
              connection.connect();
              connection.query('SELECT id, name FROM people WHERE name = ?', ['Ada'], function (err, results) {
                if (err) return callback(err);
                if (results.length === 0) return callback(new WrongUsernameOrPasswordError(email));
                callback(null, { user_id: results[0].id.toString(), nickname: results[0].name, email: email });
              });
            }
            """)));

        Assert.Equal("""{"user_id":"1","nickname":"Ada","email":"ada@example.com"}""", Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json);
    }

    [SkippableFact]
    public async Task ConnectionTest_TellsVersionAndTables()
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        var uri = await server.CreateDatabaseAsync($"tester{Guid.NewGuid():N}");
        await server.ExecuteAsync(uri[(uri.LastIndexOf('/') + 1)..], "CREATE TABLE users (id int); CREATE VIEW people AS SELECT * FROM users");

        var connected = Assert.IsType<LegacyConnectionTest.Connected>(await host.Tester.TestAsync(LegacyStore.MySql, uri, LegacyAccess.None));

        Assert.Matches(@"^MariaDB \d+\.\d+\.\d+$", connected.ServerVersion);
        Assert.Contains("users", connected.Tables);
        Assert.Contains("people", connected.Tables);
        Assert.True(connected.Latency > TimeSpan.Zero);
    }

    [SkippableTheory]
    [InlineData("mysql://u:s3cret@127.0.0.1:1/x", "ECONNREFUSED", "Nothing listens at 127.0.0.1:1: check host and port, and that the database is running.")]
    [InlineData("mysql://u:s3cret@no-such-host.invalid/x", "ENOTFOUND", "The name no-such-host.invalid is not known: check its spelling, and that this server can resolve it.")]
    [InlineData("mysql://lazymigrate:s3cret@{server}/legacy", "ER_ACCESS_DENIED_ERROR", "The user name or the password is wrong, or this user may not connect from here.")]
    [InlineData("{uri}-missing", "ER_BAD_DB_ERROR", "There is no database named \"legacy-missing\" on this server.")]
    [InlineData("{uri}?ssl=true", "HANDSHAKE_SSL_ERROR", "The server's TLS certificate is not trusted, or it speaks no TLS. Use `ssl: { rejectUnauthorized: false }` or give `ssl.ca`.")]
    [InlineData("postgres://u:s3cret@h/x", "ERR_INVALID_URL", "The connection URI is not valid: it must begin with `mysql://`. It looks like `mysql://user:password@host:3306/database`.")]
    [InlineData("mysql://u:s3cret@h:port/x", "ERR_INVALID_URL", "The connection URI is not valid: its port is not a number from 1 to 65535. It looks like `mysql://user:password@host:3306/database`.")]
    public async Task ConnectionTest_SaysWhatIsWrong(string uri, string code, string message)
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        uri = uri.Replace("{server}", server.HostAndPort, StringComparison.Ordinal).Replace("{uri}", server.ConnectionUri, StringComparison.Ordinal);

        Assert.Equal(new LegacyConnectionTest.NotConnected(code, message), await host.Tester.TestAsync(LegacyStore.MySql, uri, LegacyAccess.None));
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private async Task<ScriptFailureKind> FailureOfAsync(string body) =>
        Assert.IsType<ScriptCompletion.Failed>((await RunAsync(body)).Completion).Failure.Kind;

    private Task<string?> AnswerAsync(string body, ScriptLimits? limits = null)
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        return host.AnswerAsync(Prelude + body, request => Reaching(request) with { Limits = limits ?? new ScriptLimits() });
    }

    private Task<ScriptRunResult> RunAsync(string body, ScriptLimits? limits = null)
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        return host.RunBodyAsync(Prelude + body, request => Reaching(request) with { Limits = limits ?? new ScriptLimits() });
    }

    private ScriptRunRequest Reaching(ScriptRunRequest request) => request with
    {
        Limits = new ScriptLimits(),
        Access = new LegacyAccess([server.HostAndPort, "127.0.0.1:1", "no-such-host.invalid:3306"], null, []),
        Variables = new Dictionary<string, string>
        {
            ["DB_CONNECTION_URI"] = server.ConnectionUri,
            ["DB_HOST"] = "127.0.0.1",
            ["DB_PORT"] = $"{server.Port}",
            ["DB_PASSWORD"] = MariaDbServer.Password,
            ["CA"] = server.AuthorityPem,
        },
    };
}
