using System.Text.RegularExpressions;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.UserMigration.Registering;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.SecondFactors;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Whose an address is that somebody registered with, on SQLite.</summary>
public sealed class SqliteEmailConfirmationTests : EmailConfirmationTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);
}

/// <summary>The same on PostgreSQL.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresEmailConfirmationTests(PostgresServer server) : EmailConfirmationTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);
}

public abstract partial class EmailConfirmationTests
{
    private const string Email = "ada@example.org";
    private const string First = "The f1rst password";
    private const string Second = "The sec0nd password";

    private readonly TestMailbox _mailbox = new();

    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    [SkippableFact]
    public async Task WhoKnowsThePassword_IsConfirmed_Once()
    {
        await using var database = await StageAsync();
        var ticket = await RegisterAsync(database);

        Assert.IsType<EmailConfirmationOutcome.WrongPassword>(await ConfirmAsync(database, ticket, Second));
        Assert.IsType<EmailConfirmationOutcome.WrongPassword>(await ConfirmAsync(database, ticket, new string('x', 60_000)));
        Assert.False((await UserAsync(database)).EmailConfirmed);
        Assert.IsType<EmailConfirmationOutcome.Confirmed>(await ConfirmAsync(database, ticket, First));
        Assert.True((await UserAsync(database)).EmailConfirmed);

        // From then on the link is no way to another password.
        Assert.IsType<EmailConfirmationOutcome.LinkInvalid>(await ChooseAsync(database, ticket, Second));
        Assert.IsType<EmailConfirmationOutcome.LinkInvalid>(await ConfirmAsync(database, ticket, First));
        Assert.Equal(("Ada", "ada"), ((await UserAsync(database)).Name, (await UserAsync(database)).UserName));
    }

    [SkippableFact]
    public async Task WhoDoesNot_ChoosesAnother_AndNothingIsLeftToTheStranger()
    {
        await using var database = await StageAsync();
        var ticket = await RegisterAsync(database);
        var registered = await UserAsync(database);
        var role = new AppRole { Name = "editor", NormalizedName = "editor" };
        await database.AddAsync(
            new TotpFactor { UserId = registered.Id, ProtectedSecret = "secret" },
            role,
            new IdentityUserRole<Guid> { UserId = registered.Id, RoleId = role.Id },
            new IdentityUserClaim<Guid> { UserId = registered.Id, ClaimType = "level", ClaimValue = "9" },
            new IdentityUserLogin<Guid> { UserId = registered.Id, LoginProvider = "elsewhere", ProviderKey = "1" },
            new IdentityUserToken<Guid> { UserId = registered.Id, LoginProvider = "elsewhere", Name = "token", Value = "x" });
        await database.ReadAsync(context => context.Users.ExecuteUpdateAsync(update => update
            .SetProperty(user => user.TwoFactorEnabled, true)
            .SetProperty(user => user.PhoneNumber, "+4930123456")
            .SetProperty(user => user.NormalizedPhoneNumber, "+4930123456")));

        // The stranger cannot make the link worthless.
        await using (var scope = database.CreateScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            Assert.True((await users.ChangePasswordAsync((await users.FindByEmailAsync(Email))!, First, "The stranger's 2nd")).Succeeded);
        }

        var before = await UserAsync(database);
        Assert.NotEmpty(Assert.IsType<EmailConfirmationOutcome.PasswordRefused>(await ChooseAsync(database, ticket, "x")).Result.Errors);
        Assert.IsType<EmailConfirmationOutcome.Chosen>(await ChooseAsync(database, ticket, Second));

        var user = await UserAsync(database);
        Assert.Equal((true, false, null, null, null, null), (user.EmailConfirmed, user.TwoFactorEnabled, user.Name, user.UserName, user.NormalizedUserName, user.NormalizedPhoneNumber));
        Assert.NotEqual(registered.Id, user.Id);
        Assert.NotEqual(before.SecurityStamp, user.SecurityStamp);
        Assert.Equal(0, await database.ReadAsync(async context =>
            await context.TotpFactors.CountAsync() + await context.UserLogins.CountAsync() + await context.UserTokens.CountAsync() + await context.UserRoles.CountAsync() + await context.UserClaims.CountAsync() + await context.Tombstones.CountAsync()));
        Assert.False((await TestSignIns.LogInAsync(database, Email, "The stranger's 2nd")).Succeeded);
        Assert.False((await TestSignIns.LogInAsync(database, "ada", Second)).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(database, Email, Second)).Succeeded);
        Assert.Single(await database.ReadAsync(context => context.ActivityEvents.Where(item => item.Kind == ActivityKinds.PasswordReset && item.SubjectId == user.Id).ToListAsync()));
        Assert.Single(await database.ReadAsync(context => context.ActivityEvents.Where(item => item.Kind == ActivityKinds.UserDeleted && item.SubjectId == registered.Id).ToListAsync()));
        Assert.IsType<EmailConfirmationOutcome.LinkInvalid>(await ChooseAsync(database, ticket, First));
    }

    [SkippableFact]
    public async Task Choosing_ManyAtOnce_OnePasswordCounts()
    {
        await using var database = await StageAsync();
        var ticket = await RegisterAsync(database);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Task.Run(() => ChooseAsync(database, ticket, $"{Second} {number}"))));

        Assert.Single(outcomes.OfType<EmailConfirmationOutcome.Chosen>());
        Assert.Equal(4, outcomes.OfType<EmailConfirmationOutcome.LinkInvalid>().Count());
        Assert.True((await UserAsync(database)).EmailConfirmed);
    }

    /// <summary>Whose the account is, is then an administrator's to decide.</summary>
    [SkippableFact]
    public async Task LinkedToSomebodyOfTheLegacyDatabase_NobodyTakesItOver()
    {
        await using var database = await StageAsync();
        var ticket = await RegisterAsync(database);
        await database.ReadAsync(context => context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.LegacyId, "42")));
        var before = await UserAsync(database);

        Assert.IsType<EmailConfirmationOutcome.LinkInvalid>(await ChooseAsync(database, ticket, Second));

        Assert.Equal((before.Id, before.PasswordHash), ((await UserAsync(database)).Id, (await UserAsync(database)).PasswordHash));
    }

    [SkippableFact]
    public async Task WrongPasswords_AreCounted_AndTheOwnerCanStillChoose()
    {
        await using var database = await StageAsync();
        var ticket = await RegisterAsync(database);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.IsType<EmailConfirmationOutcome.WrongPassword>(await ConfirmAsync(database, ticket, Second));
        }

        Assert.IsType<EmailConfirmationOutcome.TooManyAttempts>(await ConfirmAsync(database, ticket, First));
        Assert.IsType<EmailConfirmationOutcome.Chosen>(await ChooseAsync(database, ticket, Second));
    }

    [SkippableFact]
    public async Task DisabledOrWithAnotherAddress_TheLinkIsGoodForNothing()
    {
        await using var database = await StageAsync();
        var ticket = await RegisterAsync(database);
        foreach (var change in (string[])["UPDATE \"Users\" SET \"IsDisabled\" = TRUE", "UPDATE \"Users\" SET \"IsDisabled\" = FALSE, \"NormalizedEmail\" = 'other@example.org'"])
        {
            await database.ReadAsync(context => context.Database.ExecuteSqlRawAsync(change));

            Assert.IsType<EmailConfirmationOutcome.LinkInvalid>(await ConfirmAsync(database, ticket, First));
            Assert.IsType<EmailConfirmationOutcome.LinkInvalid>(await ChooseAsync(database, ticket, Second));
        }

        Assert.False((await UserAsync(database)).EmailConfirmed);
    }

    [SkippableFact]
    public async Task Neutral_ThePasswordCreates_Once()
    {
        await using var database = await StageAsync(isNeutral: true);
        var ticket = await RegisterAsync(database);
        for (var attempt = 0; attempt < 9; attempt++)
        {
            Assert.IsType<EmailConfirmationOutcome.WrongPassword>(await ConfirmAsync(database, ticket, Second));
        }

        Assert.Equal(0, await database.ReadAsync(context => context.Users.CountAsync()));
        Assert.IsType<EmailConfirmationOutcome.Created>(await ConfirmAsync(database, ticket, First));
        Assert.Equal(("Ada", true), ((await UserAsync(database)).Name, (await UserAsync(database)).EmailConfirmed));
        Assert.IsType<EmailConfirmationOutcome.Taken>(await ChooseAsync(database, ticket, Second));

        // Also when the address is free again.
        await database.ReadAsync(context => context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.NormalizedEmail, "other@example.org")));
        Assert.IsType<EmailConfirmationOutcome.Taken>(await ConfirmAsync(database, ticket, First));
        Assert.IsType<EmailConfirmationOutcome.Taken>(await ChooseAsync(database, ticket, Second));
    }

    [SkippableFact]
    public async Task Neutral_WhoDoesNotKnowIt_ChoosesAnother_WithoutTheStrangersName()
    {
        await using var database = await StageAsync(isNeutral: true);
        var ticket = await RegisterAsync(database);

        Assert.IsType<EmailConfirmationOutcome.PasswordRefused>(await ChooseAsync(database, ticket, "x"));
        Assert.IsType<EmailConfirmationOutcome.Created>(await ChooseAsync(database, ticket, Second));

        Assert.Equal((null, true), ((await UserAsync(database)).Name, (await UserAsync(database)).EmailConfirmed));
        Assert.False((await TestSignIns.LogInAsync(database, Email, First)).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(database, Email, Second)).Succeeded);
    }

    /// <summary>Somebody who is here types the reader's address as their own new one.</summary>
    [SkippableFact]
    public async Task ChangeOfAddress_WantsThePasswordOfTheAccount_AndCannotBeTakenOver()
    {
        await using var database = await StageAsync();
        await RegisterAsync(database);
        string ticket;
        await using (var scope = database.CreateScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var user = (await users.FindByEmailAsync(Email))!;
            Assert.True((await scope.ServiceProvider.GetRequiredService<ProfileChange>().ChangeEmailAsync(user, "bob@example.org", default)).IsMailed);
            ticket = await TicketAsync(database);
        }

        Assert.IsType<EmailConfirmationOutcome.LinkInvalid>(await ChooseAsync(database, ticket, Second));
        Assert.IsType<EmailConfirmationOutcome.WrongPassword>(await ConfirmAsync(database, ticket, Second));
        Assert.Equal(Email, (await UserAsync(database)).NormalizedEmail);
        Assert.IsType<EmailConfirmationOutcome.Changed>(await ConfirmAsync(database, ticket, First));
        Assert.Equal(("bob@example.org", true), ((await UserAsync(database)).NormalizedEmail, (await UserAsync(database)).EmailConfirmed));
    }

    private static Task<AppUser> UserAsync(TestDatabase database) => database.ReadAsync(context => context.Users.AsNoTracking().SingleAsync());

    private static async Task<EmailConfirmationOutcome> ConfirmAsync(TestDatabase database, string ticket, string password)
    {
        await using var scope = database.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<EmailConfirmation>().ConfirmAsync(ticket, password);
    }

    private static async Task<EmailConfirmationOutcome> ChooseAsync(TestDatabase database, string ticket, string password)
    {
        await using var scope = database.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<EmailConfirmation>().ChooseAsync(ticket, password);
    }

    private Task<TestDatabase> StageAsync(bool isNeutral = false) => CreateAsync(services =>
    {
        new TestSignIns().AddTo(services);
        _mailbox.AddTo(services);
        services.Configure<Core.UserMigration.RegistrationOptions>(options => options.NeutralAnswers = isNeutral);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
    });

    /// <returns>The ticket in the mail.</returns>
    private async Task<string> RegisterAsync(TestDatabase database)
    {
        await using var scope = database.CreateScope();
        var user = new AppUser { Email = Email, UserName = "ada", Name = "Ada", Origin = UserOrigin.Registered, CreatedAt = database.Time.GetUtcNow() };
        var outcome = await scope.ServiceProvider.GetRequiredService<Registration>().RegisterAsync(user, First, default);
        Assert.True(outcome is RegistrationOutcome.Created or RegistrationOutcome.CheckYourMail);
        return await TicketAsync(database);
    }

    private async Task<string> TicketAsync(TestDatabase database)
    {
        await database.Get<OutboxWorker>().RunDueAsync(default);
        await database.Get<OutboxWorker>().RunDueAsync(default);
        return Ticket().Match(_mailbox.Letters[^1].Link!).Groups[1].Value;
    }

    [GeneratedRegex(@"\?ticket=(\S+)")]
    private static partial Regex Ticket();
}
