using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

public class ScriptRunTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [Fact]
    public async Task RunAsync_Login_GetsQueryPasswordAndContext()
    {
        var request = host.Login("async function login(query, password, context) { return { query, password, ip: context.request.ip, pool: context.userPoolId, body: context.request.body }; }") with
        {
            ArgumentsJson = host.Contract.LoginArguments(
                new LegacyQuery { Username = "ada \"<ü\u2028😀" },
                "p'\"\\w\n\u2029",
                new ScriptContext { UserPoolId = "pool", Ip = "::1" }),
        };

        var result = await host.Runner.RunAsync(request);

        var json = Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json!;
        using var answer = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal("ada \"<ü\u2028😀", answer.RootElement.GetProperty("query").GetProperty("username").GetString());
        Assert.Equal("p'\"\\w\n\u2029", answer.RootElement.GetProperty("password").GetString());
        Assert.Equal(["username"], answer.RootElement.GetProperty("query").EnumerateObject().Select(field => field.Name));
        Assert.Equal("::1", answer.RootElement.GetProperty("ip").GetString());
        Assert.Equal("pool", answer.RootElement.GetProperty("pool").GetString());
        Assert.Equal("{}", answer.RootElement.GetProperty("body").GetRawText());
    }

    [Theory]
    [InlineData("function login() { return { id: 1 }; }")]
    [InlineData("async function login() { return { id: 1 }; }")]
    [InlineData("const login = async () => ({ id: 1 });")]
    [InlineData("let login; login = function () { return { id: 1 }; };")]
    [InlineData("login = () => ({ id: 1 });")]
    [InlineData("exports.login = async () => ({ id: 1 });")]
    [InlineData("module.exports = { login: () => ({ id: 1 }) };")]
    [InlineData("module.exports = async function () { return { id: 1 }; };")]
    [InlineData("'use strict';\nconst Buffer = require('buffer').Buffer;\nconst crypto = require('crypto');\nfunction login() { return { id: 1 }; }\n// the end")]
    [InlineData("// begins with a comment\nfunction login() { return { id: 1 }; } /* the end */")]
    public async Task RunAsync_FunctionWrittenAnyWay_IsCalled(string source)
    {
        var result = await host.Runner.RunAsync(host.Login(source));

        Assert.Equal("""{"id":1}""", Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json);
    }

    [Theory]
    [InlineData("searchUser")]
    [InlineData("getUser")]
    public async Task RunAsync_SearchUser_IsFoundByBothNames(string name)
    {
        var result = await host.Runner.RunAsync(host.Search($"function {name}(query) {{ return null; }}"));

        Assert.Equal("null", Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json);
    }

    [Theory]
    [InlineData("return undefined;", null)]
    [InlineData("", null)]
    [InlineData("return null;", "null")]
    [InlineData("return 5;", "5")]
    [InlineData("return 'text';", "\"text\"")]
    [InlineData("return [1, undefined, () => 1];", "[1,null,null]")]
    [InlineData("return { a: undefined, b: NaN, c: new Date(NaN), d: 10n, e: Symbol('x'), f() {} };", """{"b":null,"c":null,"d":"10"}""")]
    [InlineData("return { id: Buffer.from([1, 2]), at: new Date(0) };", """{"id":"AQI=","at":"1970-01-01T00:00:00.000Z"}""")]
    [InlineData("return new Promise((resolve) => setTimeout(resolve, 10, { id: 'later' }));", """{"id":"later"}""")]
    [InlineData("return { then(resolve) { setImmediate(resolve, 7); } };", "7")]
    public async Task RunAsync_Answer_IsItsJson(string body, string? expected)
    {
        Assert.Equal(expected, await host.AnswerAsync(body));
    }

    [Fact]
    public async Task RunAsync_HalfSurrogatePairs_BecomeReplacementCharacters()
    {
        Assert.Equal("{\"a\uFFFD\":\"\uFFFD\"}", await host.AnswerAsync("return { 'a\\ud800': '\\udc00' };"));

        var result = await host.RunBodyAsync("console.log('\\ud800', 'x'.repeat(2044) + '\\ud83d\\ude00y'); throw Object.assign(new Error('\\ud800'), { name: '\\udfff' });");
        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal(("\uFFFD", "\uFFFD"), (error.Name, error.Message));
        Assert.Equal("\uFFFD " + new string('x', 2044) + "…", result.Console[0].Text);

        result = await host.RunBodyAsync("require('bcrypt').hashSync('\\ud800', 4);");
        Assert.Equal("ERR_INVALID_ARG_VALUE", Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Code);
    }

    [Theory]
    [InlineData("return () => {};")]
    [InlineData("return Symbol('x');")]
    [InlineData("return NaN;")]
    [InlineData("return new Date(NaN);")]
    public async Task RunAsync_AnswerThatWouldPassForNull_IsBad(string body)
    {
        var result = await host.RunBodyAsync(body);

        Assert.Equal(ScriptFailureKind.BadAnswer, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
    }

    [Theory]
    [InlineData("throw new UserNotFoundError();", ScriptErrorClass.UserNotFound, "UserNotFoundError")]
    [InlineData("throw new WrongPasswordError('no');", ScriptErrorClass.WrongPassword, "WrongPasswordError")]
    [InlineData("throw new TemporaryError();", ScriptErrorClass.Temporary, "TemporaryError")]
    [InlineData("throw new UnauthorizedError('no');", ScriptErrorClass.Unauthorized, "UnauthorizedError")]
    [InlineData("throw new ValidationError('code', 'no');", ScriptErrorClass.Validation, "ValidationError")]
    [InlineData("throw new WrongUsernameOrPasswordError('u1', 'no');", ScriptErrorClass.WrongPassword, "WrongUsernameOrPasswordError")]
    [InlineData("throw new WrongUsernameOrPasswordError('', 'no');", ScriptErrorClass.UserNotFound, "WrongUsernameOrPasswordError")]
    [InlineData("class Mine extends WrongPasswordError {} throw new Mine();", ScriptErrorClass.WrongPassword, "WrongPasswordError")]
    [InlineData("throw new Error('wrapped', { cause: new TemporaryError() });", ScriptErrorClass.Temporary, "Error")]
    [InlineData("throw new Error('WrongPasswordError: the password is wrong');", ScriptErrorClass.Plain, "Error")]
    [InlineData("throw Object.assign(new Error('x'), { name: 'UserNotFoundError' });", ScriptErrorClass.Plain, "UserNotFoundError")]
    [InlineData("throw Object.setPrototypeOf(new Error('x'), WrongPasswordError.prototype);", ScriptErrorClass.Plain, "WrongPasswordError")]
    [InlineData("throw 'text';", ScriptErrorClass.Plain, "Error")]
    [InlineData("throw null;", ScriptErrorClass.Plain, "Error")]
    [InlineData("throw Symbol('x');", ScriptErrorClass.Plain, "Error")]
    [InlineData("throw Object.create(null);", ScriptErrorClass.Plain, "Error")]
    [InlineData("throw { get message() { throw new Error('again'); }, get name() { throw 1; } };", ScriptErrorClass.Plain, "Error")]
    [InlineData("throw new Proxy(new WrongPasswordError(), { get() { throw 1; } });", ScriptErrorClass.Plain, "Error")]
    [InlineData("setTimeout(() => { throw new WrongPasswordError(); }, 1); await new Promise(() => {});", ScriptErrorClass.WrongPassword, "WrongPasswordError")]
    [InlineData("queueMicrotask(() => { throw new TemporaryError(); }); await new Promise(() => {});", ScriptErrorClass.Temporary, "TemporaryError")]
    public async Task RunAsync_Throws_ClassIsToldByBrand(string body, ScriptErrorClass expected, string name)
    {
        var result = await host.RunBodyAsync(body);

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal((expected, name, false), (error.Class, error.Name, error.ModuleCallFailed));
    }

    [Theory]
    [InlineData("async function login() {\n  const user = null;\n  return user.name;\n}", 3, 15)]
    [InlineData("async function login() {\n  await null;\n    throw new Error('x');\n}", 3, 11)]
    [InlineData("async function login() {\n  await inner();\n}\nasync function inner() {\n  await null;\n  missing();\n}", 6, 3)]
    [InlineData("async function login() {\n  await new Promise((r) => setTimeout(r, 1));\n  [1].map(() => {\n    throw new Error('x');\n  });\n}", 4, 11)]
    [InlineData("const x = () => y;\nfunction login() { return new Promise(() => { x(); }); }", 1, 17)]
    [InlineData("async function login() {\n  const { Client } = require('pg');\n  await new Client('postgres://127.0.0.1:1/x').connect();\n}", 3, 48)]
    [InlineData("async function login() {\n  const bcrypt = require('bcrypt');\n\n  await bcrypt.compare('x', 5);\n}", 4, 16)]
    public async Task RunAsync_Throws_PositionIsTheScriptsOwn(string source, int line, int column)
    {
        var result = await host.Runner.RunAsync(host.Login(source));

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal(new ScriptPosition(line, column), error.Position);
        Assert.All(error.Stack!.Split('\n'), frame => Assert.Matches(@"^at (async )?(.+ \()?script\.js:\d+:\d+\)?$", frame));
    }

    [Theory]
    [InlineData("function login() {\n  return 1 +;\n}", 2, 13, "The script does not parse: Unexpected token ';'.")]
    [InlineData("export async function login() {}", 1, 1, "A script is not an ES module: leave out `export`, a function at the top level is enough.")]
    [InlineData("\nimport pg from 'pg';", 2, 1, "A script is not an ES module: write `const { Client } = require('pg')` instead of `import`.")]
    public async Task RunAsync_DoesNotParse_FailsWithThePosition(string source, int line, int column, string message)
    {
        var result = await host.Runner.RunAsync(host.Login(source));

        Assert.Equal(
            new ScriptFailure(ScriptFailureKind.SyntaxError, message, new ScriptPosition(line, column)),
            Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure);
    }

    [Theory]
    [InlineData("function logIn() {}", "This script defines `logIn`, but it must define `login`.")]
    [InlineData("const a = () => 1; function b() {}", "This script defines `a` and `b`, but it must define `login`.")]
    [InlineData("const login = 5;", "This script defines no function, but it must define `login`.")]
    [InlineData("", "This script defines no function, but it must define `login`.")]
    public async Task RunAsync_WithoutTheFunction_SaysWhichOneIsMissing(string source, string message)
    {
        var result = await host.Runner.RunAsync(host.Login(source));

        Assert.Equal(
            new ScriptFailure(ScriptFailureKind.FunctionMissing, message),
            Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure);
    }

    [Fact]
    public async Task RunAsync_ThrowsWhileLoading_IsNoRefusal()
    {
        var result = await host.Runner.RunAsync(host.Login("throw new Error('too early');\nfunction login() {}"));

        var failure = Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure;
        Assert.Equal(
            (ScriptFailureKind.ScriptError, "The script failed while it was loaded: Error: too early", new ScriptPosition(1, 7)),
            (failure.Kind, failure.Message, failure.Position));
    }

    [Theory]
    [InlineData("const oracledb = require('oracledb');\nfunction login() {}", 1, 18)]
    [InlineData("function login() {\n  require('oracledb@6.0.0');\n}", 2, 3)]
    public async Task RunAsync_UnknownModule_NamesItAndThoseThereAre(string source, int line, int column)
    {
        var result = await host.Runner.RunAsync(host.Login(source));

        var failure = Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure;
        Assert.Equal((ScriptFailureKind.UnknownModule, new ScriptPosition(line, column)), (failure.Kind, failure.Position));
        Assert.StartsWith("Cannot find module 'oracledb'. Scripts can require: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(" argon2, assert, async, axios,", failure.Message, StringComparison.Ordinal);
        Assert.Contains(" pg, ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("internal/", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("modules add FILE.tgz`.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownModuleCaught_IsTheScriptsBusiness()
    {
        Assert.Equal("\"MODULE_NOT_FOUND\"", await host.AnswerAsync("try { require('oracledb'); } catch (error) { return error.code; }"));
    }

    [Fact]
    public async Task RunAsync_NothingPending_FailsAtOnce()
    {
        var result = await host.RunBodyAsync("await new Promise(() => {});");

        Assert.Equal(ScriptFailureKind.NoAnswer, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
    }

    [Fact]
    public async Task RunAsync_Console_IsCapturedFormattedAndReported()
    {
        var reported = new List<ScriptConsoleLine>();
        var result = await host.Runner.RunAsync(
            host.Login(
                """
                function login() {
                  console.log('%s is %d years, %i, %f, %j, 100%%', 'Ada', 36, 36.9, '1.5', { a: [1] }, 'rest', { b: 2 });
                  console.info([1, 'two', null, undefined, { three: 3 }], new Map([['k', 1]]), new Set([1]), new Date(0));
                  console.warn({ nested: { deep: { deeper: { deepest: { no: { more: 1 } } } } }, get x() { throw 1; }, f() {} });
                  const loop = { name: 'loop' }; loop.self = loop;
                  console.debug(loop, Buffer.from('hi'), Symbol('s'), 1n, -0, /r/g, class A {}, new (class B { c = 1; })());
                  console.error(new TypeError('bad'));
                  return null;
                }
                """),
            new SynchronousProgress(reported.Add));

        Assert.Equal(
            [
                new ScriptConsoleLine(ScriptConsoleLevel.Log, "Ada is 36 years, 36, 1.5, {\"a\":[1]}, 100% rest { b: 2 }"),
                new ScriptConsoleLine(ScriptConsoleLevel.Info, "[ 1, 'two', null, undefined, { three: 3 } ] Map(1) { 'k' => 1 } Set(1) { 1 } 1970-01-01T00:00:00.000Z"),
                new ScriptConsoleLine(ScriptConsoleLevel.Warn, "{ nested: { deep: { deeper: { deepest: { no: [Object] } } } }, x: [Getter], f: [Function: f] }"),
                new ScriptConsoleLine(ScriptConsoleLevel.Debug, "{ name: 'loop', self: [Circular] } <Buffer 68 69> Symbol(s) 1n -0 /r/g [Function: A] B { c: 1 }"),
                new ScriptConsoleLine(ScriptConsoleLevel.Error, "TypeError: bad\n    at login (script.js:7:17)"),
            ],
            result.Console);
        Assert.Equal(result.Console, reported);
    }

    [Fact]
    public async Task RunAsync_Secrets_AreMaskedInConsoleErrorsAndFailures()
    {
        var result = await host.RunBodyAsync(
            "console.log(password, encodeURIComponent(env.KEY), btoa(env.KEY), JSON.stringify({ k: env.KEY }), 'x'.repeat(2040) + password); throw new Error('the password was ' + password + ' ' + env.KEY);",
            request => request with { Secrets = ["opensesame", "a&\"key/1"], Variables = new Dictionary<string, string> { ["KEY"] = "a&\"key/1" } });

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal("the password was *** ***", error.Message);
        Assert.StartsWith("*** *** *** {\"k\":\"***\"} xxx", result.Console[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("open", result.Console[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Environment_IsEnvAndProcessEnv()
    {
        Assert.Equal(
            """["v","v","undefined"]""",
            await host.AnswerAsync(
                "return [env.NAME, process.env.NAME, typeof env.PATH];",
                request => request with { Variables = new Dictionary<string, string> { ["NAME"] = "v" } }));
    }

    [Fact]
    public async Task RunAsync_SourceTooLong_IsNotRun()
    {
        var result = await host.Runner.RunAsync(host.Login("function login() {}" + new string(' ', 100_000)));

        Assert.Equal(ScriptFailureKind.SourceLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
    }

    [Theory]
    [InlineData("for (;;);")]
    [InlineData("await new Promise((resolve) => setTimeout(resolve, 60000));")]
    [InlineData("for (;;) await null;")]
    public async Task RunAsync_Canceled_Throws(string body)
    {
        using var cancellation = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var run = host.Runner.RunAsync(
            host.Login($"async function login() {{ console.log('started'); {body} }}") with { Limits = new ScriptLimits { WallTime = TimeSpan.FromMinutes(5) } },
            new SynchronousProgress(_ => started.TrySetResult()),
            cancellation.Token);
        await started.Task;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task RunAsync_ManyAtOnce_DoNotSeeEachOther()
    {
        var results = new List<ScriptRunResult>();

        // As many at once as there are places: more would wait, and whether longer than they may is the machine's affair.
        foreach (var wave in Enumerable.Range(0, 60).Chunk(15))
        {
            results.AddRange(await Task.WhenAll(wave.Select(i => host.RunBodyAsync(
                "globalThis.mine = env.N; await new Promise((r) => setTimeout(r, 5)); const h = await require('bcrypt').hash(env.N, 4); return [mine, require('bcrypt').compareSync(env.N, h)];",
                request => request with { Variables = new Dictionary<string, string> { ["N"] = $"{i}" }, Limits = new ScriptLimits() }))));
        }

        Assert.Equal(
            Enumerable.Range(0, 60).Select(i => $"""["{i}",true]"""),
            results.Select(result => Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json));
    }

    [Fact]
    public async Task RunAsync_NoPlaceWithinASecond_IsRefusedAndSaysSo()
    {
        using var cancellation = new CancellationTokenSource();
        await using var busy = new ScriptHost();
        var blockers = Enumerable.Range(0, 16).Select(_ => busy.Runner.RunAsync(
            busy.Login("async function login() { await new Promise((resolve) => setTimeout(resolve, 600000)); }") with { Limits = new ScriptLimits { WallTime = TimeSpan.FromMinutes(5) } },
            null,
            cancellation.Token)).ToList();

        var result = await busy.RunBodyAsync("return null;");

        var failure = Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure;
        Assert.Equal(ScriptFailureKind.Busy, failure.Kind);
        Assert.Contains("was not started", failure.Message, StringComparison.Ordinal);
        await cancellation.CancelAsync();
        foreach (var blocker in blockers)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocker);
        }
    }

    private sealed class SynchronousProgress(Action<ScriptConsoleLine> report) : IProgress<ScriptConsoleLine>
    {
        public void Report(ScriptConsoleLine value) => report(value);
    }
}
