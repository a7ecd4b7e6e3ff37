using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

public sealed class ScriptInspectorTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [Fact]
    public void Inspect_GoodScript_TellsFunctionsAndModules()
    {
        var inspection = host.Inspector.Inspect(
            ScriptKind.Login,
            """
            const { Client } = require('pg@8.11.0');
            const crypto = require("node:crypto"), again = require('pg');
            const helper = (x) => x, value = 5, made = new Map();
            async function login(query) { require(`bcrypt`); require(query); function inner() {} }
            let later = async function () {};
            exports.other = helper;
            """);

        Assert.Equal(["helper", "login", "later", "other"], inspection.Functions);
        Assert.Equal(["pg", "crypto", "bcrypt"], inspection.Modules);
        Assert.Empty(inspection.Problems);
        Assert.True(inspection.IsRunnable);
    }

    [Theory]
    [InlineData("module.exports = { login, other() {} }; async function login() {}")]
    [InlineData("module.exports = async (query, password) => null;")]
    [InlineData("module.exports.login = function () {};")]
    [InlineData("/a(?<n>b)\\k<n>[\\p{L}--a]/v.test('x'); const login = () => null; using: for (;;) break;")]
    public void Inspect_FunctionWrittenAnyWay_IsFound(string source)
    {
        Assert.Empty(host.Inspector.Inspect(ScriptKind.Login, source).Problems);
    }

    [Theory]
    [InlineData(ScriptKind.Login, "function logIn() {}", "This script defines `logIn`, but it must define `login`.")]
    [InlineData(ScriptKind.SearchUser, "function login() {} function find() {}", "This script defines `login` and `find`, but it must define `searchUser` (or `getUser`).")]
    [InlineData(ScriptKind.CountUsers, "const countUsers = 5;", "This script defines no function, but it must define `countUsers`.")]
    public void Inspect_FunctionMissing_SaysWhichAndWhatThereIs(ScriptKind kind, string source, string message)
    {
        Assert.Equal([new ScriptProblem(ScriptProblemSeverity.Error, message, null)], host.Inspector.Inspect(kind, source).Problems);
    }

    [Fact]
    public void Inspect_GetUser_IsALookUpScript()
    {
        Assert.True(host.Inspector.Inspect(ScriptKind.SearchUser, "async function getUser() { return null; }").IsRunnable);
    }

    [Fact]
    public void Inspect_UnknownModule_IsAnErrorAtItsPlace()
    {
        var inspection = host.Inspector.Inspect(ScriptKind.Login, "function login() {\n  return require('oracledb');\n}");

        var problem = Assert.Single(inspection.Problems);
        Assert.Equal((ScriptProblemSeverity.Error, new ScriptPosition(2, 18)), (problem.Severity, problem.Position));
        Assert.StartsWith("The module `oracledb` is not available. Scripts can require: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(" argon2, assert, async, axios,", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("modules add FILE.tgz`.", problem.Message, StringComparison.Ordinal);
        Assert.False(inspection.IsRunnable);
    }

    [Theory]
    [InlineData("function login( {", 1, 18)]
    [InlineData("function login() {\n  const a = ;\n}", 2, 13)]
    [InlineData("function login() {", 1, 19)]
    public void Inspect_DoesNotParse_IsAnErrorWithLineAndColumn(string source, int line, int column)
    {
        var problem = Assert.Single(host.Inspector.Inspect(ScriptKind.Login, source).Problems);

        Assert.Equal((ScriptProblemSeverity.Error, new ScriptPosition(line, column)), (problem.Severity, problem.Position));
        Assert.StartsWith("The script does not parse: ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{a:")]
    [InlineData("x=>")]
    [InlineData("!")]
    [InlineData("`${")]
    [InlineData("a?")]
    public void Inspect_NestedTooDeeply_IsAProblemAndNoCrash(string opening)
    {
        var source = "function login() {}\nx = " + string.Concat(Enumerable.Repeat(opening, 90_000 / opening.Length));

        Assert.False(host.Inspector.Inspect(ScriptKind.Login, source).IsRunnable);
    }

    [Fact]
    public void Inspect_DeepButComplete_DoesNotCrash()
    {
        var source = "function login() {}\nx = 1" + string.Concat(Enumerable.Repeat("+1", 45_000));

        host.Inspector.Inspect(ScriptKind.Login, source);
    }

    [Fact]
    public void Inspect_TooLong_IsAnError()
    {
        var problem = Assert.Single(host.Inspector.Inspect(ScriptKind.Login, "function login() {}" + new string(' ', 100_000)).Problems);

        Assert.Equal("The script has 100,019 characters; 100,000 are allowed. Leave out what login does not need.", problem.Message);
    }

    [Theory]
    [InlineData(ScriptKind.Login, "const a = 1;\n  async function login(query, password) { return null; }", "login(email, password, callback)")]
    [InlineData(ScriptKind.SearchUser, "const a = 1;\n  function getUser(email) {}", "getUser(email, callback)")]
    public void Inspect_Auth0WithoutCallback_IsAnError(ScriptKind kind, string source, string example)
    {
        var inspection = host.Inspector.Inspect(kind, source, ScriptDialect.Auth0);

        Assert.Equal((ScriptDialect.Auth0, ScriptDialect.Authing, false), (inspection.Dialect, inspection.DetectedDialect, inspection.IsRunnable));
        var problem = Assert.Single(inspection.Problems);
        Assert.Equal((ScriptProblemSeverity.Error, "dialect-without-callback", new ScriptPosition(2, 3)), (problem.Severity, problem.Code, problem.Position));
        Assert.Equal($"The dialect is set to auth0, but the function has no parameter for the callback: write {example}, or set the dialect to Automatic.", problem.Message);
    }

    [Fact]
    public void Inspect_AuthingWithCallback_IsAWarning()
    {
        var inspection = host.Inspector.Inspect(ScriptKind.Login, "function login(email, password, callback) { callback(null); }", ScriptDialect.Authing);

        Assert.Equal((ScriptDialect.Authing, ScriptDialect.Auth0, true), (inspection.Dialect, inspection.DetectedDialect, inspection.IsRunnable));
        Assert.Equal("dialect-with-callback", Assert.Single(inspection.Problems).Code);
    }

    [Theory]
    [InlineData(ScriptKind.Login, "function login(email, password, answer) { helper(answer); } function helper(f) { f(null); }", ScriptDialect.Auth0)]
    [InlineData(ScriptKind.Login, "function login(...all) { all.pop()(null); }", ScriptDialect.Auth0)]
    [InlineData(ScriptKind.Login, "async function login(query, password, context) { return null; }", ScriptDialect.Authing)]
    [InlineData(ScriptKind.CountUsers, "async function countUsers(context) { return 1; }", ScriptDialect.Auth0)]
    public void Inspect_DialectThatFits_HasNoProblem(ScriptKind kind, string source, ScriptDialect dialect) =>
        Assert.Empty(host.Inspector.Inspect(kind, source, dialect).Problems);
}
