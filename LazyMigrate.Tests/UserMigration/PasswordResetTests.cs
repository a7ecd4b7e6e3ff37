using System.Text.Json;
using System.Text.RegularExpressions;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration.Reset;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Who is mailed, and whom the link moves, on SQLite.</summary>
public sealed class SqlitePasswordResetTests : PasswordResetTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);
}

/// <summary>The same on PostgreSQL.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresPasswordResetTests(PostgresServer server) : PasswordResetTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);
}

public abstract partial class PasswordResetTests
{
    private const string Email = "ada@example.org";
    private const string NewPassword = "A brand new 1";

    private readonly TestMailbox _mailbox = new();

    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    [SkippableFact]
    public async Task Unmoved_ByUserName_IsMailedToTheLegacyAddress_AndMovedWithTheNewPassword()
    {
        await using var database = await StageAsync();
        database.Runner.Knows(new Dictionary<string, string> { ["ada"] = Profile("42", Email, username: "ada") });

        var ticket = await AskAsync(database, "Ada");
        Assert.Equal(Email, Assert.Single(_mailbox.Letters).To);
        Assert.IsType<PasswordResetOutcome.Reset>(await ResetAsync(database, ticket!));

        var user = await database.ReadAsync(context => context.Users.SingleAsync());
        Assert.Equal(("42", UserOrigin.Migrated, true, false), (user.LegacyId, user.Origin, user.EmailConfirmed, user.MustChangePassword));
        Assert.False((await TestSignIns.LogInAsync(database, "ada", Password)).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(database, "ada", NewPassword)).Succeeded);
        Assert.DoesNotContain(database.Runner.Requests, request => request.Kind == ScriptKind.Login);
        var kinds = await KindsAsync(database);
        Assert.All([ActivityKinds.PasswordResetMailed, ActivityKinds.UserMigrated, ActivityKinds.PasswordReset], kind => Assert.Single(kinds, kind));
    }

    [SkippableFact]
    public async Task Unmoved_ProfileIsTakenAtThatMoment()
    {
        await using var database = await StageAsync();
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        var ticket = await AskAsync(database, Email);

        database.Runner.Answer(ScriptKind.SearchUser, JsonSerializer.Serialize(new { id = "42", email = Email, name = "Ada King" }));
        Assert.IsType<PasswordResetOutcome.Reset>(await ResetAsync(database, ticket!));

        Assert.Equal("Ada King", (await database.ReadAsync(context => context.Users.SingleAsync())).Name);
    }

    [SkippableTheory]
    [InlineData("""{ "id": "43", "email": "ada@example.org" }""")]
    [InlineData("""{ "id": "42", "email": "other@example.org" }""")]
    [InlineData("""{ "id": "42", "email": "ada@example.org", "blocked": true }""")]
    [InlineData("null")]
    public async Task Unmoved_NoLongerTheSamePerson_IsNotMoved(string profile)
    {
        await using var database = await StageAsync();
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        var ticket = await AskAsync(database, Email);
        database.Runner.Answer(ScriptKind.SearchUser, profile);

        Assert.IsType<PasswordResetOutcome.LinkInvalid>(await ResetAsync(database, ticket!));

        Assert.Equal(0, await database.ReadAsync(context => context.Users.CountAsync()));
    }

    [SkippableFact]
    public async Task Unmoved_FollowedTwiceAtOnce_IsMovedOnce()
    {
        await using var database = await StageAsync();
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        var ticket = await AskAsync(database, Email);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Task.Run(() => ResetAsync(database, ticket!, $"{NewPassword} {number}"))));

        Assert.Single(outcomes.OfType<PasswordResetOutcome.Reset>());
        Assert.Equal(4, outcomes.OfType<PasswordResetOutcome.LinkInvalid>().Count());
        Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync()));
    }

    [SkippableFact]
    public async Task Unmoved_ConflictOrTombstone_IsNotMoved()
    {
        await using var database = await StageAsync();
        var custom = await database.ReadAsync(context => context.CustomDatabases.SingleAsync());
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email, username: "ada") });
        var ticket = await AskAsync(database, Email);

        await database.AddAsync(new AppUser { UserName = "ada", NormalizedUserName = "ada" });
        Assert.IsType<PasswordResetOutcome.LinkInvalid>(await ResetAsync(database, ticket!));
        Assert.Contains(ActivityKinds.MigrationConflict, await KindsAsync(database));

        await using (var context = await database.Contexts.CreateDbContextAsync())
        {
            await context.Users.ExecuteDeleteAsync();
        }

        await database.AddAsync(new Tombstone { CustomDatabaseId = custom.Id, LegacyId = "42", DeletedAt = database.Time.GetUtcNow() });
        Assert.IsType<PasswordResetOutcome.LinkInvalid>(await ResetAsync(database, ticket!));
        Assert.Equal(0, await database.ReadAsync(context => context.Users.CountAsync()));
    }

    /// <summary>The old password would have led to the code; a new one must not lead past it.</summary>
    [SkippableFact]
    public async Task Unmoved_WherePeopleHaveSecondFactors_AProfileThatNamesNone_MovesNobody()
    {
        await using var database = await StageAsync();
        var people = new Dictionary<string, string> { [Email] = Profile("42", Email), ["bob@example.org"] = Profile("43", "bob@example.org") };
        database.Runner.Knows(people);
        var early = (await AskAsync(database, "bob@example.org"))!;

        // Somebody else logs in, and has one.
        database.Runner.Answer(ScriptKind.Login, WithFactors("7", "eve@example.org", """[{ "totp": { "secret": "JBSWY3DPEHPK3PXP" } }]"""));
        Assert.True((await TestSignIns.LogInAsync(database, "eve@example.org", Password)).RequiresTwoFactor);

        Assert.IsType<PasswordResetOutcome.LinkInvalid>(await ResetAsync(database, early));
        Assert.Null(await AskAsync(database, Email));
        Assert.Equal("eve@example.org", (await database.ReadAsync(context => context.Users.SingleAsync())).Email);
        var told = await database.ReadAsync(context => context.ActivityEvents.Where(item => item.Outcome == "Invalid").OrderBy(item => item.Id).ToListAsync());
        Assert.Equal([ActivityKinds.LegacyProfileInvalid, ActivityKinds.PasswordResetNotMailed], told.Select(item => item.Kind));
        Assert.All(told, item => Assert.Contains("let it return `mfa_factors`", item.Detail, StringComparison.Ordinal));

        // Whoever is said to have none is moved, and whoever has one keeps it.
        people["bob@example.org"] = WithFactors("43", "bob@example.org", "[]");
        people[Email] = WithFactors("42", Email, """[{ "totp": { "secret": "JBSWY3DPEHPK3PXP" } }]""");
        Assert.IsType<PasswordResetOutcome.Reset>(await ResetAsync(database, early));
        Assert.True((await TestSignIns.LogInAsync(database, "bob@example.org", NewPassword)).Succeeded);
        Assert.IsType<PasswordResetOutcome.Reset>(await ResetAsync(database, (await AskAsync(database, Email))!));
        Assert.True((await TestSignIns.LogInAsync(database, Email, NewPassword)).RequiresTwoFactor);
    }

    [SkippableFact]
    public async Task Unmoved_ATestRunThatReturnsASecret_IsEnoughToKnow()
    {
        await using var database = await StageAsync();
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        database.Runner.Answer(ScriptKind.Login, WithFactors("7", "eve@example.org", """[{ "totp": { "secret": "JBSWY3DPEHPK3PXP" } }]"""));

        Assert.True((await database.Get<Core.UserMigration.ScriptTester>().RunAsync(ScriptKind.Login, LoginSource, new("eve@example.org", Password))).IsSuccess);

        Assert.Null(await AskAsync(database, Email));
    }

    /// <summary>Each way a script says that somebody has a secret, though one that cannot be read.</summary>
    [SkippableTheory]
    [InlineData("log-in")]
    [InlineData("test run")]
    [InlineData("forgotten password")]
    public async Task Unmoved_ASecretThatCannotBeRead_IsEnoughToKnow_Too(string way)
    {
        await using var database = await StageAsync();
        var unreadable = WithFactors("7", "eve@example.org", """[{ "totp": { "secret": "not base 32!" } }]""");
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email), ["eve@example.org"] = unreadable });
        switch (way)
        {
            case "log-in":
                Assert.False((await TestSignIns.LogInAsync(database, "eve@example.org", Password)).Succeeded);
                break;
            case "test run":
                Assert.False((await database.Get<Core.UserMigration.ScriptTester>().RunAsync(ScriptKind.Login, LoginSource, new("eve@example.org", Password))).IsSuccess);
                break;
            default:
                Assert.Null(await AskAsync(database, "eve@example.org"));
                break;
        }

        Assert.Null(await AskAsync(database, Email));
        Assert.True((await database.ReadAsync(context => context.CustomDatabases.SingleAsync())).SecondFactorsSeen);
    }

    /// <summary>An administrator has linked them, and they have not logged in since: their second factor is still over there.</summary>
    [SkippableFact]
    public async Task Local_WithoutPasswordYet_WherePeopleHaveSecondFactors_IsNotMailed()
    {
        await using var database = await StageAsync();
        var custom = await database.ReadAsync(context => context.CustomDatabases.SingleAsync());
        await database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.CreatedByAdmin, CustomDatabaseId = custom.Id, LegacyId = "42" });
        var early = (await AskAsync(database, Email))!;
        await database.Get<CustomDatabaseManager>().NoteSecondFactorsAsync(custom.Id);

        Assert.Null(await AskAsync(database, Email));
        Assert.IsType<PasswordResetOutcome.LinkInvalid>(await ResetAsync(database, early));

        Assert.Null((await database.ReadAsync(context => context.Users.SingleAsync())).PasswordHash);
        Assert.Equal("SecondFactor", (await database.ReadAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.PasswordResetNotMailed))).Outcome);
    }

    /// <summary>Whoever reads the mail need not be who registered with the address.</summary>
    [SkippableFact]
    public async Task Local_RegisteredAndNeverConfirmed_TheOwnerGetsAnAccountOfTheirOwn()
    {
        await using var database = await StageAsync();
        var stranger = new AppUser { Email = Email, NormalizedEmail = Email, Name = "Stranger", UserName = "stranger", NormalizedUserName = "stranger" };
        await database.AddAsync(stranger, new Microsoft.AspNetCore.Identity.IdentityUserClaim<Guid> { UserId = stranger.Id, ClaimType = "level", ClaimValue = "9" });
        var ticket = (await AskAsync(database, "stranger"))!;

        Assert.IsType<PasswordResetOutcome.Reset>(await ResetAsync(database, ticket));

        var user = await database.ReadAsync(context => context.Users.SingleAsync());
        Assert.Equal((Email, true, null, null), (user.NormalizedEmail, user.EmailConfirmed, user.Name, user.UserName));
        Assert.NotEqual(stranger.Id, user.Id);
        Assert.Equal(0, await database.ReadAsync(context => context.UserClaims.CountAsync()));
        Assert.True((await TestSignIns.LogInAsync(database, Email, NewPassword)).Succeeded);
        Assert.IsType<PasswordResetOutcome.LinkInvalid>(await ResetAsync(database, ticket));
    }

    [SkippableFact]
    public async Task Local_Confirmed_KeepsTheAccount()
    {
        await using var database = await StageAsync();
        var user = new AppUser { Email = Email, NormalizedEmail = Email, EmailConfirmed = true, Name = "Ada" };
        await database.AddAsync(user);

        Assert.IsType<PasswordResetOutcome.Reset>(await ResetAsync(database, (await AskAsync(database, Email))!));

        var stored = await database.ReadAsync(context => context.Users.SingleAsync());
        Assert.Equal((user.Id, "Ada"), (stored.Id, stored.Name));
    }

    /// <summary>Only an administrator lifts a lockout that one has set.</summary>
    [SkippableFact]
    public async Task Local_LockedOut_StaysSo()
    {
        await using var database = await StageAsync();
        var until = database.Time.GetUtcNow().AddYears(1);
        await database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email, LockoutEnd = until });

        Assert.IsType<PasswordResetOutcome.Reset>(await ResetAsync(database, (await AskAsync(database, Email))!));

        Assert.False((await TestSignIns.LogInAsync(database, Email, NewPassword)).Succeeded);
        Assert.Equal(until, (await database.ReadAsync(context => context.Users.SingleAsync())).LockoutEnd);
    }

    [SkippableFact]
    public async Task Unmoved_UserMigratedIsToldOfAMoveByMail_Too()
    {
        await using var database = await StageAsync();
        await database.Get<DatabaseScriptManager>().PublishAsync(ScriptKind.UserMigrated, "async function userMigrated() {}", null, null, ActivityActor.System);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        database.Runner.Answer(ScriptKind.UserMigrated, json: null);
        await ResetAsync(database, (await AskAsync(database, Email))!);

        await database.Get<OutboxWorker>().RunDueAsync(default);

        Assert.Single(database.Runner.Requests, request => request.Kind == ScriptKind.UserMigrated);
    }

    [SkippableFact]
    public async Task NobodyToMail_IsToldToTheAdministratorOnly()
    {
        await using var database = await StageAsync();
        database.Runner.Knows(new Dictionary<string, string>
        {
            ["blocked"] = Profile("1", Email, username: "blocked", blocked: true),
            ["noaddress"] = Profile("2", username: "noaddress"),
        });
        await database.AddAsync(
            new AppUser { UserName = "local", NormalizedUserName = "local" },
            new AppUser { UserName = "disabled", NormalizedUserName = "disabled", Email = "x@example.org", NormalizedEmail = "x@example.org", IsDisabled = true },
            new Tombstone { NormalizedUserName = "deleted", DeletedAt = database.Time.GetUtcNow() });

        foreach (var identifier in new[] { "blocked", "noaddress", "local", "disabled", "deleted", "nobody" })
        {
            Assert.Null(await AskAsync(database, identifier));
        }

        database.Runner.Fail(ScriptKind.SearchUser, ScriptFailureKind.ModuleError);
        Assert.Null(await AskAsync(database, "ada"));
        Assert.Empty(_mailbox.Letters);
        Assert.Equal(0, await database.ReadAsync(context => context.OutboxMessages.CountAsync()));
        var words = await database.ReadAsync(context => context.ActivityEvents
            .Where(item => item.Kind == ActivityKinds.PasswordResetNotMailed)
            .ToDictionaryAsync(item => item.SubjectName!, item => item.Outcome));
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["blocked"] = "Blocked",
                ["noaddress"] = "NoEmail",
                ["local"] = "NoEmail",
                ["disabled"] = "Disabled",
                ["deleted"] = "Deleted",
                ["nobody"] = "NoSuchUser",
                ["ada"] = "ModuleError",
            },
            words);
    }

    [SkippableTheory]
    [InlineData(MigrationMode.Off)]
    [InlineData(MigrationMode.Frozen)]
    public async Task Unmoved_NobodyIsMovedNow_NoMail(MigrationMode mode)
    {
        await using var database = await StageAsync(mode);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });

        Assert.Null(await AskAsync(database, Email));
        Assert.Empty(database.Runner.Requests);
    }

    [SkippableFact]
    public async Task NoMailServer_AdministratorIsTold()
    {
        await using var database = await CreateAsync(new TestSignIns().AddTo);

        await AskAsync(database, Email);

        var told = await database.ReadAsync(context => context.ActivityEvents.SingleAsync());
        Assert.Equal((ActivityKinds.PasswordResetNotMailed, "NoMailServer"), (told.Kind, told.Outcome));
    }

    [SkippableFact]
    public async Task Link_IsGoodForAnHour()
    {
        await using var database = await StageAsync();
        await database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email });
        var ticket = await AskAsync(database, Email);

        database.Time.Advance(TimeSpan.FromHours(1));

        Assert.IsType<PasswordResetOutcome.LinkInvalid>(await ResetAsync(database, ticket!));
    }

    [SkippableFact]
    public async Task Local_FollowedTwiceAtOnce_OnePasswordCounts()
    {
        await using var database = await StageAsync();
        await database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email });
        var ticket = await AskAsync(database, Email);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Task.Run(() => ResetAsync(database, ticket!, $"{NewPassword} {number}"))));

        Assert.Single(outcomes.OfType<PasswordResetOutcome.Reset>());
    }

    private static string WithFactors(string id, string email, string factors) => $$"""{ "id": "{{id}}", "email": "{{email}}", "mfa_factors": {{factors}} }""";

    private static async Task<List<string>> KindsAsync(TestDatabase database) =>
        await database.ReadAsync(context => context.ActivityEvents.OrderBy(item => item.Time).ThenBy(item => item.Id).Select(item => item.Kind).ToListAsync());

    private static async Task<PasswordResetOutcome> ResetAsync(TestDatabase database, string ticket, string password = NewPassword)
    {
        await using var scope = database.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<PasswordReset>().ResetAsync(ticket, password);
    }

    private async Task<TestDatabase> StageAsync(MigrationMode mode = MigrationMode.LazyMigration)
    {
        var database = await CreateAsync(services =>
        {
            new TestSignIns().AddTo(services);
            _mailbox.AddTo(services);
        });
        await database.AddCustomDatabaseAsync(mode);
        return database;
    }

    /// <returns>The ticket in the mail, or null when none came.</returns>
    private async Task<string?> AskAsync(TestDatabase database, string identifier)
    {
        var before = _mailbox.Letters.Count;
        await using var scope = database.CreateScope();
        await scope.ServiceProvider.GetRequiredService<PasswordForgotten>().AskAsync(identifier, default);
        await database.Get<OutboxWorker>().RunDueAsync(default);
        return _mailbox.Letters.Count > before ? Ticket().Match(_mailbox.Letters[^1].Link!).Groups[1].Value : null;
    }

    [GeneratedRegex(@"\?ticket=(\S+)")]
    private static partial Regex Ticket();
}
