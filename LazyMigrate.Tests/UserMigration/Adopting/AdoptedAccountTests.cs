using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.UserMigration.Adopting;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.UserMigration.Adopting;

/// <summary>Registration, forgotten passwords and changes in an application.</summary>
public sealed class SqliteAdoptedAccountTests : AdoptedAccountTests
{
    protected override IAdoptedAppKind Kind { get; } = new SqliteAppKind();

    [Fact]
    public async Task ManyUserTypes_OwnFieldsFromTheProfile_AreTheApplications()
    {
        await using var app = await Kind.StartAsync(configure: services => services.AddSingleton<IMovedUserSetup<ShopUser>, NameSetup>());

        Assert.True((await app.LogInAsync("ada@example.org", AdoptedLegacy.Password)).IsOk);

        Assert.Equal("Ada Lovelace", await app.WithAsync<UserManager<ShopUser>, string?>(async users => (await users.FindByNameAsync("ada@example.org"))!.FullName));
        Assert.Equal("ada@example.org", Assert.Single(await app.UsersAsync()).UserName);
    }

    [Fact]
    public async Task KeysThatTheDatabaseCounts_AreLeftToIt()
    {
        await using var app = await AdoptedApp.StartAsync<NumberedUser, int>(
            await AdoptedSqliteLegacy.CreateAsync() is var legacy ? legacy : throw new InvalidOperationException(),
            options => options.UseSqlite($"Data Source={Path.Combine(legacy.Folder, "app.db")}"));

        Assert.True((await app.RegisterAsync("here@example.org", "Passw0rd!")).IsOk);
        Assert.True((await app.LogInAsync("ada@example.org", AdoptedLegacy.Password)).IsOk);
        Assert.True((await app.LogInAsync("ada@example.org", AdoptedLegacy.Password)).IsOk);

        Assert.Equal([("2", "legacy:shop/1"), ("1", null)], (await app.UsersAsync()).Select(user => (user.Id, user.Links.SingleOrDefault())));
    }

    private sealed class NameSetup : IMovedUserSetup<ShopUser>
    {
        public void SetUp(ShopUser user, LazyMigrate.Core.Users.AppUser profile)
        {
            user.FullName = profile.Name;
            user.UserName = "what it sets of these does not count";
        }
    }
}

/// <summary>The same on PostgreSQL, and with other keys.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresAdoptedAccountTests(PostgresServer server) : AdoptedAccountTests
{
    protected override IAdoptedAppKind Kind { get; } = new PostgresAppKind(server);

    [SkippableFact]
    public async Task Moved_UserMigratedScriptIsToldTheKeyHere_Once()
    {
        await using var app = await Kind.StartAsync(prepare: legacy => legacy.WriteScript(
            "userMigrated.js",
            """
            const { Client } = require('pg');
            async function userMigrated(user) {
              const client = new Client(env.DB_CONNECTION_URI);
              await client.connect();
              await client.query('UPDATE users SET moved_to = coalesce(moved_to, $3) || $1 WHERE id = $2', [user.localId, user.id, '']);
              await client.end();
            }
            """));
        Assert.Equal("Failed", (await app.LogInAsync("ada@example.org", "wrong")).Detail);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => app.LogInAsync("ada@example.org", AdoptedLegacy.Password)));
        await app.DrainAsync();

        var told = await ((AdoptedPostgresLegacy)app.Legacy).ReadAsync("SELECT moved_to FROM users WHERE id = 1");
        Assert.Equal(Assert.Single(await app.UsersAsync()).Id, told);
    }
}

public abstract class AdoptedAccountTests
{
    private const string Ada = "ada@example.org";
    private const string Password = AdoptedLegacy.Password;
    private const string NewPassword = "Passw0rd!";

    protected abstract IAdoptedAppKind Kind { get; }

    [SkippableFact]
    public async Task Register_KnownInLegacy_IsRefused_FreeIsNot()
    {
        await using var app = await Kind.StartAsync();

        var known = await app.RegisterAsync("ADA@example.org", NewPassword);
        Assert.Equal(HttpStatusCode.BadRequest, known.Status);
        Assert.Contains(MigratingUserManager.KnownInLegacyCode, known.Text, StringComparison.Ordinal);
        Assert.Contains("DuplicateEmail", known.Text, StringComparison.Ordinal);
        Assert.Empty(await app.UsersAsync());

        Assert.True((await app.RegisterAsync("new@example.org", NewPassword)).IsOk);
        Assert.Contains("DuplicateUserName", (await app.RegisterAsync("new@example.org", NewPassword)).Text, StringComparison.Ordinal);
        Assert.True((await app.LogInAsync("new@example.org", NewPassword)).IsOk);
        Assert.Empty(Assert.Single(await app.UsersAsync()).Links);
    }

    [SkippableFact]
    public async Task Register_ManyAtOnce_OneIsCreated_TheOthersAreToldSo()
    {
        await using var app = await Kind.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.RegisterAsync("new@example.org", NewPassword)));

        Assert.Single(answers, answer => answer.IsOk);
        Assert.All(answers.Where(answer => !answer.IsOk), answer => Assert.Contains("DuplicateUserName", answer.Text, StringComparison.Ordinal));
        Assert.Single(await app.UsersAsync());
    }

    [SkippableFact]
    public async Task Register_LegacyDatabaseBroken_FailsClosed()
    {
        await using var app = await Kind.StartAsync();
        await app.Legacy.BreakAsync();

        var answer = await app.RegisterAsync("new@example.org", NewPassword);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(MigratingUserManager.LegacyUnavailableCode, answer.Text, StringComparison.Ordinal);
        Assert.Empty(await app.UsersAsync());
    }

    [SkippableFact]
    public async Task Register_ModeOff_AsksNobody_ModeFrozenDoes()
    {
        await using var frozen = await Kind.StartAsync(new Dictionary<string, string?> { ["LazyMigrate:Mode"] = "Frozen" });
        Assert.Contains(MigratingUserManager.KnownInLegacyCode, (await frozen.RegisterAsync(Ada, NewPassword)).Text, StringComparison.Ordinal);
        frozen.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["LazyMigrate:Mode"] = "Off";
        await frozen.Legacy.BreakAsync();
        Assert.True((await frozen.RegisterAsync(Ada, NewPassword)).IsOk);
    }

    [SkippableFact]
    public async Task Register_ModeOffFromTheStart_AsksNobody()
    {
        await using var off = await Kind.StartAsync(new Dictionary<string, string?> { ["LazyMigrate:Mode"] = "Off" });
        await off.Legacy.BreakAsync();
        Assert.True((await off.RegisterAsync(Ada, NewPassword)).IsOk);
    }

    [SkippableFact]
    public async Task ForgottenPassword_OfSomebodyNotMoved_MailsACodeThatMovesThemOnce()
    {
        await using var app = await Kind.StartAsync();

        Assert.True((await app.ForgotAsync("ADA@example.org")).IsOk);
        await app.DrainAsync();
        var (email, code) = Assert.Single(app.Mails.Sent);
        Assert.Equal("Ada@example.org", email);

        Assert.Contains("PasswordTooShort", (await app.ResetAsync(Ada, code, "x")).Text, StringComparison.Ordinal);
        Assert.Contains("InvalidToken", (await app.ResetAsync("grace@example.org", code, NewPassword)).Text, StringComparison.Ordinal);
        Assert.Contains("InvalidToken", (await app.ResetAsync(Ada, code[..^4] + "AAAA", NewPassword)).Text, StringComparison.Ordinal);
        Assert.Contains("InvalidToken", (await app.ResetAsync(Ada, "%%%", NewPassword)).Text, StringComparison.Ordinal);
        Assert.Empty(await app.UsersAsync());

        Assert.True((await app.ResetAsync(Ada, code, NewPassword)).IsOk);
        Assert.Contains("InvalidToken", (await app.ResetAsync(Ada, code, "An0ther!")).Text, StringComparison.Ordinal);
        Assert.Equal("Failed", (await app.LogInAsync(Ada, Password)).Detail);
        Assert.True((await app.LogInAsync(Ada, NewPassword)).IsOk);
        var user = Assert.Single(await app.UsersAsync());
        Assert.True(user.EmailConfirmed);
        Assert.Equal(["legacy:shop/1"], user.Links);
    }

    [SkippableFact]
    public async Task ForgottenPassword_OfSomebodyHere_IsIdentitysOwn()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.LogInAsync(Ada, Password)).IsOk);
        await app.Legacy.BreakAsync();

        Assert.True((await app.ForgotAsync(Ada)).IsOk);
        await app.DrainAsync();

        Assert.True((await app.ResetAsync(Ada, Assert.Single(app.Mails.Sent).Text, NewPassword)).IsOk);
        Assert.True((await app.LogInAsync(Ada, NewPassword)).IsOk);
    }

    [SkippableFact]
    public async Task ForgottenPassword_OfNobodyBlockedOrUnconfirmed_IsOneAnswer_WithoutMail()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.RegisterAsync("here@example.org", NewPassword)).IsOk);
        var registered = app.Mails.Sent.Count;

        AdoptedAnswer[] answers =
        [
            await app.ForgotAsync("nobody@example.org"),
            await app.ForgotAsync("mallory@example.org"),
            await app.ForgotAsync("here@example.org"),
            await app.ForgotAsync("no address"),
            await app.ForgotAsync(""),
            await app.ForgotAsync(Ada),
        ];
        await app.DrainAsync();

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Text)));
        Assert.Equal("Ada@example.org", Assert.Single(app.Mails.Sent.Skip(registered)).Email);
    }

    [SkippableFact]
    public async Task ForgottenPassword_LegacyPersonIsAnotherOneNow_CodeIsWorthNothing_AndABrokenDatabaseSpendsNoCode()
    {
        await using var app = await Kind.StartAsync();
        await app.ForgotAsync(Ada);
        await app.DrainAsync();
        var code = Assert.Single(app.Mails.Sent).Text;

        await app.Legacy.BreakAsync();
        Assert.Contains(MigratingUserManager.LegacyUnavailableCode, (await app.ResetAsync(Ada, code, NewPassword)).Text, StringComparison.Ordinal);
        await app.Legacy.MendAsync();
        await app.Legacy.ExecuteAsync("UPDATE users SET id = 77 WHERE id = 1");

        Assert.Contains("InvalidToken", (await app.ResetAsync(Ada, code, NewPassword)).Text, StringComparison.Ordinal);
        Assert.Empty(await app.UsersAsync());
    }

    [SkippableFact]
    public async Task NobodyElseSeesPeopleWhoAreNotHere()
    {
        await using var app = await Kind.StartAsync();
        await app.ForgotAsync(Ada);
        await app.DrainAsync();

        Assert.True(await app.WithAsync<IServiceProvider, bool>(async services => services.GetService<UserManager<ShopUser>>() is { } users
            ? await users.FindByEmailAsync(Ada) is null
            : await services.GetRequiredService<UserManager<GuidUser>>().FindByEmailAsync(Ada) is null));
        var mails = app.Mails.Sent.Count;
        Assert.True((await app.PostAsync("/resendConfirmationEmail", new { email = Ada })).IsOk);
        Assert.Equal(mails, app.Mails.Sent.Count);
    }

    [SkippableFact]
    public async Task PagesOfTheApplicationsOwn_HaveTheTwoMethods()
    {
        await using var app = await Kind.StartAsync();

        await app.WithAsync<IServiceProvider, bool>(async services =>
        {
            await (services.GetService<UserManager<ShopUser>>() is LazyMigrationUserManager<ShopUser> users
                ? users.ForgotPasswordAsync(Ada)
                : ((LazyMigrationUserManager<GuidUser>)services.GetRequiredService<UserManager<GuidUser>>()).ForgotPasswordAsync(Ada));
            return true;
        });
        await app.DrainAsync();
        var code = Assert.Single(app.Mails.Sent).Text;
        var result = await app.WithAsync<IServiceProvider, IdentityResult>(services => services.GetService<UserManager<ShopUser>>() is LazyMigrationUserManager<ShopUser> users
            ? users.ResetForgottenPasswordAsync(Ada, code, NewPassword)
            : ((LazyMigrationUserManager<GuidUser>)services.GetRequiredService<UserManager<GuidUser>>()).ResetForgottenPasswordAsync(Ada, code, NewPassword));

        Assert.True(result.Succeeded);
        Assert.True((await app.LogInAsync(Ada, NewPassword)).IsOk);
    }

    [SkippableFact]
    public async Task ChangedAddressOrName_MustBeFreeInTheLegacyDatabase_TheirOwnIsTheirs()
    {
        await using var app = await Kind.StartAsync();
        Assert.True((await app.LogInAsync(Ada, Password)).IsOk);

        Assert.Contains(MigratingUserManager.KnownInLegacyCode, await ChangeAsync(app, email: "grace@example.org"));
        Assert.Contains(MigratingUserManager.KnownInLegacyCode, await ChangeAsync(app, byToken: "grace@example.org"));
        Assert.Contains(MigratingUserManager.KnownInLegacyCode, await ChangeAsync(app, name: "grace"));
        Assert.Empty(await ChangeAsync(app, byToken: "ada.lovelace@example.org"));
        Assert.Empty(await ChangeAsync(app, email: Ada));
        Assert.Empty(await ChangeAsync(app, name: "countess"));
        await app.Legacy.BreakAsync();
        Assert.Contains(MigratingUserManager.LegacyUnavailableCode, await ChangeAsync(app, email: "other@example.org"));

        var user = Assert.Single(await app.UsersAsync());
        Assert.Equal(("countess", Ada), (user.UserName, user.Email));
        Assert.Equal(["legacy:shop/1"], user.Links);
    }

    [SkippableFact]
    public async Task SecondFactor_OfSomebodyMoved_IsAskedForAsAlways()
    {
        await using var app = await Kind.StartAsync();
        var token = (await app.LogInAsync(Ada, Password)).AccessToken;
        var key = JsonDocument.Parse((await app.PostAsync("/manage/2fa", new { }, token)).Text).RootElement.GetProperty("sharedKey").GetString()!;
        Assert.True((await app.PostAsync("/manage/2fa", new { enable = true, twoFactorCode = OneTimeCode(key) }, token)).IsOk);

        Assert.Equal("RequiresTwoFactor", (await app.LogInAsync(Ada, Password)).Detail);
        Assert.Equal("Failed", (await app.LogInAsync(Ada, "wrong", twoFactorCode: OneTimeCode(key))).Detail);
        Assert.NotNull((await app.LogInAsync(Ada, Password, twoFactorCode: OneTimeCode(key))).AccessToken);
    }

    [SkippableFact]
    public async Task SecondFactorOfTheLegacyDatabase_IsAskedFor()
    {
        await using var app = await Kind.StartAsync(prepare: GiveFactors);

        Assert.Equal("RequiresTwoFactor", (await app.LogInAsync(Ada, Password)).Detail);
        Assert.Equal("RequiresTwoFactor", (await app.LogInAsync(Ada, Password)).Detail);
        Assert.Equal("Failed", (await app.LogInAsync(Ada, Password, twoFactorCode: "000000")).Detail);
        Assert.NotNull((await app.LogInAsync(Ada, Password, twoFactorCode: OneTimeCode(LegacySecret))).AccessToken);
    }

    /// <summary>Identity would let them in without the code: nobody is moved, and the log says what is missing.</summary>
    [SkippableFact]
    public async Task SecondFactorOfTheLegacyDatabase_WithoutTokenProviders_MovesNobody()
    {
        await using var app = await Kind.StartAsync(
            configure: services => services.PostConfigure<IdentityOptions>(options => options.Tokens.ProviderMap.Remove(TokenOptions.DefaultAuthenticatorProvider)),
            prepare: GiveFactors);

        Assert.Equal("Failed", (await app.LogInAsync(Ada, Password)).Detail);

        Assert.Empty(await app.UsersAsync());
        Assert.Contains("NoPlaceForSecondFactor", app.Lines.All, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task ForgottenPassword_WherePeopleHaveSecondFactors_AProfileThatNamesNone_MovesNobody()
    {
        await using var app = await Kind.StartAsync(prepare: GiveFactors);
        Assert.True((await app.ForgotAsync("grace@example.org")).IsOk);
        await app.DrainAsync();
        var (_, code) = Assert.Single(app.Mails.Sent);
        Assert.Equal("RequiresTwoFactor", (await app.LogInAsync(Ada, Password)).Detail);

        Assert.Contains("InvalidToken", (await app.ResetAsync("grace@example.org", code, NewPassword)).Text, StringComparison.Ordinal);
        Assert.Equal(Ada, Assert.Single(await app.UsersAsync()).UserName);

        // It is stored: also a node that was not there knows it.
        await using var other = await Kind.JoinAsync(app, new Dictionary<string, string?>());
        Assert.True((await other.ForgotAsync("grace@example.org")).IsOk);
        await app.DrainAsync();
        Assert.Single(app.Mails.Sent);
        Assert.Empty(other.Mails.Sent);
        var told = await app.ReadOwnAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.PasswordResetNotMailed));
        Assert.Contains("let it return `mfa_factors`", told.Detail, StringComparison.Ordinal);
    }

    private const string LegacySecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// <summary>Everybody has one; the look-up does not tell of it.</summary>
    private static void GiveFactors(AdoptedLegacy legacy) => legacy.WriteScript(
        "login.js",
        $$"""async function login(query, password) { return { id: 'x', email: query.email, mfa_factors: [{ totp: { secret: '{{LegacySecret}}' } }] }; }""");

    private static Task<IEnumerable<string>> ChangeAsync(AdoptedApp app, string? email = null, string? byToken = null, string? name = null) =>
        app.WithAsync<IServiceProvider, IEnumerable<string>>(services => services.GetService<UserManager<ShopUser>>() is { } users
            ? ChangeAsync(users, email, byToken, name)
            : ChangeAsync(services.GetRequiredService<UserManager<GuidUser>>(), email, byToken, name));

    private static async Task<IEnumerable<string>> ChangeAsync<TUser>(UserManager<TUser> users, string? email, string? byToken, string? name)
        where TUser : class
    {
        var user = await users.Users.SingleAsync();
        var result = email is not null ? await users.SetEmailAsync(user, email)
            : byToken is not null ? await users.ChangeEmailAsync(user, byToken, await users.GenerateChangeEmailTokenAsync(user, byToken))
            : await users.SetUserNameAsync(user, name);
        return result.Errors.Select(error => error.Code);
    }

    /// <summary>RFC 6238, as an authenticator app makes it of the key in Base32.</summary>
    private static string OneTimeCode(string key)
    {
        var bits = string.Concat(key.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // What authenticator apps use.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xF;
        var number = ((hash[offset] & 0x7F) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
