using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

[Collection(nameof(PostgresCollection))]
public class PgTests(PostgresServer server, ScriptHost host) : IClassFixture<ScriptHost>, IAsyncLifetime
{
    private const string Prelude = "const { Client, Pool } = require('pg'); const client = new Client(env.DB_CONNECTION_URI); await client.connect();";

    public async Task InitializeAsync()
    {
        if (PostgresServer.IsAvailable(out _))
        {
            await server.ExecuteAsync("postgres", "DROP TABLE IF EXISTS people; CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL); INSERT INTO people VALUES (1, 'Ada'), (2, 'Grace')");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData("1::int2", "1")]
    [InlineData("2147483647::int4", "2147483647")]
    [InlineData("9223372036854775807::int8", "\"9223372036854775807\"")]
    [InlineData("1.50::numeric", "\"1.50\"")]
    [InlineData("1.5::float4", "1.5")]
    [InlineData("0.1::float8", "0.1")]
    [InlineData("true", "true")]
    [InlineData("'text'::text", "\"text\"")]
    [InlineData("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"")]
    [InlineData("'{\"a\":[1]}'::json", """{"a":[1]}""")]
    [InlineData("'{\"a\":[1]}'::jsonb", """{"a":[1]}""")]
    [InlineData("'\\x0102ff'::bytea", "\"AQL/\"")]
    [InlineData("timestamptz '2024-01-02 03:04:05.678+02'", "\"2024-01-02T01:04:05.678Z\"")]
    [InlineData("timestamp '2024-01-02 03:04:05'", "\"local 2024-1-2 3:4:5\"")]
    [InlineData("date '2024-01-02'", "\"local 2024-1-2 0:0:0\"")]
    [InlineData("null::text", "null")]
    [InlineData("'{1,2,NULL}'::int[]", "[1,2,null]")]
    [InlineData("'{9223372036854775807}'::int8[]", "[\"9223372036854775807\"]")]
    [InlineData("ARRAY['a','b \"c\" \\ ,','NULL']::text[]", """["a","b \"c\" \\ ,","NULL"]""")]
    [InlineData("'{{1,2},{3,4}}'::int[]", "[[1,2],[3,4]]")]
    [InlineData("'{t,f}'::bool[]", "[true,false]")]
    [InlineData("'{}'::text[]", "[]")]
    [InlineData("point '(1,2)'", """{"x":1,"y":2}""")]
    [InlineData("interval '1 year 2 mons 3 days 04:05:06'", """{"years":1,"months":2,"days":3,"hours":4,"minutes":5,"seconds":6}""")]
    [InlineData("26::oid", "26")]
    [InlineData("'10.0.0.1'::inet", "\"10.0.0.1\"")]
    public async Task Query_Type_IsReadAsNodePostgresDoes(string expression, string expected)
    {
        var json = await AnswerAsync(
            $$"""
            const { rows: [{ value }] } = await client.query({ text: {{System.Text.Json.JsonSerializer.Serialize("SELECT " + expression + " AS value")}} });
            await client.end();
            const local = /timestamp '|date '/.test({{System.Text.Json.JsonSerializer.Serialize(expression)}});
            return local ? `local ${value.getFullYear()}-${value.getMonth() + 1}-${value.getDate()} ${value.getHours()}:${value.getMinutes()}:${value.getSeconds()}` : value;
            """);

        Assert.Equal(expected, json);
    }

    [SkippableTheory]
    [InlineData("$1::int + 1", "[41]", "42")]
    [InlineData("$1::text", "['it''s']", "\"it's\"")]
    [InlineData("$1::text", "[undefined]", "null")]
    [InlineData("$1::bool", "[true]", "true")]
    [InlineData("$1::jsonb", "[{ a: 1 }]", """{"a":1}""")]
    [InlineData("$1::int[]", "[[1, null]]", "[1,null]")]
    [InlineData("$1::text[]", "[['a\"b', 'c\\\\d', null]]", """["a\"b","c\\d",null]""")]
    [InlineData("$1::bytea", "[Buffer.from('hi')]", "\"aGk=\"")]
    [InlineData("$1::timestamptz", "[new Date(1700000000123)]", "\"2023-11-14T22:13:20.123Z\"")]
    [InlineData("(SELECT name FROM people WHERE id = $1)", "['1']", "\"Ada\"")]
    [InlineData("(SELECT name FROM people WHERE id = ANY($1))", "[[2]]", "\"Grace\"")]
    public async Task Query_Parameter_IsSentAsNodePostgresDoes(string expression, string values, string expected)
    {
        var json = await AnswerAsync(
            $"const r = await client.query({System.Text.Json.JsonSerializer.Serialize($"SELECT {expression} AS value")}, {values.Replace("''", "\\'", StringComparison.Ordinal)}); return r.rows[0].value;");

        Assert.Equal(expected, json);
    }

    [SkippableFact]
    public async Task Query_Result_HasRowsFieldsCountAndCommand()
    {
        var json = await AnswerAsync(
            """
            const all = await client.query('SELECT id, name FROM people ORDER BY id');
            const arrays = await client.query({ text: 'SELECT id, name FROM people WHERE id > $1', values: [1], rowMode: 'array' });
            const with_ = await client.query('WITH x AS (SELECT 1) SELECT * FROM x WHERE false');
            const update = await client.query('UPDATE people SET name = name WHERE id = $1', [1]);
            const begin = await client.query('BEGIN');
            return [all.rows, all.rowCount, all.command, all.fields.map((f) => [f.name, f.dataTypeID]), arrays.rows, with_.rows, with_.command, update.rowCount, update.command, begin.command, begin.rowCount];
            """);

        Assert.Equal(
            """[[{"id":1,"name":"Ada"},{"id":2,"name":"Grace"}],2,"SELECT",[["id",23],["name",25]],[[2,"Grace"]],[],"SELECT",1,"UPDATE","BEGIN",null]""",
            json);
    }

    [SkippableFact]
    public async Task Callbacks_AndEvents_WorkAsBefore()
    {
        var json = await AnswerAsync(
            """
            await client.end();
            return await new Promise((resolve, reject) => {
              const seen = [];
              const second = new Client({ connectionString: env.DB_CONNECTION_URI });
              second.on('error', reject).on('end', () => seen.push('end'));
              second.connect((error) => {
                if (error) return reject(error);
                second.query('SELECT $1::int AS n', [5], (error, result) => {
                  seen.push(error, result.rows[0].n);
                  second.query('SELECT nothing', (error) => {
                    seen.push(error.code);
                    require('pg').connect(env.DB_CONNECTION_URI, (error, pooled, done) => {
                      pooled.query('SELECT 6 AS n', (error, result) => { seen.push(result.rows[0].n); done(); second.end(() => resolve(seen)); });
                    });
                  });
                });
              });
            });
            """);

        Assert.Equal("""[null,5,"42703",6,"end"]""", json);
    }

    [SkippableFact]
    public async Task Pool_QueriesConnectsReleasesAndEnds()
    {
        var json = await AnswerAsync(
            """
            await client.end();
            const pool = new Pool({ connectionString: env.DB_CONNECTION_URI, max: 2 });
            const all = await Promise.all([1, 2, 3, 4].map((n) => pool.query('SELECT $1::int AS n', [n])));
            const one = await pool.connect();
            const n = (await one.query('SELECT 5 AS n')).rows[0].n;
            one.release();
            const failed = await pool.query('SELECT nothing').catch((e) => e.code);
            const totals = [pool.totalCount, pool.idleCount];
            await pool.end();
            const late = await pool.query('SELECT 1').catch((e) => e.message);
            return [all.map((r) => r.rows[0].n), n, failed, totals, late];
            """);

        Assert.Equal("""[[1,2,3,4],5,"42703",[2,2],"Cannot use a pool after calling end on the pool"]""", json);
    }

    [SkippableFact]
    public async Task Config_InParts_Connects()
    {
        var json = await AnswerAsync(
            """
            await client.end();
            const pg = require('pg').default;
            const second = new pg.Client({ host: env.DB_HOST, port: env.DB_PORT, user: 'lazymigrate', password: env.DB_PASSWORD, database: 'postgres', ssl: false });
            await second.connect();
            return (await second.query('SELECT current_user AS who')).rows[0].who;
            """);

        Assert.Equal("\"lazymigrate\"", json);
    }

    [SkippableTheory]
    [InlineData("await client.query('SELECT 1 FROM missing');", "42P01", "relation \"missing\" does not exist")]
    [InlineData("await client.query('SELEC 1');", "42601", "syntax error at or near \"SELEC\"")]
    [InlineData("await client.query('SELECT 1; DELETE FROM people');", "42601", "cannot insert multiple commands into a prepared statement")]
    [InlineData("await client.query('SELECT $1::int', ['x']);", "22P02", "invalid input syntax for type integer: \"x\"")]
    [InlineData("await client.query('INSERT INTO people VALUES (1, $1)', ['again']);", "23505", "duplicate key value violates unique constraint \"people_pkey\"")]
    [InlineData("await new Client(env.DB_CONNECTION_URI.replace('word', 'wrong')).connect();", "28P01", "password authentication failed for user \"lazymigrate\"")]
    [InlineData("await new Client(env.DB_CONNECTION_URI + 'x').connect();", "3D000", "database \"postgresx\" does not exist")]
    [InlineData("await new Client('postgres://u:p@127.0.0.1:1/x').connect();", "ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1")]
    [InlineData("await new Client('postgres://u:p@no-such-host.invalid/x').connect();", "ENOTFOUND", "getaddrinfo ENOTFOUND no-such-host.invalid")]
    [InlineData("await new Client('postgres://u:p@elsewhere.example:5432/x').connect();", "EACCES", "elsewhere.example:5432 is not an allowed host of this custom database; add it under Allowed hosts.")]
    [InlineData("await new Client({ host: '127.0.0.1', port: 2 }).connect();", "EACCES", "127.0.0.1:2 is not an allowed host of this custom database; add it under Allowed hosts.")]
    [InlineData("await new Client('mysql://u:p@h/x').connect();", "ERR_INVALID_URL", "The connection URI is not valid: it must begin with `postgres://`. It looks like `postgres://user:password@host:5432/database`.")]
    [InlineData("await new Client({ host: '127.0.0.1:1,elsewhere' }).connect();", "ENOTFOUND", "The host of the database is not a single host name.")]
    [InlineData("await new Client({ host: '/var/run' }).connect();", "ENOTFOUND", "The host of the database is not a single host name.")]
    public async Task Failure_HasItsCodeAndMessage_AndIsKnownAsAModulesFailure(string statement, string code, string message)
    {
        var result = await RunAsync(statement);

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.True(error.ModuleCallFailed);
        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [SkippableFact]
    public async Task Errors_NeverHoldTheConnectionStringOrDotNet()
    {
        var json = await AnswerAsync(
            """
            const seen = [];
            for (const uri of ['postgres://u:hidden1@127.0.0.1:1/x', 'postgres://u:hidden2@no-such-host.invalid/x', env.DB_CONNECTION_URI.replace('word', 'hidden3'), 'postgres://u:hidden4@x y/z?sslmode=nonsense']) {
              const error = await new Client(uri).connect().catch((e) => e);
              seen.push(error.message + error.stack + JSON.stringify(error));
            }
            return seen.join('\n');
            """);

        Assert.DoesNotMatch("hidden|Npgsql|System\\.|\\.cs|Exception", json!);
    }

    [SkippableFact]
    public async Task Statement_LongerThanTheRun_EndsWithItAndIsCancelledOnTheServer()
    {
        var result = await RunAsync("await client.query(\"SELECT pg_sleep(600) /* runaway */\");", new ScriptLimits { WallTime = TimeSpan.FromSeconds(1) });

        Assert.Equal(ScriptFailureKind.TimeLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
        var running = await AnswerAsync(
            """
            for (let i = 0; ; i++) {
              const { rows } = await client.query("SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE '%runaway%' AND state = 'active' AND pid <> pg_backend_pid()");
              if (rows[0].n === 0 || i === 15) return rows[0].n;
              await new Promise((resolve) => setTimeout(resolve, 100));
            }
            """);
        Assert.Equal("0", running);
    }

    [SkippableTheory]
    [InlineData("await client.query('BEGIN'); await client.query(\"SET search_path = pg_temp; \"); return null;")]
    [InlineData("await client.query('BEGIN'); await client.query(\"INSERT INTO people VALUES (9, 'left')\"); await client.query(\"SET search_path = nowhere\"); return null;")]
    [InlineData("await client.query('BEGIN'); await client.query(\"INSERT INTO people VALUES (9, 'left')\"); await client.query(\"SELECT set_config('search_path', 'nowhere', false)\"); for (;;);")]
    [InlineData("await client.query(\"SELECT set_config('search_path', 'nowhere', false)\"); await client.query('BEGIN'); client.query('SELECT pg_sleep(600)'); await client.query('SELECT 1');")]
    public async Task Run_EndsWithoutEnd_ConnectionComesBackClean(string body)
    {
        await RunAsync(body, new ScriptLimits { WallTime = TimeSpan.FromSeconds(1) });

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(
                """[2,"\"$user\", public","idle"]""",
                await AnswerAsync(
                    """
                    const people = await client.query('SELECT count(*)::int AS n FROM public.people');
                    const path = await client.query('SHOW search_path');
                    const second = new Client(env.DB_CONNECTION_URI);
                    await second.connect();
                    const state = await second.query('SELECT state FROM pg_stat_activity WHERE pid = $1', [client.processID]);
                    return [people.rows[0].n, path.rows[0].search_path, state.rows[0].state];
                    """));
        }
    }

    [SkippableFact]
    public async Task Limits_CallsRowsAndBytes_EndTheRun()
    {
        Assert.Equal(ScriptFailureKind.ModuleCallLimit, await FailureOfAsync("for (;;) { try { await client.query('SELECT 1'); } catch { } }"));
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync("try { await client.query('SELECT generate_series(1, 1001)'); } catch { return null; }"));
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync("await client.query(\"SELECT repeat('x', 100000) FROM generate_series(1, 20)\");"));
        Assert.Equal("1000", await AnswerAsync("return (await client.query('SELECT generate_series(1, 1000)')).rowCount;"));
    }

    [SkippableFact]
    public async Task Limits_ARowTooMany_StopsTheStatement_AndTheConnectionIsUsedAgain()
    {
        // Read to its end, it would never come back.
        const string Endless = "SELECT generate_series(1, 9223372036854775807) AS endless";
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync($"try {{ await client.query('{Endless}'); }} catch {{ return null; }}"));

        Assert.Equal(
            "0",
            await AnswerAsync($"return (await client.query(\"SELECT count(*)::int AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%AS end' || 'less%' AND pid <> pg_backend_pid()\")).rows[0].n;"));
        Assert.DoesNotContain(host.Logged, line => line.Contains("could not be closed", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task ModuleCalls_AreRecordedWithoutValues()
    {
        var result = await RunAsync("await client.query('SELECT id FROM people WHERE name <> $1', ['nobody']); await client.query('SELECT nothing').catch(() => {}); return null;");

        Assert.Equal(
            [("pg", "connect", null, null), ("pg", "query", 2, null), ("pg", "query", (int?)null, (string?)"42703")],
            result.ModuleCalls.Select(call => (call.Module, call.Operation, call.Rows, call.Error)));
    }

    [SkippableFact]
    public async Task Server_StoppedAndStartedAgain_IsReachedAtTheNextRun()
    {
        Assert.Equal("1", await AnswerAsync("return (await client.query('SELECT 1 AS n')).rows[0].n;"));
        await server.StopAsync();

        var result = await RunAsync("return null;");
        Assert.Equal("ECONNREFUSED", Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Code);

        await server.StartAsync();
        Assert.Equal("1", await AnswerAsync("return (await client.query('SELECT 1 AS n')).rows[0].n;"));
    }

    private async Task<ScriptFailureKind> FailureOfAsync(string body) =>
        Assert.IsType<ScriptCompletion.Failed>((await RunAsync(body)).Completion).Failure.Kind;

    private Task<string?> AnswerAsync(string body)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        return host.AnswerAsync(Prelude + body, Reaching);
    }

    private Task<ScriptRunResult> RunAsync(string body, ScriptLimits? limits = null)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        return host.RunBodyAsync(Prelude + body, request => Reaching(request) with { Limits = limits ?? new ScriptLimits() });
    }

    private ScriptRunRequest Reaching(ScriptRunRequest request) => request with
    {
        Limits = new ScriptLimits(),
        Access = new LegacyAccess([server.HostAndPort, "127.0.0.1:1", "no-such-host.invalid:5432"], null, []),
        Variables = new Dictionary<string, string>
        {
            ["DB_CONNECTION_URI"] = server.ConnectionUri,
            ["DB_HOST"] = "127.0.0.1",
            ["DB_PORT"] = $"{server.Port}",
            ["DB_PASSWORD"] = "p@ss:word/1",
        },
    };
}
