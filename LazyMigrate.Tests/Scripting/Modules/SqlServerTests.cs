using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Tests.TestServices.Tds;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>tedious and mssql beyond what the conformance suites compare: what the host part sees to.</summary>
public class SqlServerTests(SqlServerTestTarget server, ScriptHost host) : IClassFixture<SqlServerTestTarget>, IClassFixture<ScriptHost>
{
    private const string Prelude =
        """
        const sql = require('mssql');
        const config = { server: env.DB_HOST, port: Number(env.DB_PORT), user: env.DB_USERNAME, password: env.DB_PASSWORD, database: env.DB_DATABASE, options: { encrypt: false, trustServerCertificate: true } };
        const settings = { server: env.DB_HOST, authentication: { type: 'default', options: { userName: env.DB_USERNAME, password: env.DB_PASSWORD } }, options: { port: Number(env.DB_PORT), database: env.DB_DATABASE, encrypt: false, trustServerCertificate: true } };
        const outcome = (connecting) => connecting.then(() => 'connected', (error) => [error.code, error.message]);
        const open = (change) => new Promise((resolve, reject) => { const c = new (require('tedious').Connection)(change); c.connect((error) => error ? reject(error) : resolve(c)); });
        """;

    [Fact]
    public async Task Connect_ByUri_ReadsRows()
    {
        Assert.Equal(
            """[{"name":"Ada"}]""",
            await AnswerAsync("const pool = await sql.connect(env.DB_CONNECTION_URI); const r = await pool.query`SELECT name FROM people WHERE id = ${1}`; await pool.close(); return r.recordset;"));
    }

    [Theory]
    [InlineData("{ ...config, server: 'db.example.com' }", "EACCES", "is not an allowed host of this custom database; add it under Allowed hosts.")]
    [InlineData("{ ...config, server: 'host\\\\SQLEXPRESS', port: undefined }", "EINSTLOOKUP", "give the instance's port (`options.port`, or `Server=host,port`) instead of its name.")]
    [InlineData("{ ...config, server: 'a,b' }", "ENOTFOUND", "The host of the database is not a single host name.")]
    [InlineData("{ ...config, server: 'np:host' }", "ENOTFOUND", "The host of the database is not a single host name.")]
    [InlineData("{ ...config, domain: 'CORP' }", "ELOGIN", "only logins of SQL Server itself")]
    [InlineData("{ ...config, authentication: { type: 'azure-active-directory-default' } }", "ELOGIN", "only logins of SQL Server itself")]
    [InlineData("{ ...config, port: 1 }", "ESOCKET", "Failed to connect to 127.0.0.1:1 - connect ECONNREFUSED 127.0.0.1:1")]
    public async Task Connect_Refused_SaysWhy(string config, string code, string message)
    {
        var json = await AnswerAsync($"return await outcome(new sql.ConnectionPool({config}).connect());");

        Assert.StartsWith($"[\"{code}\",", json, StringComparison.Ordinal);
        Assert.Contains(message, json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_InstanceWithPort_TakesThePort()
    {
        Assert.Equal(
            "\"connected\"",
            await AnswerAsync("return await outcome(new sql.ConnectionPool({ ...config, server: env.DB_HOST + '\\\\ANY' }).connect());"));
    }

    [Fact]
    public async Task Require_MsNodeSqlV8_SaysWhyNot()
    {
        Assert.Contains("needs native code", await AnswerAsync("try { require('mssql/msnodesqlv8'); return 'loaded'; } catch (error) { return error.message; }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_OfAStatement_HasItsFieldsAndNoServerName()
    {
        Assert.Equal(
            """["EREQUEST",208,1,16,1,"","","Invalid object name 'nowhere'."]""",
            await AnswerAsync(
                """
                const c = await open(settings);
                return await new Promise((resolve) => c.execSql(new (require('tedious').Request)('SELECT * FROM nowhere',
                  (e) => resolve([e.code, e.number, e.state, e.class, e.lineNumber, e.procName, e.serverName, e.message]))));
                """));
    }

    [Fact]
    public async Task Run_LeavesATransactionOpen_TheNextOneGetsACleanConnection()
    {
        await AnswerAsync(
            """
            const c = await open(settings);
            await new Promise((resolve) => c.beginTransaction(resolve));
            await new Promise((resolve) => c.execSql(new (require('tedious').Request)("INSERT INTO scratch (id, name) VALUES (50, 'gone')", resolve)));
            await new Promise((resolve) => c.execSqlBatch(new (require('tedious').Request)('CREATE TABLE #mine (id int)', resolve)));
            return null;
            """);

        Assert.Equal(
            """[[],"Invalid object name '#mine'."]""",
            await AnswerAsync(
                """
                const pool = await sql.connect(config);
                const left = (await pool.query('SELECT id FROM scratch WHERE id = 50')).recordset;
                return [left, await pool.query('SELECT id FROM #mine').then(() => 'there', (error) => error.message)];
                """));
        if (server.StandIn is { } standIn)
        {
            Assert.True(standIn.LeftTransactions > 0);
            Assert.True(standIn.Resets > 0);
        }
    }

    [Fact]
    public async Task Run_OutOfTime_StopsItsStatement()
    {
        var result = await RunAsync(
            "const pool = await sql.connect(config); await pool.request().batch(\"WAITFOR DELAY '00:05:00'\"); return null;",
            new ScriptLimits { WallTime = TimeSpan.FromSeconds(1) });

        Assert.Equal(ScriptFailureKind.TimeLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
        Assert.Equal("1", await AnswerAsync("const pool = await sql.connect(config); return (await pool.query('SELECT 1 AS n')).recordset[0].n;"));
    }

    [Fact]
    public async Task Query_TooManyRows_IsTheRowLimit()
    {
        var result = await RunAsync("const pool = await sql.connect(config); await pool.query('SELECT id FROM people'); return null;", new ScriptLimits { Rows = 1 });

        Assert.Equal(ScriptFailureKind.RowLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
    }

    [Fact]
    public async Task ModuleCalls_TellWhatWasDone()
    {
        var result = await RunAsync("const pool = await sql.connect(config); await pool.query('SELECT id FROM people'); await pool.query('SELECT * FROM nowhere').catch(() => {}); return null;");

        Assert.Equal(
            [("tedious", "connect", null, null), ("tedious", "query", 2, null), ("tedious", "query", (int?)null, (string?)"EREQUEST")],
            result.ModuleCalls.Select(call => (call.Module, call.Operation, call.Rows, call.Error)));
    }

    [SkippableFact]
    public async Task Values_OfParameters_AreNeverInTheStatement()
    {
        Skip.If(server.StandIn is null, "Only the stand-in tells what came over the wire.");
        await AnswerAsync("const pool = await sql.connect(config); await pool.query`SELECT id FROM people WHERE name = ${'hunter2-value'}`; return null;");

        Assert.DoesNotContain(server.StandIn.Seen, line => line.Contains("hunter2-value", StringComparison.Ordinal));
        Assert.Contains(server.StandIn.Seen, line => line.StartsWith("rpc sp_executesql", StringComparison.Ordinal) && line.Contains("@param1 nvarchar", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Server_StoppedAndStartedAgain_IsReachedAtTheNextRun()
    {
        Skip.If(server.StandIn is null, "A real server is not stopped by tests.");
        const string Ask = "const pool = await sql.connect(config); return (await pool.query('SELECT 1 AS n')).recordset[0].n;";
        Assert.Equal("1", await AnswerAsync(Ask));
        await server.StandIn.StopAsync();

        Assert.Equal("ESOCKET", Assert.IsType<ScriptCompletion.Threw>((await RunAsync(Ask)).Completion).Error.Code);

        server.StandIn.Listen();
        Assert.Equal("1", await AnswerAsync(Ask));
    }

    [SkippableFact]
    public async Task Connection_CutOff_EndsTheRequest()
    {
        Skip.If(server.StandIn is null, "A session of a real server cannot end itself.");

        Assert.Equal(
            """["ESOCKET","error ESOCKET","end","Final"]""",
            await AnswerAsync(
                """
                const c = await open(settings);
                const seen = [];
                return await new Promise((resolve) => {
                  c.on('error', (error) => seen.push(`error ${error.code}`)).on('end', () => { seen.push('end', c.state.name); resolve(seen); });
                  c.execSqlBatch(new (require('tedious').Request)('KILL 1', (error) => seen.push(error.code)));
                });
                """));
    }

    [Theory]
    [InlineData("encrypt: true, trustServerCertificate: true", "\"connected\"")]
    [InlineData("encrypt: true, trustServerCertificate: false", "ESOCKET")]
    [InlineData("encrypt: true, cryptoCredentialsDetails: { ca: 'x' }", "cryptoCredentialsDetails.ca")]
    public async Task Tls_IsAskedForAndJudged(string options, string expected)
    {
        await using var encrypted = TdsStandIn.Start();
        encrypted.Certificate = TdsStandIn.CreateCertificate();

        var json = await host.AnswerAsync(
            Prelude + $"return await outcome(open({{ ...settings, options: {{ port: {encrypted.Port}, database: 'shop', {options} }} }}));",
            request => Reaching(request) with { Access = new LegacyAccess([encrypted.HostAndPort], null, []), Variables = new Dictionary<string, string>(server.Variables) { ["DB_HOST"] = "127.0.0.1", ["DB_USERNAME"] = TdsStandIn.Username, ["DB_PASSWORD"] = TdsStandIn.Password } });

        Assert.Contains(expected, json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_ServerHasNone_FailsUnlessNotAskedFor()
    {
        await using var plain = TdsStandIn.Start();
        var json = await host.AnswerAsync(
            Prelude + $"return await outcome(open({{ ...settings, options: {{ port: {plain.Port}, database: 'shop', encrypt: true }} }}));",
            request => Reaching(request) with { Access = new LegacyAccess([plain.HostAndPort], null, []) });

        Assert.Contains("ESOCKET", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldTedious_ConnectsByItselfAndReadsByName()
    {
        Assert.Equal(
            """[null,1,"Ada","Ada","Ada"]""",
            await AnswerAsync(
                """
                const { Connection, Request, TYPES } = require('tedious@1.11.0');
                return await new Promise((resolve, reject) => {
                  const connection = new Connection({ userName: env.DB_USERNAME, password: env.DB_PASSWORD, server: env.DB_HOST, options: { port: Number(env.DB_PORT), database: env.DB_DATABASE } });
                  connection.on('connect', (error) => {
                    if (error) return reject(error);
                    let byName;
                    const request = new Request('SELECT name FROM people WHERE id = @id', (failed, count, rows) => resolve([failed ?? null, count, rows[0][0].value, rows[0].name.value, byName]));
                    request.on('row', (fields) => { byName = fields.name.value; });
                    request.addParameter('id', TYPES.Int, 1);
                    connection.execSql(request);
                  });
                });
                """));
    }

    private Task<string?> AnswerAsync(string body) => host.AnswerAsync(Prelude + body, Reaching);

    private Task<ScriptRunResult> RunAsync(string body, ScriptLimits? limits = null) =>
        host.RunBodyAsync(Prelude + body, request => Reaching(request) with { Limits = limits ?? new ScriptLimits() });

    private ScriptRunRequest Reaching(ScriptRunRequest request) => request with
    {
        Limits = new ScriptLimits(),
        Access = new LegacyAccess([server.HostAndPort, "127.0.0.1:1"], null, []),
        Variables = server.Variables,
    };
}
