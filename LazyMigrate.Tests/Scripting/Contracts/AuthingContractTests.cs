using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Contracts;

/// <summary>The outcome table, from real runs.</summary>
public sealed class AuthingContractTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    private const string Refused = "await new (require('pg').Client)('postgres://127.0.0.1:1/x').connect()";

    [Fact]
    public async Task ReadLogin_Profile_IsAccepted()
    {
        var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("return { id: 7, email: 'ada@example.com', emailVerified: true };"));

        Assert.Equal(new LegacyProfile { Id = "7", Email = "ada@example.com", EmailVerified = true }, accepted.Profile with { Roles = [] }, new ProfileComparer());
        Assert.Empty(accepted.Notes);
    }

    [Fact]
    public async Task ReadLogin_BlockedProfile_IsBlockedWithThePerson()
    {
        var blocked = Assert.IsType<LoginOutcome.Blocked>(await LoginAsync("return { id: 7, email: 'ada@example.com', blocked: 1 };"));

        Assert.Equal("7", blocked.Profile!.Id);
    }

    [Theory]
    [InlineData("return null;")]
    [InlineData("return;")]
    [InlineData("throw new UserNotFoundError();")]
    [InlineData("throw new WrongUsernameOrPasswordError();")]
    public async Task ReadLogin_NoSuchUser_IsNoSuchUser(string body) => Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync(body));

    [Theory]
    [InlineData("throw new WrongPasswordError();")]
    [InlineData("throw new WrongUsernameOrPasswordError('ada', 'no');")]
    [InlineData("throw new Error('Wrong password');")]
    [InlineData("throw 'wrong';")]
    [InlineData("return Promise.reject(new Error('Wrong password'));")]
    [InlineData("class Refused extends Error {} throw new Refused();")]
    [InlineData("try { " + Refused + " } catch { } throw new WrongPasswordError();")]
    public async Task ReadLogin_Refusal_IsWrongPassword(string body) => Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync(body));

    [Fact]
    public async Task ReadLogin_UnauthorizedError_IsBlockedWithoutAPerson() =>
        Assert.Equal(new LoginOutcome.Blocked(null), await LoginAsync("throw new UnauthorizedError('no');"));

    [Theory]
    [InlineData("return { email: 'ada@example.com' };")]
    [InlineData("return { id: 1 };")]
    [InlineData("return { id: {}, email: 'ada@example.com' };")]
    [InlineData("return {};")]
    public async Task ReadLogin_ProfileOfNobody_IsInvalid(string body) =>
        Assert.NotEmpty(Assert.IsType<LoginOutcome.Invalid>(await LoginAsync(body)).Problems);

    [Theory]
    [InlineData(Refused + ";", ScriptFailureKind.ModuleError)]
    [InlineData("try { " + Refused + " } catch (e) { throw new Error('Execute query failed: ' + e.message); }", ScriptFailureKind.ModuleError)]
    [InlineData("try { " + Refused + " } catch (e) { throw new Error('Wrong password'); }", ScriptFailureKind.ModuleError)]
    [InlineData("require('bcrypt').compareSync(password, null);", ScriptFailureKind.ModuleError)]
    [InlineData("throw new TemporaryError();", ScriptFailureKind.TemporaryError)]
    [InlineData("throw new Error('x', { cause: new TemporaryError() });", ScriptFailureKind.TemporaryError)]
    [InlineData("throw new PlaceholderError();", ScriptFailureKind.Placeholder)]
    [InlineData("throw new ValidationError('x', 'y');", ScriptFailureKind.ScriptError)]
    [InlineData("pasword;", ScriptFailureKind.ScriptError)]
    [InlineData("null.x;", ScriptFailureKind.ScriptError)]
    [InlineData("new Array(-1);", ScriptFailureKind.ScriptError)]
    [InlineData("JSON.parse('{');", ScriptFailureKind.ScriptError)]
    [InlineData("decodeURIComponent('%');", ScriptFailureKind.ScriptError)]
    [InlineData("require('nothing-like-it');", ScriptFailureKind.UnknownModule)]
    [InlineData("try { require('nothing-like-it'); } catch (e) { throw new Error('wrapped', { cause: e }); }", ScriptFailureKind.UnknownModule)]
    [InlineData("return 5;", ScriptFailureKind.BadAnswer)]
    [InlineData("return true;", ScriptFailureKind.BadAnswer)]
    [InlineData("return [];", ScriptFailureKind.BadAnswer)]
    [InlineData("return () => {};", ScriptFailureKind.BadAnswer)]
    [InlineData("await new Promise(() => {});", ScriptFailureKind.NoAnswer)]
    public async Task ReadLogin_NobodyKnows_IsFailed(string body, ScriptFailureKind kind) =>
        Assert.Equal(kind, Assert.IsType<LoginOutcome.Failed>(await LoginAsync(body)).Failure.Kind);

    [Fact]
    public async Task ReadLogin_RefusedConnection_TellsTheAdministratorWhatToChange()
    {
        var failed = Assert.IsType<LoginOutcome.Failed>(await LoginAsync($"\n  {Refused};"));

        Assert.Equal(
            "A module call failed: connect ECONNREFUSED 127.0.0.1:1. Is the legacy database running, and are host and port right?",
            failed.Failure.Message);
        Assert.Equal(new ScriptPosition(2, 64), failed.Failure.Position);
        Assert.Equal("at login (script.js:2:64)", failed.Failure.Stack);
    }

    [Fact]
    public async Task ReadSearch_ExplicitNull_IsNotFound() => Assert.IsType<SearchOutcome.NotFound>(await SearchAsync("return null;"));

    [Fact]
    public async Task ReadSearch_BlockedProfile_IsFound() =>
        Assert.True(Assert.IsType<SearchOutcome.Found>(await SearchAsync("return { id: '1', username: 'ada', blocked: true };")).Profile.Blocked);

    [Theory]
    [InlineData("", ScriptFailureKind.BadAnswer)]
    [InlineData("return undefined;", ScriptFailureKind.BadAnswer)]
    [InlineData("return NaN;", ScriptFailureKind.BadAnswer)]
    [InlineData("return false;", ScriptFailureKind.BadAnswer)]
    [InlineData("return '';", ScriptFailureKind.BadAnswer)]
    [InlineData("return [];", ScriptFailureKind.BadAnswer)]
    [InlineData("throw null;", ScriptFailureKind.ScriptError)]
    [InlineData("throw new Error('not found');", ScriptFailureKind.ScriptError)]
    [InlineData("throw new UserNotFoundError();", ScriptFailureKind.ScriptError)]
    [InlineData("throw new WrongPasswordError();", ScriptFailureKind.ScriptError)]
    [InlineData("throw new TemporaryError();", ScriptFailureKind.TemporaryError)]
    [InlineData("await null;" + Refused + ";", ScriptFailureKind.ModuleError)]
    public async Task ReadSearch_AnythingElse_IsFailedAndLetsNobodyRegister(string body, ScriptFailureKind kind) =>
        Assert.Equal(kind, Assert.IsType<SearchOutcome.Failed>(await SearchAsync(body)).Failure.Kind);

    [Fact]
    public async Task ReadSearch_ProfileOfNobody_IsInvalid() =>
        Assert.NotEmpty(Assert.IsType<SearchOutcome.Invalid>(await SearchAsync("return { id: 1 };")).Problems);

    [Theory]
    [InlineData("return 0;", 0)]
    [InlineData("return 12345678901;", 12345678901)]
    [InlineData("return '42';", 42)]
    public async Task ReadCount_WholeNumber_IsCounted(string body, long expected) =>
        Assert.Equal(new CountOutcome.Counted(expected), await CountAsync(body));

    [Theory]
    [InlineData("return -1;", ScriptFailureKind.BadAnswer)]
    [InlineData("return 1.5;", ScriptFailureKind.BadAnswer)]
    [InlineData("return 1e300;", ScriptFailureKind.BadAnswer)]
    [InlineData("return '1 234';", ScriptFailureKind.BadAnswer)]
    [InlineData("return null;", ScriptFailureKind.BadAnswer)]
    [InlineData("return { count: 1 };", ScriptFailureKind.BadAnswer)]
    [InlineData("", ScriptFailureKind.BadAnswer)]
    [InlineData("throw new Error('x');", ScriptFailureKind.ScriptError)]
    public async Task ReadCount_AnythingElse_IsFailed(string body, ScriptFailureKind kind) =>
        Assert.Equal(kind, Assert.IsType<CountOutcome.Failed>(await CountAsync(body)).Failure.Kind);

    [Theory]
    [InlineData("{")]
    [InlineData("{\"id\":\"\\ud800\",\"email\":\"a@b.c\"}")]
    [InlineData("{\"id\":1,\"email\":\"a@b.c\",\"x\":{\"y\":1,\"y\":2}}")]
    public void Read_AnswerThatIsNoJson_IsABadAnswer(string json)
    {
        var result = new ScriptRunResult(new ScriptCompletion.Answered(json), [], [], TimeSpan.Zero);

        Assert.Equal(ScriptFailureKind.BadAnswer, Assert.IsType<LoginOutcome.Failed>(host.Contract.ReadLogin(result)).Failure.Kind);
        Assert.Equal(ScriptFailureKind.BadAnswer, Assert.IsType<SearchOutcome.Failed>(host.Contract.ReadSearch(result)).Failure.Kind);
        Assert.Equal(ScriptFailureKind.BadAnswer, Assert.IsType<CountOutcome.Failed>(host.Contract.ReadCount(result)).Failure.Kind);
    }

    private static ScriptRunRequest Allowing(ScriptRunRequest request) => request with { Access = new LegacyAccess(["127.0.0.1:1"], null, []) };

    private async Task<LoginOutcome> LoginAsync(string body) => host.Contract.ReadLogin(await host.RunBodyAsync(body, Allowing));

    private async Task<SearchOutcome> SearchAsync(string body) =>
        host.Contract.ReadSearch(await host.Runner.RunAsync(Allowing(host.Search($"async function searchUser(query, context) {{ {body} }}"))));

    private async Task<CountOutcome> CountAsync(string body) =>
        host.Contract.ReadCount(await host.Runner.RunAsync(host.Count($"async function countUsers(context) {{ {body} }}")));

    private sealed class ProfileComparer : IEqualityComparer<LegacyProfile>
    {
        // Records compare lists by reference; these have none that matters.
        public bool Equals(LegacyProfile? x, LegacyProfile? y) => (x! with { Roles = [] }).ToString() == (y! with { Roles = [] }).ToString();

        public int GetHashCode(LegacyProfile obj) => obj.Id.GetHashCode(StringComparison.Ordinal);
    }
}
