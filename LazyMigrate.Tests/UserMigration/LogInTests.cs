using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Log-in, row by row of docs/flows.md.</summary>
public sealed class LogInTests : IAsyncLifetime
{
    private const string Email = "ada@example.org";

    private readonly TestSignIns _signIns = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(_signIns.AddTo);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Row2_KnownHereRightPassword_SignsInWithoutScript()
    {
        await MoveAsync();
        var runs = _database.Runner.Requests.Count;

        var result = await TestSignIns.LogInAsync(_database, "  ADA@Example.ORG ", Password);

        Assert.True(result.Succeeded);
        Assert.Equal(runs, _database.Runner.Requests.Count);
    }

    [Fact]
    public async Task SignIn_OfAnyKind_NotesTheTime()
    {
        await MoveAsync();
        _database.Time.Advance(TimeSpan.FromHours(1));

        await TestSignIns.LogInAsync(_database, Email, Password);

        Assert.Equal(_database.Time.GetUtcNow(), Assert.Single(await UsersAsync()).LastLoginAt);
    }

    [Fact]
    public async Task Row2_LegacyDatabaseGone_MovedPersonStillLogsIn()
    {
        await MoveAsync();
        _database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.ModuleError);

        var result = await TestSignIns.LogInAsync(_database, Email, Password);

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Row3_KnownHereWrongPassword_RefusesWithoutScript()
    {
        await MoveAsync();
        var runs = _database.Runner.Requests.Count;

        var result = await TestSignIns.LogInAsync(_database, Email, "wrong");

        Assert.Equal(SignInResult.Failed, result);
        Assert.Equal(runs, _database.Runner.Requests.Count);
    }

    [Fact]
    public async Task Row3_PasswordChangedInLegacyAfterMove_OldOneStillCounts()
    {
        // The legacy database would accept only the new password now; it is not asked.
        await MoveAsync();
        _database.Runner.Answer(ScriptKind.Login, "null");

        Assert.True((await TestSignIns.LogInAsync(_database, Email, Password)).Succeeded);
    }

    [Fact]
    public async Task Row4_DisabledHere_SaysSoOnlyAfterTheRightPassword()
    {
        var user = await MoveAsync();
        await _database.ReadAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(update => update.SetProperty(row => row.IsDisabled, true)));

        var wrong = await TestSignIns.LogInAsync(_database, Email, "wrong");
        var right = await TestSignIns.LogInAsync(_database, Email, Password);

        Assert.Equal(SignInResult.Failed, wrong);
        Assert.Equal(SignInRefusal.Blocked, Assert.IsType<MigratingSignInResult>(right).Refusal);
        Assert.False(right.Succeeded);
    }

    [Theory]
    [InlineData(MigrationMode.Off, ActivityKinds.LoginRefused)]
    [InlineData(MigrationMode.Frozen, ActivityKinds.LoginLeftBehind)]
    public async Task Row6_NotMoving_RefusesWithoutScript(MigrationMode mode, string kind)
    {
        await _database.AddCustomDatabaseAsync(mode);

        var result = await TestSignIns.LogInAsync(_database, Email, Password);

        Assert.Equal(SignInResult.Failed, result);
        Assert.Empty(_database.Runner.Requests);
        Assert.Empty(await UsersAsync());
        Assert.Contains(await ActivityAsync(), item => item.Kind == kind && item.SubjectName == Email);
    }

    [Fact]
    public async Task Row6_NoCustomDatabase_Refuses()
    {
        Assert.Equal(SignInResult.Failed, await TestSignIns.LogInAsync(_database, Email, Password));
        Assert.Empty(_database.Runner.Requests);
    }

    [Fact]
    public async Task Row7_Accepted_StoresOriginLegacyIdTimeAndVersion()
    {
        var custom = await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email, "+4930901820", "ada.l") });

        var result = await TestSignIns.LogInAsync(_database, "Ada@example.org", Password);

        Assert.True(result.Succeeded);
        var user = Assert.Single(await UsersAsync());
        Assert.Equal(
            (UserOrigin.Migrated, custom.Id, "42", _database.Time.GetUtcNow(), Email, "+4930901820", "ada.l", "Ada Lovelace"),
            (user.Origin, user.CustomDatabaseId, user.LegacyId, user.MigratedAt, user.NormalizedEmail, user.NormalizedPhoneNumber, user.NormalizedUserName, user.Name));
        Assert.NotNull(user.MigratedByVersionId);
        Assert.False(user.EmailConfirmed);
        Assert.Equal(user.Id.ToString(), Assert.Single(_signIns.UserIds));
        var moved = Assert.Single(await ActivityAsync(), item => item.Kind == ActivityKinds.UserMigrated);
        Assert.Equal((user.Id, user.MigratedByVersionId), (moved.SubjectId, moved.ScriptVersionId));
    }

    [Theory]
    [InlineData("+49 30 901820", "+4930901820", null, "+4930901820", null)]
    [InlineData("Ada.L", "ada.l", null, null, "Ada.L")]
    public async Task Row7_ByPhoneOrUserName_Moves(string typed, string canonical, string? email, string? phone, string? username)
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string> { [canonical] = Profile("42", email, phone, username) });

        Assert.True((await TestSignIns.LogInAsync(_database, typed, Password)).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(_database, typed, Password)).Succeeded);
        Assert.Single(await UsersAsync());
    }

    [Fact]
    public async Task Row7_PasswordIsStoredHashed_NeverInActivity()
    {
        var user = await MoveAsync();

        Assert.DoesNotContain(Password, user.PasswordHash, StringComparison.Ordinal);
        Assert.All(await ActivityAsync(), item => Assert.DoesNotContain(Password, $"{item.Detail}{item.Outcome}{item.SubjectName}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ScriptErrorClass.UserNotFound)]
    [InlineData(ScriptErrorClass.WrongPassword)]
    public async Task Row8_Refused_StoresNothing(ScriptErrorClass errorClass)
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Throw(ScriptKind.Login, errorClass);

        var result = await TestSignIns.LogInAsync(_database, Email, Password);

        Assert.Equal(SignInResult.Failed, result);
        Assert.Empty(await UsersAsync());
        Assert.Empty(_signIns.UserIds);
    }

    [Fact]
    public async Task Row8_NoSuchUser_IsTheSameAnswerAsWrongPassword()
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });

        var unknown = await TestSignIns.LogInAsync(_database, "nobody@example.org", Password);
        var wrong = await TestSignIns.LogInAsync(_database, Email, "wrong");

        Assert.Same(unknown, wrong);
        Assert.Empty(await UsersAsync());
    }

    [Fact]
    public async Task Row9_BlockedProfile_SaysAskSupport_StoresNothing()
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email, blocked: true) });

        var result = await TestSignIns.LogInAsync(_database, Email, Password);

        Assert.Equal(SignInRefusal.Blocked, Assert.IsType<MigratingSignInResult>(result).Refusal);
        Assert.Empty(await UsersAsync());
        Assert.Contains(await ActivityAsync(), item => item.Kind == ActivityKinds.LoginBlocked);
    }

    [Theory]
    [InlineData(ScriptFailureKind.ModuleError)]
    [InlineData(ScriptFailureKind.TimeLimit)]
    [InlineData(ScriptFailureKind.MemoryLimit)]
    [InlineData(ScriptFailureKind.SyntaxError)]
    public async Task Row10_Failed_TryAgainLater_StoresNothing(ScriptFailureKind failure)
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Fail(ScriptKind.Login, failure);

        var result = await TestSignIns.LogInAsync(_database, Email, Password);

        Assert.Equal(SignInRefusal.TryAgainLater, Assert.IsType<MigratingSignInResult>(result).Refusal);
        Assert.False(result.Succeeded);
        Assert.Empty(await UsersAsync());
        Assert.Contains(await ActivityAsync(), item => item.Kind == ActivityKinds.LoginFailed && item.Outcome == failure.ToString());
    }

    [Fact]
    public async Task Row11_IdentifierBelongsToAnother_RefusesAndStealsNothing()
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        var owner = new AppUser { Email = "boss@example.org", NormalizedEmail = "boss@example.org", Origin = UserOrigin.Registered };
        await _database.AddAsync(owner);
        _database.Runner.Knows(new Dictionary<string, string> { ["ada.l"] = Profile("42", "boss@example.org", username: "ada.l") });

        var result = await TestSignIns.LogInAsync(_database, "ada.l", Password);

        Assert.Equal(SignInResult.Failed, result);
        Assert.Equal(owner.Id, Assert.Single(await UsersAsync()).Id);
        Assert.Contains(await ActivityAsync(), item => item.Kind == ActivityKinds.MigrationConflict && item.SubjectId == owner.Id);
    }

    [Fact]
    public async Task Row11_LegacyIdMovedUnderAnotherAddress_MakesNoTwin()
    {
        await MoveAsync();
        _database.Runner.Knows(new Dictionary<string, string> { ["second@example.org"] = Profile("42", "second@example.org") });

        Assert.Equal(SignInResult.Failed, await TestSignIns.LogInAsync(_database, "second@example.org", Password));
        Assert.Single(await UsersAsync());
    }

    [Theory]
    [InlineData("other@example.org")]
    [InlineData(null)]
    public async Task Row12_ProfileOfSomebodyElse_IsInvalid(string? returnedEmail)
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", returnedEmail, username: "ada.l") });

        Assert.Equal(SignInResult.Failed, await TestSignIns.LogInAsync(_database, Email, Password));
        Assert.Empty(await UsersAsync());
        Assert.Contains(await ActivityAsync(), item => item.Kind == ActivityKinds.LegacyProfileInvalid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a@b@c")]
    [InlineData("ada\u200B@example.org")]
    [InlineData("\u202Eada")]
    public async Task UnusableIdentifier_RefusesWithoutScript(string typed)
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);

        Assert.Equal(SignInResult.Failed, await TestSignIns.LogInAsync(_database, typed, Password));
        Assert.Empty(_database.Runner.Requests);
    }

    [Fact]
    public async Task OldHashParameters_AreUpgradedAtLogIn()
    {
        var user = await MoveAsync();
        var old = new PasswordHasher<AppUser>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(user, Password);
        await _database.ReadAsync(context => context.Users.ExecuteUpdateAsync(update => update.SetProperty(row => row.PasswordHash, old)));

        Assert.True((await TestSignIns.LogInAsync(_database, Email, Password)).Succeeded);

        Assert.NotEqual(old, Assert.Single(await UsersAsync()).PasswordHash);
    }

    [Fact]
    public async Task Throttle_ManyWrongPasswords_LocksAndStaysSilent()
    {
        await MoveAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.Equal(SignInResult.Failed, await TestSignIns.LogInAsync(_database, Email, "wrong"));
        }

        Assert.Equal(SignInRefusal.TooManyAttempts, Assert.IsType<MigratingSignInResult>(await TestSignIns.LogInAsync(_database, Email, Password)).Refusal);
    }

    private async Task<AppUser> MoveAsync()
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        Assert.True((await TestSignIns.LogInAsync(_database, Email, Password)).Succeeded);
        return Assert.Single(await UsersAsync());
    }

    private Task<List<AppUser>> UsersAsync() => _database.ReadAsync(context => context.Users.AsNoTracking().ToListAsync());

    private Task<List<ActivityEvent>> ActivityAsync() => _database.ReadAsync(context => context.ActivityEvents.AsNoTracking().ToListAsync());
}
