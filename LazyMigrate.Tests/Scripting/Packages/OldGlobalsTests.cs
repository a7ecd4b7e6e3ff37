using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Scripting.Packages;

/// <summary>The globals of Auth0's old templates are made of the drivers; here drivers that tell what they were asked.</summary>
public sealed class OldGlobalsTests
{
    [Theory]
    [InlineData("var connection = mysql({ host: 'h' }); connection.connect(); callback(null, { user_id: connection.made });", "createConnection h")]
    [InlineData("callback(null, { user_id: mysql.createConnection({ host: 'i' }).made });", "createConnection i")]
    [InlineData("callback(null, { user_id: mysql_pool({ host: 'p' }).made });", "createPool p")]
    [InlineData("postgres('postgres://u@h/d', function (err, client, done) { done(); callback(null, { user_id: client.made }); });", "pg postgres://u@h/d")]
    [InlineData("pg.connect('postgres://u@h/e', function (err, client, done) { callback(null, { user_id: client.made }); });", "pg postgres://u@h/e")]
    [InlineData("mongo('mongodb://h/d', function (db) { callback(null, { user_id: db.collection('users').made }); });", "collection users of mongodb://h/d")]
    [InlineData("mongo('mongodb://h/d', function (client) { callback(null, { user_id: client.db('x').collection('y').made }); });", "collection y of mongodb://h/d/x")]
    [InlineData("var connection = sqlserver.connect({ server: 's', options: { encrypt: true } }); connection.on('connect', function () { var r = new sqlserver.Request('q', function () {}); r.addParameter('Username', sqlserver.Types.VarChar, 'u'); callback(null, { user_id: connection.made + ' ' + r.made }); });", "tedious s encrypt true names true q Username VarChar u")]
    public async Task Global_OfOldTemplates_IsTheDriver(string body, string expected)
    {
        await using var host = new ScriptHost(services => services.AddSingleton<IScriptPackageSource>(new FixedPackageSource(s_drivers)));

        var result = await host.Runner.RunAsync(host.LoginOfAnyDialect($"function login(email, password, callback) {{ {body} }}"));

        Assert.Equal($$"""{"user_id":"{{expected}}"}""", Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json);
    }

    private static readonly IReadOnlyList<ScriptPackage> s_drivers =
    [
        Driver("mysql", "const made = (kind) => ({ host }) => ({ made: `${kind} ${host}`, connect() {} }); exports.createConnection = made('createConnection'); exports.createPool = made('createPool');"),
        Driver("pg", "exports.connect = (uri, callback) => callback(null, { made: `pg ${uri}` }, () => {});"),
        Driver("mongodb", "const db = (at) => ({ collection: (name) => ({ made: `collection ${name} of ${at}` }) }); exports.MongoClient = { connect: (uri, callback) => callback(null, { db: (name) => db(name ? `${uri}/${name}` : uri), close() {} }) };"),
        Driver("tedious", """
            exports.TYPES = { VarChar: 'VarChar' };
            exports.Connection = class { constructor({ server, options }) { this.made = `tedious ${server} encrypt ${options.encrypt} names ${options.useColumnNames}`; } on(name, call) { this.call = call; return this; } connect() { setImmediate(() => this.call()); } };
            exports.Request = class { constructor(text) { this.made = text; } addParameter(...args) { this.made += ` ${args.join(' ')}`; } };
            """),
    ];

    private static ScriptPackage Driver(string name, string text) =>
        PackageArchive.Read(TestPackage.Pack([("package.json", $$"""{"name":"{{name}}","version":"1.0.0"}"""), ("index.js", text)]));
}
