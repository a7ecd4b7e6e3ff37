using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Tests.TestServices.Mongo;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>What the suites cannot compare with the original: policy, limits, and scripts that name no version.</summary>
public class MongoTests(MongoServer server, ScriptHost host) : IClassFixture<MongoServer>, IClassFixture<ScriptHost>
{
    private const string Prelude = "const mongodb = require('mongodb'); const client = new mongodb.MongoClient(env.DB_CONNECTION_URI); const people = client.db().collection('people');";

    private readonly string _uri = server.UriOf($"tests{Guid.NewGuid():N}");

    [Theory]
    [InlineData("people.findOne({ $where: 'sleep(1000)' })", "$where")]
    [InlineData("people.findOne({ $or: [{ name: 'x' }, { $where: function () { return true; } + '' }] })", "$where")]
    [InlineData("people.find({ $expr: { $function: { body: 'x', args: [], lang: 'js' } } }).toArray()", "$function")]
    [InlineData("people.aggregate([{ $group: { _id: 1, n: { $accumulator: {} } } }]).toArray()", "$accumulator")]
    [InlineData("people.aggregate([{ $facet: { a: [{ $match: { $where: '1' } }] } }]).toArray()", "$where")]
    [InlineData("people.updateOne({}, [{ $set: { x: { $function: {} } } }])", "$function")]
    [InlineData("people.deleteMany({ a: { $elemMatch: { $where: '1' } } })", "$where")]
    [InlineData("client.db().command({ mapReduce: 'people', map: 'x' })", "mapReduce")]
    [InlineData("client.db().command({ eval: 'x' })", "eval")]
    [InlineData("client.db().command({ find: 'people', filter: { $where: '1' } })", "$where")]
    public async Task JavaScriptForTheServer_IsRefused(string call, string name)
    {
        var result = await RunAsync($"await {call};");

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal(("ERR_NOT_ALLOWED", $"{name} is not allowed: scripts may not run JavaScript inside the database server. Say the same with query operators."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("await new mongodb.MongoClient('mongodb://u:p@elsewhere.example/x').connect();", "elsewhere.example:27017 is not an allowed host of this custom database; add it under Allowed hosts.")]
    [InlineData("await new mongodb.MongoClient(env.DB_CONNECTION_URI.replace('127.0.0.1', '127.0.0.1:2,127.0.0.1')).connect();", "127.0.0.1:2 is not an allowed host of this custom database; add it under Allowed hosts.")]
    [InlineData("await new mongodb.MongoClient('mongodb+srv://no-such-host.invalid/x').connect();", "querySrv ENOTFOUND _mongodb._tcp.no-such-host.invalid")]
    [InlineData("new mongodb.MongoClient('mongodb://h/x?tlsCAFile=/etc/ssl/ca.pem');", "The option tlsCAFile names a file, which scripts cannot read. Give the certificate itself as PEM text in the option `ca`, `cert` or `key`.")]
    [InlineData("await new mongodb.MongoClient('mongodb://u:p@127.0.0.1:1/x?authMechanism=GSSAPI').connect();", "The authentication mechanism GSSAPI is not available: use SCRAM-SHA-256, SCRAM-SHA-1 or, with TLS, PLAIN.")]
    [InlineData("await new mongodb.MongoClient('mongodb://u:p@127.0.0.1:1/x?authMechanism=PLAIN').connect();", "The mechanism PLAIN sends the password as it is: use it with tls=true only.")]
    [InlineData("client.startSession();", "Sessions and transactions are not available here.")]
    [InlineData("people.watch();", "Change streams are not available here.")]
    [InlineData("await people.insertOne({ ['a\\0b']: 1 });", "key a\0b must not contain null bytes")]
    [InlineData("await new mongodb.MongoClient(env.DB_CONNECTION_URI + '&tls=true', { serverSelectionTimeoutMS: 500 }).connect();", "*")]
    [InlineData("await people.insertOne({ f: new (class { get _bsontype() { return 'Code'; } })() });", "JavaScript for the server (Code) is not available here.")]
    public async Task Misuse_HasAClearError(string statement, string message)
    {
        var result = await RunAsync(statement);

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.True(message == "*" || message == error.Message, error.Message);
        Assert.DoesNotMatch("MongoDB.Driver|System\\.|\\.cs:|p%40ss", error.Message + error.Stack);
    }

    [Theory]
    [InlineData("mongo(env.DB_CONNECTION_URI, (db) => db.collection('people').findOne({ name: 'Nobody' }, (error, user) => resolve([error ?? null, user ?? null])))", "[null,null]")]
    [InlineData("mongo(env.DB_CONNECTION_URI, (error, db) => resolve([error, typeof db.collection, typeof db.db('other').collection, typeof db.close]))", """[null,"function","function","function"]""")]
    [InlineData("mongo('mongodb://elsewhere.example/x', (error, db) => resolve([error.code, db ?? null]))", """["EACCES",null]""")]
    [InlineData("resolve([typeof mongo.MongoClient, typeof mongo.ObjectId])", """["function","function"]""")]
    public async Task MongoGetDb_EitherCallback_GetsTheDatabase(string call, string expected)
    {
        var result = await RunAsync($"const mongo = require('mongo-getdb'); return await new Promise((resolve) => {{ {call}; }});");

        Assert.Equal(expected, Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json);
    }

    [Fact]
    public async Task Members_ThatAReplicaSetAnnounces_MustBeAllowed()
    {
        await using var member = new MongoStandIn();
        await using var elsewhere = new MongoStandIn();
        member.ReplicaSet = ("rs0", [member.HostAndPort, elsewhere.HostAndPort]);
        elsewhere.ReplicaSet = ("rs0", [elsewhere.HostAndPort]);

        var asked = await RunAsync(
            "return (await people.insertOne({ n: 1 })).acknowledged;",
            request => request with { Variables = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = member.UriOf("x") + "&replicaSet=rs0" }, Access = new LegacyAccess([member.HostAndPort], null, []) });
        var stranger = await RunAsync(
            "return (await people.insertOne({ n: 1 })).acknowledged;",
            request => request with { Variables = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = elsewhere.UriOf("x") + "&replicaSet=rs0" }, Access = new LegacyAccess([member.HostAndPort], null, []) });

        Assert.Equal("true", Assert.IsType<ScriptCompletion.Answered>(asked.Completion).Json);
        Assert.Equal(0, elsewhere.Connections);
        Assert.Equal("EACCES", Assert.IsType<ScriptCompletion.Threw>(stranger.Completion).Error.Code);
    }

    [Fact]
    public async Task Members_NoneOfThemAllowed_IsSaidAtOnce()
    {
        await using var seed = new MongoStandIn();
        seed.ReplicaSet = ("rs0", ["db1.internal:27017", "db2.internal:27017"]);

        var result = await RunAsync(
            "await new mongodb.MongoClient(env.DB_CONNECTION_URI, { serverSelectionTimeoutMS: 1000 }).connect();",
            request => request with { Variables = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = seed.UriOf("x") + "&replicaSet=rs0" }, Access = new LegacyAccess([seed.HostAndPort], null, []) });

        Assert.Equal(
            "The deployment names servers that are not allowed hosts of this custom database: db1.internal:27017, db2.internal:27017. Add them under Allowed hosts, or use directConnection=true.",
            Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Message);
    }

    [Fact]
    public async Task Callbacks_WithoutAVersion_GiveAClientThatIsAlsoItsDatabase()
    {
        var json = await AnswerAsync(
            """
            await people.insertOne({ email: 'ada@example.com', n: 1 });
            await client.close();
            return await new Promise((resolve, reject) => {
              mongodb.MongoClient.connect(env.DB_CONNECTION_URI, { useNewUrlParser: true, poolSize: 5, autoReconnect: true, native_parser: false }, (error, given) => {
                if (error) return reject(error);
                given.collection('people').findOne({ email: 'ada@example.com' }, { fields: { n: 1, _id: 0 } }, (error, old) => {
                  given.db().collection('people').findOneAndUpdate({ n: 1 }, { $set: { n: 2 } }, (error, changed) => {
                    given.close(() => resolve([error, old, changed.value.email, given instanceof mongodb.MongoClient]));
                  });
                });
              });
            });
            """);

        Assert.Equal("""[null,{"n":1},"ada@example.com",true]""", json);
    }

    [Fact]
    public async Task Version2_GivesTheDatabase()
    {
        var json = await AnswerAsync(
            """
            const { MongoClient, ObjectID } = require('mongodb@2.2.33');
            return await new Promise((resolve, reject) => {
              MongoClient.connect(env.DB_CONNECTION_URI, { server: { socketOptions: { keepAlive: 1 } } }, (error, db) => {
                if (error) return reject(error);
                const users = db.collection('users');
                users.insert({ email: 'ada@example.com', name: 'Ada' }, (error, result) => {
                  users.findOne({ _id: ObjectID(result.ops[0]._id.toString()) }, { name: 1, _id: 0 }, (error, user) => {
                    db.close();
                    resolve([result.insertedCount, user, typeof db.db('other').collection]);
                  });
                });
              });
            });
            """,
            prelude: "");

        Assert.Equal("""[1,{"name":"Ada"},"function"]""", json);
    }

    [Fact]
    public async Task ObjectsThatLookLikeExtendedJson_AreWhatTheyAre()
    {
        var json = await AnswerAsync(
            """
            await people.insertOne({ _id: 1, a: { b: { $oid: '507f1f77bcf86cd799439011' } }, '__proto__x': 1, n: { $numberInt: '5' } });
            const found = await people.findOne({ _id: 1 });
            return [found.a.b.$oid, found.n];
            """);

        Assert.Equal("""["507f1f77bcf86cd799439011",{"$numberInt":"5"}]""", json);
    }

    [Fact]
    public async Task Limits_CallsRowsAndBytes_EndTheRun()
    {
        await AnswerAsync("await people.insertMany(Array.from({ length: 1001 }, (_, n) => ({ n }))); for (let i = 0; i < 3; i++) await client.db().collection('big').insertMany(Array.from({ length: 5 }, () => ({ x: 'x'.repeat(100000) }))); return null;");

        Assert.Equal(ScriptFailureKind.ModuleCallLimit, await FailureOfAsync("for (;;) { try { await people.findOne({}); } catch { } }"));
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync("try { await people.find({}).toArray(); } catch { return null; }"));
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync("await client.db().collection('big').find({}).toArray();"));
        Assert.Equal("1000", await AnswerAsync("return (await people.find({}).limit(1000).toArray()).length;"));
    }

    [Fact]
    public async Task ModuleCalls_AreRecordedWithoutValues()
    {
        var result = await RunAsync("await people.insertOne({ n: 1 }); await people.find({}).toArray(); await client.db().command({ nonsense: 1 }).catch(() => {}); return null;");

        Assert.Equal(
            [("mongodb", "connect", null, null), ("mongodb", "command", 1, null), ("mongodb", "command", 1, null), ("mongodb", "command", (int?)null, (string?)"59")],
            result.ModuleCalls.Select(call => (call.Module, call.Operation, call.Rows, call.Error)));
    }

    [Fact]
    public async Task Run_EndsWithoutClose_LeavesNoLease()
    {
        await RunAsync("await people.findOne({}); for (;;);", request => request with { Limits = new ScriptLimits { WallTime = TimeSpan.FromSeconds(1) } });

        Assert.Equal("null", await AnswerAsync("return await people.findOne({});"));
    }

    private async Task<ScriptFailureKind> FailureOfAsync(string body) =>
        Assert.IsType<ScriptCompletion.Failed>((await RunAsync(body)).Completion).Failure.Kind;

    private Task<ScriptRunResult> RunAsync(string body, Func<ScriptRunRequest, ScriptRunRequest>? change = null, string prelude = Prelude) =>
        host.RunBodyAsync(prelude + body, request => change is null ? Reach(request) : change(Reach(request)));

    private async Task<string?> AnswerAsync(string body, string prelude = Prelude) => await host.AnswerAsync(prelude + body, Reach);

    private ScriptRunRequest Reach(ScriptRunRequest request) => request with
    {
        Limits = new ScriptLimits(),
        Access = new LegacyAccess([server.HostAndPort, "127.0.0.1:1"], null, []),
        Variables = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = _uri },
    };
}
