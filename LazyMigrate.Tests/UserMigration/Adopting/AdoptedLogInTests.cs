using System.Net;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.UserMigration.Adopting;

/// <summary>The table "Log in" of docs/flows.md, as far as an application has its rows.</summary>
public sealed class SqliteAdoptedLogInTests : AdoptedLogInTests
{
    protected override IAdoptedAppKind Kind { get; } = new SqliteAppKind();
}

/// <summary>The same on PostgreSQL, and with other keys.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresAdoptedLogInTests(PostgresServer server) : AdoptedLogInTests
{
    protected override IAdoptedAppKind Kind { get; } = new PostgresAppKind(server);
}

public abstract class AdoptedLogInTests
{
    private const string Ada = "ada@example.org";
    private const string Password = AdoptedLegacy.Password;
    private const string NewPassword = "Passw0rd!";

    protected abstract IAdoptedAppKind Kind { get; }

    [SkippableFact]
    public async Task FirstLogIn_RightPassword_MovesOnce_AndTheLegacyDatabaseIsNeededNoMore()
    {
        await using var app = await Kind.StartAsync();

        var first = await app.LogInAsync(Ada, Password);
        Assert.NotNull(first.AccessToken);
        await app.Legacy.BreakAsync();

        Assert.NotNull((await app.LogInAsync(Ada, Password)).AccessToken);
        Assert.NotNull((await app.LogInAsync("ADA@example.org", Password)).AccessToken);
        Assert.Equal("Failed", (await app.LogInAsync(Ada, "wrong")).Detail);
        var user = Assert.Single(await app.UsersAsync());
        Assert.Equal(("ada@example.org", "Ada@example.org", true), (user.UserName, user.Email, user.EmailConfirmed));
        Assert.Equal(["legacy:shop/1"], user.Links);
        var moved = Assert.Single(await app.ReadOwnAsync(context => context.ActivityEvents.Where(item => item.Kind == ActivityKinds.UserMigrated).ToListAsync()));
        Assert.Equal(user.Id, moved.SubjectId.ToString());
        Assert.Contains("scripts run in this process", app.Lines.All, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task FirstLogIn_WithCookies_SetsOne_AndOneOfAWrongPasswordDoesNot()
    {
        await using var app = await Kind.StartAsync();

        Assert.False((await app.LogInAsync(Ada, "wrong", "?useCookies=true")).HasCookie);
        var answer = await app.LogInAsync(Ada, Password, "?useCookies=true");

        Assert.True(answer is { IsOk: true, HasCookie: true });
    }

    [SkippableFact]
    public async Task ByUserName_Moves_AndTheAddressWorksFromThenOn()
    {
        await using var app = await Kind.StartAsync();

        Assert.True((await app.LogInAsync("Grace", Password)).IsOk);
        await app.Legacy.BreakAsync();

        Assert.True((await app.LogInAsync("grace", Password)).IsOk);
        Assert.True((await app.LogInAsync("grace@example.org", Password)).IsOk);
        Assert.Equal("grace", Assert.Single(await app.UsersAsync()).UserName);
    }

    [SkippableFact]
    public async Task MovedByAddress_ThenByUserName_IsTheSamePerson_AndThePasswordHereCounts()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.LogInAsync("grace@example.org", Password)).IsOk);

        Assert.True((await app.LogInAsync("grace", Password)).IsOk);
        var changed = await app.WithAsync<IServiceProvider, bool>(services => ChangePasswordAsync(services, "grace@example.org"));

        Assert.True(changed);
        Assert.Equal("Failed", (await app.LogInAsync("grace", Password)).Detail);
        Assert.Single(await app.UsersAsync());
    }

    [SkippableFact]
    public async Task WrongUnknownInjectedAndWronglyBlocked_AreOneAnswer_AndMoveNobody()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.RegisterAsync("here@example.org", NewPassword)).IsOk);

        AdoptedAnswer[] answers =
        [
            await app.LogInAsync("here@example.org", "wrong"),
            await app.LogInAsync(Ada, "wrong"),
            await app.LogInAsync("nobody@example.org", Password),
            await app.LogInAsync("mallory@example.org", "wrong"),
            await app.LogInAsync("x' OR '1'='1", Password),
            await app.LogInAsync("\u202eada", Password),
            await app.LogInAsync(Ada, new string('x', 5000)),
            await app.LogInAsync("", ""),
        ];

        Assert.All(answers, answer => Assert.Equal(answers[0].Comparable, answer.Comparable));
        Assert.Equal((HttpStatusCode.Unauthorized, "Failed"), (answers[0].Status, answers[0].Detail));
        Assert.Single(await app.UsersAsync());
    }

    [SkippableFact]
    public async Task Blocked_RightPassword_IsNotAllowed()
    {
        await using var app = await Kind.StartAsync();

        Assert.Equal("NotAllowed", (await app.LogInAsync("mallory@example.org", Password)).Detail);
        Assert.Empty(await app.UsersAsync());
    }

    [SkippableFact]
    public async Task LegacyDatabaseBroken_SaysTryAgainLaterToEverybodyRefused_AndHarmsNobodyHere()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.RegisterAsync("here@example.org", NewPassword)).IsOk);
        await app.Legacy.BreakAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, "TryAgainLater"), ((await app.LogInAsync(Ada, Password)) is var refused ? refused.Status : default, refused.Detail));
        Assert.Equal("TryAgainLater", (await app.LogInAsync("here@example.org", "wrong")).Detail);
        Assert.True((await app.LogInAsync("here@example.org", NewPassword)).IsOk);
        Assert.Single(await app.UsersAsync());

        await app.Legacy.MendAsync();
        Assert.True((await app.LogInAsync(Ada, Password)).IsOk);
    }

    [SkippableFact]
    public async Task Conflict_AddressOfSomebodyHere_IsRefused_AndNothingIsTaken()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.RegisterAsync("here@example.org", NewPassword)).IsOk);
        await app.Legacy.ExecuteAsync("UPDATE users SET email = 'here@example.org' WHERE username = 'grace'");

        Assert.Equal("Failed", (await app.LogInAsync("grace", Password)).Detail);
        Assert.Equal("Failed", (await app.LogInAsync("here@example.org", Password)).Detail);

        Assert.Equal("here@example.org", Assert.Single(await app.UsersAsync()).UserName);
        var conflict = await app.ReadOwnAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.MigrationConflict));
        Assert.Contains("email", conflict.Detail, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Profile_OfAnotherIdentifier_IsInvalid()
    {
        await using var app = await Kind.StartAsync(prepare: legacy => legacy.WriteScript(
            "login.js",
            "async function login(query, password) { return { id: 1, email: 'somebody.else@example.org' }; }"));

        Assert.Equal("Failed", (await app.LogInAsync(Ada, Password)).Detail);
        Assert.Empty(await app.UsersAsync());
    }

    [SkippableFact]
    public async Task Profile_WithFieldsOfIdentity_SetsNoneOfThem()
    {
        await using var app = await Kind.StartAsync(prepare: legacy => legacy.WriteScript(
            "login.js",
            """
            async function login(query, password) {
              return { id: 'x', email: query.email, emailVerified: false, EmailConfirmed: true, Id: '1', SecurityStamp: 'mine', PasswordHash: 'AAAA', passwordHash: 'AAAA',
                UserName: 'admin', userName: 'admin', NormalizedUserName: 'ADMIN', TwoFactorEnabled: true, LockoutEnabled: false, roles: ['admin'], AccessFailedCount: -5 };
            }
            """));

        Assert.True((await app.LogInAsync(Ada, Password)).IsOk);

        var user = Assert.Single(await app.UsersAsync());
        Assert.Equal((Ada, false), (user.UserName, user.EmailConfirmed));
        Assert.Equal(["legacy:shop/x"], user.Links);
        Assert.NotEqual("1", user.Id);
        Assert.True((await app.LogInAsync(Ada, Password)).IsOk);
    }

    [SkippableFact]
    public async Task AddressThatTheApplicationsRulesRefuse_IsRefusedWithTheReasonInTheLog_UntilTheyAllowIt()
    {
        await using var app = await Kind.StartAsync();

        Assert.Equal("Failed", (await app.LogInAsync("o'hara@example.org", Password)).Detail);

        Assert.Empty(await app.UsersAsync());
        Assert.Contains("InvalidUserName", app.Lines.All, StringComparison.Ordinal);
        Assert.Equal("Refused", await app.ReadOwnAsync(context => context.ActivityEvents.Where(item => item.Kind == ActivityKinds.LegacyProfileInvalid).Select(item => item.Outcome).SingleAsync()));
        app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<IdentityOptions>>().Value.User.AllowedUserNameCharacters += "'";
        Assert.True((await app.LogInAsync("o'hara@example.org", Password)).IsOk);
    }

    [SkippableFact]
    public async Task LegacyId_LongerThanTheKey_IsKnownAgain()
    {
        await using var app = await Kind.StartAsync(prepare: legacy => legacy.WriteScript(
            "login.js",
            "async function login(query, password) { return { id: 'k'.repeat(200), email: 'ada@example.org', username: 'ada.l' }; }"));

        Assert.True((await app.LogInAsync(Ada, Password)).IsOk);
        Assert.True((await app.LogInAsync("ada.l", Password)).IsOk);

        Assert.StartsWith("legacy:shop/sha256:", Assert.Single(Assert.Single(await app.UsersAsync()).Links), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TooManyAttempts_AreLockedOutAsIdentityDoes_HereAndThere()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.RegisterAsync("here@example.org", NewPassword)).IsOk);
        foreach (var email in new[] { "here@example.org", Ada, "nobody@example.org" })
        {
            var details = new List<string?>();
            for (var attempt = 0; attempt < 5; attempt++)
            {
                details.Add((await app.LogInAsync(email, "wrong")).Detail);
            }

            Assert.Equal(["Failed", "Failed", "Failed", "Failed", "LockedOut"], details);
            Assert.Equal("LockedOut", (await app.LogInAsync(email, Password)).Detail);
        }

        Assert.Single(await app.UsersAsync());
        Assert.True((await app.LogInAsync("grace@example.org", Password)).IsOk);
    }

    [SkippableFact]
    public async Task FiftyFirstLogInsAtOnce_OneUser_AllSignedIn()
    {
        await using var app = await Kind.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.LogInAsync(Ada, Password)));

        Assert.All(answers, answer => Assert.NotNull(answer.AccessToken));
        Assert.Equal(["legacy:shop/1"], Assert.Single(await app.UsersAsync()).Links);
        Assert.Equal(1, await app.ReadOwnAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == ActivityKinds.UserMigrated)));
    }

    [SkippableFact]
    public async Task FirstLogInsAtOnce_ByBothIdentifiersOnTwoNodes_OneUser_NoError()
    {
        await using var app = await Kind.StartAsync();
        await using var other = await Kind.JoinAsync(app, new Dictionary<string, string?>());
        for (var round = 0; round < TestRounds.Of(5); round++)
        {
            await app.Legacy.ExecuteAsync($"UPDATE users SET email = 'grace{round}@example.org', username = 'grace{round}', id = {1000 + round} WHERE name = 'Grace Hopper'");

            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(index =>
                (index % 2 == 0 ? app : other).LogInAsync(index % 4 < 2 ? $"grace{round}@example.org" : $"grace{round}", Password)));

            Assert.All(answers, answer => Assert.True(answer.IsOk, answer.Text));
            Assert.Single(await app.UsersAsync(), user => user.Links.Contains($"legacy:shop/{1000 + round}"));
            Assert.Equal(round + 1, (await app.UsersAsync()).Count);
        }
    }

    [SkippableTheory]
    [InlineData("Off")]
    [InlineData("Frozen")]
    public async Task ModeOfTheSection_WinsAndNobodyIsMoved(string mode)
    {
        await using var app = await Kind.StartAsync(new Dictionary<string, string?> { ["LazyMigrate:Mode"] = mode });

        Assert.Equal("Failed", (await app.LogInAsync(Ada, Password)).Detail);
        Assert.Empty(await app.UsersAsync());
    }

    [SkippableFact]
    public async Task Deleted_StaysDeleted_UntilTheTombstoneIsLifted()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.LogInAsync(Ada, Password)).IsOk);
        Assert.True(await app.WithAsync<IServiceProvider, bool>(services => DeleteAsync(services, Ada)));

        Assert.Equal("Failed", (await app.LogInAsync(Ada, Password)).Detail);
        Assert.Equal("Failed", (await app.LogInAsync("ada.l", Password)).Detail);
        Assert.True((await app.ForgotAsync(Ada)).IsOk);
        await app.DrainAsync();
        Assert.Empty(app.Mails.Sent);
        Assert.Empty(await app.UsersAsync());

        var stones = app.Services.GetRequiredService<TombstoneManager>();
        Assert.True(await stones.LiftAsync(Assert.Single(await stones.ListAsync()).Id, ActivityActor.System));
        Assert.True((await app.LogInAsync(Ada, Password)).IsOk);
    }

    // The user type is the kind's: only Identity's own interface is common to both.
    private static Task<bool> ChangePasswordAsync(IServiceProvider services, string name) => services.GetService<UserManager<ShopUser>>() is { } users
        ? ChangePasswordAsync(users, name)
        : ChangePasswordAsync(services.GetRequiredService<UserManager<GuidUser>>(), name);

    private static async Task<bool> ChangePasswordAsync<TUser>(UserManager<TUser> users, string name)
        where TUser : class =>
        (await users.ChangePasswordAsync((await users.FindByNameAsync(name))!, Password, NewPassword)).Succeeded;

    private static Task<bool> DeleteAsync(IServiceProvider services, string name) => services.GetService<UserManager<ShopUser>>() is { } users
        ? DeleteAsync(users, name)
        : DeleteAsync(services.GetRequiredService<UserManager<GuidUser>>(), name);

    private static async Task<bool> DeleteAsync<TUser>(UserManager<TUser> users, string name)
        where TUser : class =>
        (await users.DeleteAsync((await users.FindByNameAsync(name))!)).Succeeded;
}
