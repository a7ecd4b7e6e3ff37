using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

/// <summary>Which dialect a script is in and which function is called, over the shapes that scripts come in.</summary>
public sealed class ScriptReadingTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [Theory]
    [InlineData("function login(email, password, callback) { callback(null, { id: 1 }); }")]
    [InlineData("async function login(email, password, callback) { return callback(null, { id: 1 }); }")]
    [InlineData("function login(email, password, cb) { cb(null, { id: 1 }); }")]
    [InlineData("function login(email, password, whatever) { whatever(null, { id: 1 }); }")]
    [InlineData("function login(email, password, context) { setImmediate(() => context(null, { id: 1 })); }")]
    [InlineData("function login(email, password, reply) { reply.call(this, null, { id: 1 }); }")]
    [InlineData("function login(email, password, reply) { reply.apply(null, [null, { id: 1 }]); }")]
    [InlineData("function login(email, password, onCallback) { helper(onCallback); function helper(f) { f(null, { id: 1 }); } }")]
    [InlineData("function login(email, password, context, callback) { callback(null, { id: context.userPoolName ? 1 : 2 }); }")]
    [InlineData("function login(email, password, context, anything) { anything(null, { id: 1 }); }")]
    [InlineData("const login = (email, password, callback) => callback(null, { id: 1 });")]
    [InlineData("var login = function (email, password, callback) { callback(null, { id: 1 }); };")]
    [InlineData("let login = async (email, password, callback) => { callback(null, { id: 1 }); };")]
    [InlineData("function (email, password, callback) { callback(null, { id: 1 }); }")]
    [InlineData("function(email,password,callback){callback(null,{id:1})}")]
    [InlineData("async function (email, password, callback) { callback(null, { id: 1 }); }")]
    [InlineData("// says who\n/* and\n why */\nfunction (email, password, callback) {\n  callback(null, { id: 1 });\n}\n")]
    [InlineData("function (email, password, callback) { callback(null, { id: one() }); }\nfunction one() { return 1; }")]
    [InlineData("const one = 1;\nfunction (email, password, callback) { callback(null, { id: one }); };")]
    [InlineData("'use strict';\nfunction\n(email, password, callback) { callback(null, { id: 1 }); }")]
    [InlineData("(function (email, password, callback) { callback(null, { id: 1 }); })")]
    [InlineData("(function named(email, password, callback) { callback(null, { id: 1 }); });")]
    [InlineData("(email, password, callback) => { callback(null, { id: 1 }); }")]
    [InlineData("async (email, password, callback) => { callback(null, { id: 1 }); };")]
    [InlineData("const crypto = require('crypto');\n(email, password, callback) => callback(null, { id: 1 });\nfunction unused() {}")]
    [InlineData("module.exports = function (email, password, callback) { callback(null, { id: 1 }); };")]
    [InlineData("module.exports = (email, password, callback) => callback(null, { id: 1 });")]
    [InlineData("module.exports = main; function main(email, password, callback) { callback(null, { id: 1 }); }")]
    [InlineData("module.exports = { login: function (email, password, callback) { callback(null, { id: 1 }); } };")]
    [InlineData("exports.login = (email, password, callback) => callback(null, { id: 1 });")]
    [InlineData("exports.login = check; function check(email, password, callback) { callback(null, { id: 1 }); }")]
    [InlineData("function authenticate(email, password, callback) { callback(null, { id: 1 }); }")]
    [InlineData("function hash(a, b, callback) { callback(a + b); }\nfunction authenticate(email, password, callback) { hash(email, password, () => callback(null, { id: 1 })); }")]
    [InlineData("function login(email, password, callback) { function query(context, done) { done(); } query({}, () => callback(null, { id: 1 })); }")]
    [InlineData("let tries = 0; tries++; if (tries) tries--;\nfunction login(email, password, callback) { callback(null, { id: 1 }); }\nconsole.log('loaded');")]
    [InlineData("function login(email, password, callback) { arguments[2](null, { id: 1 }); }")]
    [InlineData("exports = module.exports = function (email, password, callback) { callback(null, { id: 1 }); };")]
    [InlineData("module.exports = exports = login;\nfunction login(email, password, callback) { callback(null, { id: 1 }); }")]
    [InlineData("module.exports = exports.login = (email, password, callback) => callback(null, { id: 1 });")]
    [InlineData("(function () { 'use strict'; var id = 1; return function (email, password, callback) { callback(null, { id }); }; }());")]
    [InlineData(";(() => { return login; async function login(email, password, callback) { callback(null, { id: 1 }); } })();")]
    [InlineData("(() => { const login = (email, password, callback) => callback(null, { id: 1 }); return login; })()")]
    public async Task For_CallbackScript_IsAuth0AndRuns(string source)
    {
        Assert.True(host.Inspector.Inspect(ScriptKind.Login, source) is { Dialect: ScriptDialect.Auth0, IsRunnable: true });

        var result = await host.Runner.RunAsync(host.LoginOfAnyDialect(source));

        Assert.Equal(new ScriptCompletion.Answered("""{"id":1}"""), result.Completion);
    }

    [Theory]
    [InlineData("async function login(query, password, context) { return { id: 1 }; }")]
    [InlineData("function login(query, password) { return { id: 1 }; }")]
    [InlineData("function login(query, callback) { return { id: 1 }; }")]
    [InlineData("async function login(query, password, context) { const f = (x) => x; return f({ id: 1 }); }")]
    [InlineData("async function login(query, password, context) { log(context.request); return { id: 1 }; function log() {} }")]
    [InlineData("async function login(query, password, { request }) { return { id: 1 }; }")]
    [InlineData("async function login(query, password, context = {}) { return { id: 1 }; }")]
    [InlineData("async function login(...args) { return { id: args.length - 2 }; }")]
    [InlineData("module.exports = async (query, password, context) => ({ id: 1 });")]
    [InlineData("function helper(a, b, callback) { callback(); } async function login(query, password, context) { return { id: 1 }; }")]
    public async Task For_ScriptThatReturns_IsAuthingAndRuns(string source)
    {
        Assert.True(host.Inspector.Inspect(ScriptKind.Login, source) is { Dialect: ScriptDialect.Authing, IsRunnable: true });

        var result = await host.Runner.RunAsync(host.LoginOfAnyDialect(source));

        Assert.Equal(new ScriptCompletion.Answered("""{"id":1}"""), result.Completion);
    }

    [Theory]
    [InlineData("function getUser(email, callback) { callback(null); }", ScriptDialect.Auth0)]
    [InlineData("function getByEmail(email, callback) { callback(null); }", ScriptDialect.Auth0)]
    [InlineData("function getUser(email, context, callback) { callback(null); }", ScriptDialect.Auth0)]
    [InlineData("function (email, callback) { callback(null); }", ScriptDialect.Auth0)]
    [InlineData("function getUser(query, context) { return null; }", ScriptDialect.Authing)]
    [InlineData("async function searchUser(query) { return null; }", ScriptDialect.Authing)]
    public async Task For_LookUp_IsFound(string source, ScriptDialect dialect)
    {
        var contract = host.Contracts.For(ScriptKind.SearchUser, source);
        Assert.Equal(dialect, contract.Dialect);

        var request = host.Search(source) with { Dialect = dialect, ArgumentsJson = contract.SearchArguments(new LegacyQuery { Username = "ada" }, new ScriptContext()) };
        Assert.IsType<SearchOutcome.NotFound>(contract.ReadSearch(await host.Runner.RunAsync(request)));
    }

    [Theory]
    [InlineData(ScriptKind.Login, "function getUser(email, callback) { callback(null); }", "This script defines `getUser`, but it must define `login`.")]
    [InlineData(ScriptKind.SearchUser, "function login(email, password, callback) { callback(null); }", "This script defines `login`, but it must define `searchUser` (or `getUser`).")]
    [InlineData(ScriptKind.CountUsers, "function (context, callback) { callback(null, 1); }", "The script does not parse: Unexpected token '('.")]
    [InlineData(ScriptKind.Login, "function (query, password) { return null; }", "The script does not parse: Unexpected token '('.")]
    public void Inspect_OtherFunction_IsRefused(ScriptKind kind, string source, string message) =>
        Assert.Equal([message], host.Inspector.Inspect(kind, source).Problems.Select(problem => problem.Message));

    [Theory]
    [InlineData("function (email, password, callback) { const a = ; }", 1, 50)]
    [InlineData("function (email, password, callback) {\n  const a = ;\n}", 2, 13)]
    [InlineData("// x\nfunction (email, password, callback) {", 2, 39)]
    public void Inspect_AnonymousFunctionThatDoesNotParse_IsAnErrorAtItsPlace(string source, int line, int column) =>
        Assert.Equal(new ScriptPosition(line, column), Assert.Single(host.Inspector.Inspect(ScriptKind.Login, source).Problems).Position);

    [Fact]
    public void Inspect_NestedTooDeeplyInAnAnonymousFunction_IsAProblemAndNoCrash() =>
        Assert.False(host.Inspector.Inspect(ScriptKind.Login, "function (a, b, callback) { x = " + new string('[', 90_000)).IsRunnable);

    [Theory]
    [InlineData("function (email, password, callback) { throw new Error('x'); }", 1, 46)]
    [InlineData("\n\n  async function (email, password, callback) { throw new Error('x'); }", 3, 54)]
    [InlineData("// a\nfunction login(email, password, callback) {\n  setTimeout(() => { null.x; }, 1);\n}", 3, 27)]
    [InlineData("function login(email, password, callback) {\n  require('bcrypt').compare('a', 'b', () => {\n    throw new Error('x');\n  });\n}", 3, 11)]
    [InlineData("function login(email, password, callback) {\n  callback(new Error('x'));\n}", 2, 12)]
    [InlineData("function login(email, password, callback) {\n  callback('x');\n}", 2, 3)]
    public async Task RunAsync_Error_HasThePlaceInTheScriptAsWritten(string source, int line, int column)
    {
        var result = await host.Runner.RunAsync(host.LoginOfAnyDialect(source));

        Assert.Equal(new ScriptPosition(line, column), Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Position);
    }
}
