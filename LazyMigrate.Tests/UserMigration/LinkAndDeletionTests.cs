using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Conflicts;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Rows 5, 13 and 16 of docs/flows.md, on both databases.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class LinkAndDeletionTests(PostgresServer server)
{
    private const string Email = "ada@example.org";

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row5_NoPassword_LegacyDecides_AndGivesThePasswordToTheExistingUser(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var custom = await StageAsync(database);
        var existing = Existing();
        await database.AddAsync(existing);

        Assert.False((await TestSignIns.LogInAsync(database, Email, "wrong")).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);

        var user = await UserAsync(database);
        Assert.Equal((existing.Id, UserOrigin.CreatedByAdmin, custom.Id, "42"), (user.Id, user.Origin, user.CustomDatabaseId, user.LegacyId));
        Assert.NotNull(user.PasswordHash);
        Assert.NotNull(user.MigratedAt);
        Assert.Single(await EventsAsync(database, ActivityKinds.UserLinked));

        database.Runner.Answer(ScriptKind.Login, "null");
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row5_ManyAtOnce_OneLink_AllSignedIn(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        await database.AddAsync(Existing());

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))));

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Single(await EventsAsync(database, ActivityKinds.UserLinked));
    }

    /// <summary>Linked, committed, and no longer to be found by what was typed: a refusal, and not an error of the server.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row5_GoneRightAfterTheLink_IsRefused(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres, services => services.AddScoped<ILocalPeople>(provider =>
            new PeopleWhoGo(ActivatorUtilities.CreateInstance<LocalAppUsers>(provider), provider.GetRequiredService<MigratingUserStore>())));
        await StageAsync(database);
        await database.AddAsync(Existing());

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, Password));

        Assert.Single(await EventsAsync(database, ActivityKinds.UserLinked));
        Assert.Equal("Gone", Assert.Single(await EventsAsync(database, ActivityKinds.LoginRefused)).Outcome);
    }

    /// <summary>A stamp that was renewed at the last moment, by a new password for example, is none of somebody disabled.</summary>
    [Fact]
    public async Task Disabled_RenewsNoSession()
    {
        await using var database = await CreateAsync(onPostgres: false);
        await StageAsync(database);
        await TestSignIns.LogInAsync(database, Email, Password);
        await database.ReadAsync(context => context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.IsDisabled, true)));
        await using var scope = database.CreateScope();
        var signIn = scope.ServiceProvider.GetRequiredService<MigratingSignInManager>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = (await users.FindByEmailAsync(Email))!;

        Assert.False(await signIn.ValidateSecurityStampAsync(user, user.SecurityStamp));
        Assert.Equal("Disabled", Assert.Single((await signIn.ChangePasswordAsync(user, Password, TestSignIns.NewPassword))!.Errors).Code);
        Assert.False(await scope.ServiceProvider.GetRequiredService<Core.UserMigration.Registering.ProfileChange>().CheckPasswordAsync(user, Password, default));

        user.IsDisabled = false;
        Assert.True(await signIn.ValidateSecurityStampAsync(user, user.SecurityStamp));
    }

    [Fact]
    public async Task Row5_AnotherLegacyId_IsAConflict()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var custom = await StageAsync(database);
        await database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.Imported, CustomDatabaseId = custom.Id, LegacyId = "7" });

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, Password));

        Assert.Equal(("7", null), ((await UserAsync(database)).LegacyId, (await UserAsync(database)).PasswordHash));
        Assert.Single(await EventsAsync(database, ActivityKinds.MigrationConflict));
    }

    [Fact]
    public async Task Row5_SameLegacyId_GetsThePassword()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var custom = await StageAsync(database);
        await database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.Imported, CustomDatabaseId = custom.Id, LegacyId = "42" });

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
    }

    [Fact]
    public async Task Row5_LegacyIdOfAnotherUser_IsAConflict()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var custom = await StageAsync(database);
        await database.AddAsync(new AppUser { UserName = "ada.l", NormalizedUserName = "ada.l", PasswordHash = "x", CustomDatabaseId = custom.Id, LegacyId = "42" }, Existing());

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, Password));
        Assert.Null((await database.ReadAsync(context => context.Users.SingleAsync(user => user.NormalizedEmail == Email))).PasswordHash);
    }

    [Theory]
    [InlineData(MigrationMode.Off)]
    [InlineData(MigrationMode.Frozen)]
    public async Task Row5_NotMoving_Refuses(MigrationMode mode)
    {
        await using var database = await CreateAsync(onPostgres: false);
        await StageAsync(database, mode);
        await database.AddAsync(Existing());

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, Password));
        Assert.Empty(database.Runner.Requests);
    }

    [Fact]
    public async Task Row5_DisabledOrAdministrator_TheScriptIsNotAsked()
    {
        await using var database = await CreateAsync(onPostgres: false);
        await StageAsync(database);
        var owner = new AppUser { Email = "owner@example.org", NormalizedEmail = "owner@example.org" };
        var role = new AppRole(ConsoleRoles.Owner) { NormalizedName = ConsoleRoles.Owner };
        await database.AddAsync(
            new AppUser { Email = Email, NormalizedEmail = Email, IsDisabled = true },
            owner,
            role,
            new IdentityUserRole<Guid> { UserId = owner.Id, RoleId = role.Id });

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, Password));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, "owner@example.org", Password));
        Assert.Empty(database.Runner.Requests);
    }

    [Theory]
    [InlineData(WeakPasswordPolicy.RequireChange, true)]
    [InlineData(WeakPasswordPolicy.Accept, false)]
    public async Task Row13_WeakerThanThePolicy_IsMoved_AndMustChange(WeakPasswordPolicy policy, bool mustChange)
    {
        // Identity's default rules want a capital letter and a digit.
        await using var database = await CreateAsync(onPostgres: false, services => services.Configure<LazyMigrationOptions>(options => options.WeakPasswords = policy));
        await StageAsync(database);

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
        Assert.Equal(mustChange, (await UserAsync(database)).MustChangePassword);
    }

    [Fact]
    public async Task Row13_ChangePassword_LiftsIt_AndOnlyTheNewOneCounts()
    {
        await using var database = await CreateAsync(onPostgres: false);
        await StageAsync(database);
        await TestSignIns.LogInAsync(database, Email, Password);
        await using (var scope = database.CreateScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<MigratingUserManager>();
            var user = (await users.FindByEmailAsync(Email))!;
            var stamp = user.SecurityStamp;
            Assert.Equal("PasswordMismatch", Assert.Single((await users.ChangePasswordAsync(user, "wrong", TestSignIns.NewPassword)).Errors).Code);
            Assert.False((await users.ChangePasswordAsync(user, Password, "weak")).Succeeded);
            Assert.True((await users.ChangePasswordAsync(user, Password, TestSignIns.NewPassword)).Succeeded);
            Assert.NotEqual(stamp, user.SecurityStamp);
        }

        Assert.False((await UserAsync(database)).MustChangePassword);
        Assert.False((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(database, Email, TestSignIns.NewPassword)).Succeeded);
        Assert.Single(await EventsAsync(database, ActivityKinds.PasswordChanged));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row16_Deleted_StaysDeleted_UntilTheTombstoneIsLifted(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        await TestSignIns.LogInAsync(database, Email, Password);
        await DeleteAsync(database);

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, Password));
        Assert.Single(await EventsAsync(database, ActivityKinds.LoginDeleted));
        Assert.Equal(0, await database.ReadAsync(context => context.Users.CountAsync()));

        // Nor under another address: the legacy id is the same.
        database.Runner.Knows(new Dictionary<string, string> { ["new@example.org"] = Profile("42", "new@example.org"), [Email] = Profile("42", Email) });
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, "new@example.org", Password));

        // Nor as somebody else's address, or by registering.
        database.Runner.Answer(ScriptKind.SearchUser, "null");
        Assert.Equal("DuplicateEmail", Assert.Single((await TestSignIns.RegisterAsync(database, Email)).Errors).Code);

        var tombstones = database.Get<TombstoneManager>();
        var stone = Assert.Single(await tombstones.ListAsync(new UserIdentifier(IdentifierKind.Email, Email)));
        Assert.Equal("42", stone.LegacyId);
        Assert.True(await tombstones.LiftAsync(stone.Id, ActivityActor.System));
        Assert.False(await tombstones.LiftAsync(stone.Id, ActivityActor.System));
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row16_DeletionAgainstLogIns_NobodyComesBack(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres, services => services.Configure<ThrottleOptions>(options => options.AttemptsPerIdentifier = 1_000_000));
        await StageAsync(database);
        for (var round = 0; round < TestRounds.Of(10); round++)
        {
            await TestSignIns.LogInAsync(database, Email, Password);

            var logIns = Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))).ToList();
            await DeleteAsync(database);
            await Task.WhenAll(logIns);

            Assert.Equal(0, await database.ReadAsync(context => context.Users.CountAsync()));
            await database.ReadAsync(context => context.Tombstones.ExecuteDeleteAsync());
        }
    }

    private Task<TestDatabase> CreateAsync(bool onPostgres, Action<IServiceCollection>? configure = null)
    {
        Action<IServiceCollection> all = services =>
        {
            new TestSignIns().AddTo(services);
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
            configure?.Invoke(services);
        };
        return onPostgres ? TestDatabase.CreateAsync(server, all) : TestDatabase.CreateAsync(all);
    }

    private static async Task<CustomDatabase> StageAsync(TestDatabase database, MigrationMode mode = MigrationMode.LazyMigration)
    {
        var custom = await database.AddCustomDatabaseAsync(mode);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        return custom;
    }

    private static AppUser Existing() => new() { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.CreatedByAdmin };

    private static async Task DeleteAsync(TestDatabase database)
    {
        await using var scope = database.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var result = IdentityResult.Failed();
        while (!result.Succeeded)
        {
            result = await users.DeleteAsync((await users.FindByEmailAsync(Email))!);
        }
    }

    private static Task<AppUser> UserAsync(TestDatabase database) => database.ReadAsync(context => context.Users.AsNoTracking().SingleAsync());

    private static Task<List<ActivityEvent>> EventsAsync(TestDatabase database, string kind) =>
        database.ReadAsync(context => context.ActivityEvents.Where(item => item.Kind == kind).ToListAsync());

    /// <summary>Whoever was linked gets another address in the same moment.</summary>
    private sealed class PeopleWhoGo(ILocalPeople people, MigratingUserStore store) : ILocalPeople
    {
        public Task<bool> IsWeakAsync(AppUser user, string password) => people.IsWeakAsync(user, password);

        public Task<bool> CheckPasswordAsync(AppUser user, string password) => people.CheckPasswordAsync(user, password);

        public Core.Outbox.OutboxMessage MovedMessage(PublishedDatabase database, UserIdentifier identifier, AppUser user) => people.MovedMessage(database, identifier, user);

        public Task<MoveResult> TryMoveAsync(UserIdentifier identifier, AppUser user, LegacyGrants grants, ActivityEvent moved, Core.Outbox.OutboxMessage? message, CancellationToken cancellationToken) =>
            people.TryMoveAsync(identifier, user, grants, moved, message, cancellationToken);

        public async Task<MoveResult> TryLinkAsync(AppUser existing, AppUser accepted, LegacyGrants grants, ActivityEvent linked, Core.Outbox.OutboxMessage? message, CancellationToken cancellationToken)
        {
            var result = await people.TryLinkAsync(existing, accepted, grants, linked, message, cancellationToken);
            await store.Context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.NormalizedEmail, "other@example.org"), cancellationToken);
            return result;
        }

        public Task<AppUser?> FindAgainAsync(UserIdentifier identifier, AppUser accepted, CancellationToken cancellationToken) => people.FindAgainAsync(identifier, accepted, cancellationToken);

        public Task<IReadOnlyList<(string Field, Guid OwnerId)>> FindOwnersAsync(AppUser user, CancellationToken cancellationToken) => people.FindOwnersAsync(user, cancellationToken);

        public Task<ConflictState?> RecordConflictAsync(UserIdentifier identifier, AppUser accepted, IReadOnlyList<(string Field, Guid OwnerId)> owners, AppUser? existing, CancellationToken cancellationToken) =>
            people.RecordConflictAsync(identifier, accepted, owners, existing, cancellationToken);
    }
}
