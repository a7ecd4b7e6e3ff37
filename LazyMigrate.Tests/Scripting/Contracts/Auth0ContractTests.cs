using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Contracts;

/// <summary>The outcome table of the dialect with a callback, from real runs.</summary>
public sealed class Auth0ContractTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    private const string Connect = "new (require('pg').Client)('postgres://127.0.0.1:1/x').connect(";

    [Theory]
    [InlineData("callback(null, { user_id: 7, email });")]
    [InlineData("callback(undefined, { id: 7, email });")]
    [InlineData("callback('', { user_id: 7, id: 8, email });")]
    [InlineData("setTimeout(() => callback(null, { user_id: '7', email, email_verified: 0 }), 1); return { user_id: 'ignored' };")]
    [InlineData("return Promise.resolve().then(() => callback(null, { user_id: '7', email }));")]
    [InlineData("callback(null, { user_id: 7, email }); throw new Error('too late');")]
    [InlineData("callback(null, { user_id: 7, email }); return Promise.reject(new Error('too late'));")]
    public async Task ReadLogin_CalledBackWithAProfile_IsAccepted(string body)
    {
        var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync(body));

        Assert.Equal(("7", "ada@example.com", false), (accepted.Profile.Id, accepted.Profile.Email, accepted.Profile.EmailVerified));
    }

    [Theory]
    [InlineData("callback();")]
    [InlineData("callback(null);")]
    [InlineData("callback(null, null);")]
    [InlineData("callback(null, undefined);")]
    [InlineData("callback(undefined);")]
    [InlineData("callback(new WrongUsernameOrPasswordError());")]
    [InlineData("callback(new WrongUsernameOrPasswordError(null, 'no'));")]
    [InlineData("callback(new UserNotFoundError());")]
    [InlineData("throw new WrongUsernameOrPasswordError();")]
    public async Task ReadLogin_NoSuchUser_IsNoSuchUser(string body) => Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync(body));

    [Theory]
    [InlineData("callback(new WrongUsernameOrPasswordError(email));")]
    [InlineData("callback(new WrongUsernameOrPasswordError(email, 'My message'));")]
    [InlineData("callback(new WrongPasswordError());")]
    [InlineData("callback(new Error('wrapped', { cause: new WrongUsernameOrPasswordError(email) }));")]
    [InlineData(Connect + "(error) => callback(new WrongUsernameOrPasswordError(email)));")]
    public async Task ReadLogin_Refusal_IsWrongPassword(string body) => Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync(body));

    [Fact]
    public async Task ReadLogin_UnauthorizedError_IsBlockedWithoutAPerson() =>
        Assert.Equal(new LoginOutcome.Blocked(null), await LoginAsync("callback(new UnauthorizedError('Verify your email'));"));

    [Fact]
    public async Task ReadLogin_BlockedProfile_IsBlockedWithThePerson() =>
        Assert.Equal("7", Assert.IsType<LoginOutcome.Blocked>(await LoginAsync("callback(null, { user_id: 7, email, blocked: true });")).Profile!.Id);

    [Theory]
    [InlineData("callback(null, {});")]
    [InlineData("callback(null, { email });")]
    [InlineData("callback(null, { user_id: 7 });")]
    public async Task ReadLogin_ProfileOfNobody_IsInvalid(string body) => Assert.IsType<LoginOutcome.Invalid>(await LoginAsync(body));

    [Theory]
    [InlineData("callback(new Error('wrong password'));", ScriptFailureKind.ScriptError, "The script called back with Error: wrong password. Where it means a wrong password, call back with new WrongUsernameOrPasswordError(email).")]
    [InlineData("callback('no');", ScriptFailureKind.ScriptError, "The script called back with Error: no. Where it means a wrong password, call back with new WrongUsernameOrPasswordError(email).")]
    [InlineData("callback(new ValidationError('code', 'no'));", ScriptFailureKind.ScriptError, null)]
    [InlineData("callback(true);", ScriptFailureKind.ScriptError, null)]
    [InlineData("callback(new TemporaryError('Come back'));", ScriptFailureKind.TemporaryError, "Come back")]
    [InlineData("throw new TemporaryError('Come back');", ScriptFailureKind.TemporaryError, "Come back")]
    [InlineData("throw new Error('x');", ScriptFailureKind.ScriptError, "The script ended without calling its callback: it threw Error: x. Catch the error and pass it on: callback(error).")]
    [InlineData("return Promise.reject(new Error('x'));", ScriptFailureKind.ScriptError, "The script ended without calling its callback: it threw Error: x. Catch the error and pass it on: callback(error).")]
    [InlineData("setTimeout(() => { throw new Error('x'); }, 1);", ScriptFailureKind.ScriptError, "The script ended without calling its callback: it threw Error: x. Catch the error and pass it on: callback(error).")]
    [InlineData("process.nextTick(() => { throw new Error('x'); });", ScriptFailureKind.ScriptError, null)]
    [InlineData("require('bcrypt').hash('a', 4, () => { throw new Error('x'); });", ScriptFailureKind.ScriptError, null)]
    [InlineData("pasword;", ScriptFailureKind.ScriptError, null)]
    [InlineData("", ScriptFailureKind.NoAnswer, "The script ended without calling its callback, and nothing is pending any more. Every path must lead to callback(null, profile), callback(null) or callback(error), also after a promise that was rejected.")]
    [InlineData("return { user_id: 7, email };", ScriptFailureKind.NoAnswer, null)]
    [InlineData("return Promise.resolve({ user_id: 7, email });", ScriptFailureKind.NoAnswer, null)]
    [InlineData("Promise.reject(new Error('nobody listens'));", ScriptFailureKind.NoAnswer, null)]
    [InlineData("setTimeout(() => {}, 1);", ScriptFailureKind.NoAnswer, null)]
    [InlineData("callback(null, 'ada');", ScriptFailureKind.BadAnswer, "`login` returned a string. Call back with a profile object, or with nothing where there is no such person: callback(null, profile), callback(null).")]
    [InlineData("callback(null, false);", ScriptFailureKind.BadAnswer, null)]
    [InlineData("callback(null, []);", ScriptFailureKind.BadAnswer, null)]
    [InlineData("callback(null, () => {});", ScriptFailureKind.BadAnswer, null)]
    [InlineData(Connect + "callback);", ScriptFailureKind.ModuleError, "A module call failed: connect ECONNREFUSED 127.0.0.1:1. Is the legacy database running, and are host and port right?")]
    [InlineData(Connect + ").catch((e) => callback(new Error('Execute query failed: ' + e.message)));", ScriptFailureKind.ModuleError, null)]
    [InlineData("xml2js.parseString('x', callback);", ScriptFailureKind.UnknownModule, null)]
    [InlineData("mongo('mongodb://example.com', () => {});", ScriptFailureKind.ModuleError, null)]
    [InlineData("require('oracledb');", ScriptFailureKind.UnknownModule, null)]
    [InlineData("callback(new PlaceholderError());", ScriptFailureKind.Placeholder, null)]
    public async Task ReadLogin_NobodyKnows_IsFailedAtOnce(string body, ScriptFailureKind kind, string? message)
    {
        var failure = Assert.IsType<LoginOutcome.Failed>(await LoginAsync(body)).Failure;

        Assert.Equal(kind, failure.Kind);
        Assert.Equal(message ?? failure.Message, failure.Message);
    }

    [Theory]
    [InlineData("callback(null, { user_id: 7, email });")]
    [InlineData("callback(new Error('again'));")]
    public async Task ReadLogin_CalledBackTwice_TheFirstCountsAndTheSecondIsWarnedOf(string second)
    {
        var result = await RunAsync("callback(null); " + second);

        Assert.Equal(new ScriptCompletion.Answered("null"), result.Completion);
        Assert.Equal(
            [new ScriptConsoleLine(ScriptConsoleLevel.Warn, "The script called its callback again. Only the first call counts: write `return callback(…)`.")],
            result.Console);
    }

    [Theory]
    [InlineData("callback(null, { user_id: configuration.TABLE, email });", "users")]
    [InlineData("configuration.TABLE = 'x'; delete configuration.TABLE; callback(null, { user_id: configuration.TABLE + env.TABLE, email });", "usersusers")]
    [InlineData("callback(null, { user_id: typeof global.configuration.TABLE, email });", "string")]
    [InlineData("bcrypt.hash('x', 4, (error, hash) => callback(error, { user_id: hash.slice(0, 4), email }));", "$2b$")]
    [InlineData("callback(null, { user_id: crypto.createHash('md5').update('a').digest('hex'), email });", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("callback(null, { user_id: typeof pg.Client + typeof postgres + typeof postgres.connect, email });", "functionfunctionfunction")]
    [InlineData("var bcrypt = 'mine'; callback(null, { user_id: bcrypt, email });", "mine")]
    public async Task Globals_OfOldScripts_AreThere(string body, string id)
    {
        var result = await RunAsync(body, "", request => request with { Variables = new Dictionary<string, string> { ["TABLE"] = "users" } });

        Assert.Equal(id, Assert.IsType<LoginOutcome.Accepted>(host.Contracts.Of(ScriptDialect.Auth0).ReadLogin(result)).Profile.Id);
    }

    [Theory]
    [InlineData("var request = 'mine', async = 'too', _ = require('util'); const mysql = 1;")]
    [InlineData("function request() {} function async() {} function mysql() {} let pg = 1;")]
    public async Task Globals_OfOldScripts_CanBeDeclaredAnew(string beginning) =>
        Assert.IsType<LoginOutcome.Accepted>(host.Contracts.Of(ScriptDialect.Auth0).ReadLogin(
            await RunAsync("callback(null, { user_id: typeof request + typeof async + typeof mysql, email });", beginning)));

    [Fact]
    public async Task Globals_OfTheOtherDialect_AreNotThere() =>
        Assert.Equal("\"undefinedundefined\"", await host.AnswerAsync("return typeof configuration + typeof bcrypt;"));

    [Theory]
    [InlineData("callback(null, { user_id: 7, email: identifier });", typeof(SearchOutcome.Found))]
    [InlineData("callback();", typeof(SearchOutcome.NotFound))]
    [InlineData("callback(null, undefined);", typeof(SearchOutcome.NotFound))]
    [InlineData("callback(null, null);", typeof(SearchOutcome.NotFound))]
    [InlineData("callback(new WrongUsernameOrPasswordError());", typeof(SearchOutcome.Failed))]
    [InlineData("callback(new UserNotFoundError());", typeof(SearchOutcome.Failed))]
    [InlineData("callback(new Error('x'));", typeof(SearchOutcome.Failed))]
    [InlineData("callback(null, 5);", typeof(SearchOutcome.Failed))]
    [InlineData("return null;", typeof(SearchOutcome.Failed))]
    [InlineData("callback(null, { user_id: 7 });", typeof(SearchOutcome.Invalid))]
    public async Task ReadSearch_OnlyAPlainNo_IsNotFound(string body, Type outcome)
    {
        var contract = host.Contracts.Of(ScriptDialect.Auth0);
        var request = host.Search($"function getUser(identifier, callback) {{ {body} }}") with
        {
            Dialect = ScriptDialect.Auth0,
            ArgumentsJson = contract.SearchArguments(new LegacyQuery { Phone = "+4915112345678", Email = "ada@example.com" }, new ScriptContext()),
        };

        Assert.IsType(outcome, contract.ReadSearch(await host.Runner.RunAsync(request)));
    }

    [Theory]
    [InlineData("identifier, password, callback", "[\"ada@example.com\",10,null]")]
    [InlineData("identifier, password, context, callback", "[\"ada@example.com\",10,\"192.0.2.7\"]")]
    public async Task Arguments_WithAndWithoutContext_AreInTheirPlaces(string parameters, string expected)
    {
        var source = $"function login({parameters}) {{ callback(null, [identifier, password.length, typeof context === 'undefined' ? null : context.request.ip]); }}";

        var result = await host.Runner.RunAsync(host.LoginOfAnyDialect(source));

        Assert.Equal(new ScriptCompletion.Answered(expected), result.Completion);
    }

    [Theory]
    [InlineData("for (;;);")]
    [InlineData("callback({ get message() { for (;;); } });")]
    [InlineData("callback(null, { get user_id() { for (;;); } });")]
    [InlineData("return { get then() { for (;;); } };")]
    [InlineData("Object.defineProperty(globalThis, 'bcrypt', { get() { for (;;); } }); bcrypt;")]
    public async Task RunAsync_NeverEnding_EndsAtTheTimeLimit(string body)
    {
        var result = await RunAsync(body, "", request => request with { Limits = new ScriptLimits { WallTime = TimeSpan.FromMilliseconds(400) } });

        Assert.Equal(ScriptFailureKind.TimeLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("callback();"));
    }

    private async Task<LoginOutcome> LoginAsync(string body) => host.Contracts.Of(ScriptDialect.Auth0).ReadLogin(await RunAsync(body));

    private Task<ScriptRunResult> RunAsync(string body, string beginning = "", Func<ScriptRunRequest, ScriptRunRequest>? change = null)
    {
        var request = host.LoginOfAnyDialect($"{beginning}\nfunction login(email, password, callback) {{ {body} }}") with { Access = new LegacyAccess(["127.0.0.1:1"], null, []) };
        return host.Runner.RunAsync(change?.Invoke(request) ?? request);
    }
}
