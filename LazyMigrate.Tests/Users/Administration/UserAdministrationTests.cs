using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Core.Users.SecondFactors;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Tests.UserMigration;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Users.Administration;

public sealed class SqliteUserAdministrationTests : UserAdministrationTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresUserAdministrationTests(PostgresServer server) : UserAdministrationTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);
}

public abstract class UserAdministrationTests
{
    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    [SkippableFact]
    public async Task Disable_EndsSessions_AndEnableLetsInAgain()
    {
        await using var database = await StageAsync();
        var bob = await AddAsync(database, "bob");
        var users = database.Get<UserAdministration>();

        Assert.Equal(new UserChange.Done(1), await users.DisableAsync([bob.Id, Guid.NewGuid()], TestActors.Ada));
        var disabled = await UserAsync(database, bob.Id);
        Assert.True(disabled!.IsDisabled);
        Assert.NotEqual((bob.SecurityStamp, bob.ConcurrencyStamp), (disabled.SecurityStamp, disabled.ConcurrencyStamp));
        Assert.Equal(new UserChange.Done(0), await users.DisableAsync([bob.Id], TestActors.Ada));

        Assert.Equal(new UserChange.Done(1), await users.EnableAsync([bob.Id], TestActors.Ada));
        Assert.False((await UserAsync(database, bob.Id))!.IsDisabled);
        var events = await EventsAsync(database);
        Assert.Equal([ActivityKinds.UserDisabled, ActivityKinds.UserEnabled], events.Select(item => item.Kind));
        Assert.All(events, item => Assert.Equal((TestActors.Ada.Id, (Guid?)bob.Id), (item.ActorId, item.SubjectId)));
    }

    [SkippableFact]
    public async Task RequireNewPassword_LeavesWhoHasNoneAlone()
    {
        await using var database = await StageAsync();
        var bob = await AddAsync(database, "bob");
        var eve = await AddAsync(database, "eve", user => user.PasswordHash = null);

        Assert.Equal(new UserChange.Done(1), await database.Get<UserAdministration>().RequireNewPasswordAsync([bob.Id, eve.Id], TestActors.Ada));

        Assert.Equal((true, false), ((await UserAsync(database, bob.Id))!.MustChangePassword, (await UserAsync(database, eve.Id))!.MustChangePassword));
        Assert.NotEqual(bob.SecurityStamp, (await UserAsync(database, bob.Id))!.SecurityStamp);
    }

    [SkippableFact]
    public async Task RemoveSecondFactor_RemovesTheSecret()
    {
        await using var database = await StageAsync();
        var bob = await AddAsync(database, "bob", user => user.TwoFactorEnabled = true);
        await database.AddAsync(new TotpFactor { UserId = bob.Id, ProtectedSecret = "x" });
        var users = database.Get<UserAdministration>();

        Assert.Equal(new UserChange.Done(1), await users.RemoveSecondFactorAsync(bob.Id, TestActors.Ada));
        Assert.Equal(new UserChange.Done(0), await users.RemoveSecondFactorAsync(bob.Id, TestActors.Ada));

        Assert.False((await UserAsync(database, bob.Id))!.TwoFactorEnabled);
        Assert.Equal(0, await database.ReadAsync(context => context.TotpFactors.CountAsync()));
        Assert.Equal([ActivityKinds.SecondFactorRemoved], (await EventsAsync(database)).Select(item => item.Kind));
    }

    [SkippableFact]
    public async Task Delete_LeavesATombstone_AndLiftingRemovesIt()
    {
        await using var database = await StageAsync();
        var bob = await AddAsync(database, "bob", user => user.TwoFactorEnabled = true);
        await database.AddAsync(new TotpFactor { UserId = bob.Id, ProtectedSecret = "x" });
        var users = database.Get<UserAdministration>();

        Assert.Equal(new UserChange.Done(1), await users.DeleteAsync([bob.Id], TestActors.Ada));

        Assert.Null(await UserAsync(database, bob.Id));
        Assert.Equal(0, await database.ReadAsync(context => context.TotpFactors.CountAsync()));
        var stone = Assert.Single(await database.Get<TombstoneManager>().ListAsync());
        Assert.Equal("bob", stone.NormalizedUserName);
        Assert.Equal(new UserChange.Done(1), await users.LiftTombstoneAsync(stone.Id, TestActors.Ada));
        Assert.Equal(new UserChange.Done(0), await users.LiftTombstoneAsync(stone.Id, TestActors.Ada));
        Assert.Equal([ActivityKinds.UserDeleted, ActivityKinds.TombstoneLifted], (await EventsAsync(database)).Select(item => item.Kind));
    }

    [SkippableFact]
    public async Task Return_RemovesWithoutATombstone_OnlyWhoCameFromTheLegacyDatabase()
    {
        await using var database = await StageAsync();
        var bob = await AddAsync(database, "bob", legacyId: "7", origin: UserOrigin.Migrated);
        var eve = await AddAsync(database, "eve");
        var users = database.Get<UserAdministration>();

        Assert.Equal(new UserChange.Done(1), await users.ReturnAsync(bob.Id, TestActors.Ada));
        Assert.IsType<UserChange.Refused>(await users.ReturnAsync(eve.Id, TestActors.Ada));

        Assert.Null(await UserAsync(database, bob.Id));
        Assert.NotNull(await UserAsync(database, eve.Id));
        Assert.Equal(0, await database.Get<TombstoneManager>().CountAsync());
        Assert.Equal([ActivityKinds.UserReturned], (await EventsAsync(database)).Select(item => item.Kind));
    }

    [SkippableFact]
    public async Task Yourself_IsRefused_AloneAndAmongOthers()
    {
        await using var database = await StageAsync();
        var bob = await AddAsync(database, "bob");
        var users = database.Get<UserAdministration>();
        var self = TestActors.Ada.Id!.Value;

        Assert.IsType<UserChange.Refused>(await users.DisableAsync([bob.Id, self], TestActors.Ada));
        Assert.IsType<UserChange.Refused>(await users.DeleteAsync([bob.Id, self], TestActors.Ada));
        Assert.IsType<UserChange.Refused>(await users.ReturnAsync(self, TestActors.Ada));

        Assert.False((await UserAsync(database, bob.Id))!.IsDisabled);
        Assert.Empty(await EventsAsync(database));
    }

    [SkippableFact]
    public async Task NoAdministratorAnyMore_NothingIsDone()
    {
        await using var database = await StageAsync();
        var bob = await AddAsync(database, "bob", legacyId: "7");
        await database.AddAsync(new Tombstone { NormalizedEmail = "gone@example.org" });
        var stone = Assert.Single(await database.Get<TombstoneManager>().ListAsync());
        var users = database.Get<UserAdministration>();
        await database.ReadAsync(context => context.Users.Where(user => user.Id == TestActors.Ada.Id).ExecuteUpdateAsync(update => update.SetProperty(user => user.IsDisabled, true)));

        // A disabled administrator; somebody who never was one; nobody.
        foreach (var actor in new[] { TestActors.Ada, new ActivityActor(bob.Id, "bob"), new ActivityActor(null, "nobody") })
        {
            Assert.IsType<UserChange.Refused>(await users.DisableAsync([bob.Id], actor));
            Assert.IsType<UserChange.Refused>(await users.EnableAsync([TestActors.Ada.Id!.Value], actor));
            Assert.IsType<UserChange.Refused>(await users.RequireNewPasswordAsync([bob.Id], actor));
            Assert.IsType<UserChange.Refused>(await users.RemoveSecondFactorAsync(bob.Id, actor));
            Assert.IsType<UserChange.Refused>(await users.DeleteAsync([bob.Id], actor));
            Assert.IsType<UserChange.Refused>(await users.ReturnAsync(bob.Id, actor));
            Assert.IsType<UserChange.Refused>(await users.SetRolesAsync(bob.Id, ["vip"], actor));
            Assert.IsType<UserChange.Refused>(await users.LiftTombstoneAsync(stone.Id, actor));
            Assert.IsType<UserCreation.Refused>(await users.CreateAsync(new NewUserOrder("new@example.org", null, null, null, null, false), actor));
        }

        Assert.Empty(await EventsAsync(database));
    }

    [SkippableFact]
    public async Task TwoAdministrators_WhoDisableEachOther_LeaveOne()
    {
        await using var database = await StageAsync();
        var role = await database.ReadAsync(context => context.Roles.SingleAsync());
        var bob = await AddAsync(database, "bob", id: TestActors.Bob.Id);
        await database.AddAsync(new IdentityUserRole<Guid> { RoleId = role.Id, UserId = bob.Id });
        var users = database.Get<UserAdministration>();
        for (var round = 0; round < TestRounds.Of(5); round++)
        {
            var results = await Task.WhenAll(
                Task.Run(() => users.DisableAsync([bob.Id], TestActors.Ada)),
                Task.Run(() => users.DisableAsync([TestActors.Ada.Id!.Value], TestActors.Bob)));

            Assert.Single(results, result => result is UserChange.Done { Count: 1 });
            Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync(user => !user.IsDisabled)));
            await database.ReadAsync(context => context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.IsDisabled, false)));
        }
    }

    [SkippableFact]
    public async Task Roles_AreSet_AndThoseOfTheConsoleStay()
    {
        await using var database = await StageAsync();
        var self = TestActors.Ada.Id!.Value;
        var users = database.Get<UserAdministration>();

        Assert.Equal(new UserChange.Done(1), await users.SetRolesAsync(self, ["VIP", "vip", "customer"], TestActors.Ada));
        Assert.Equal(["VIP", "customer", "owner"], await RolesAsync(database, self));
        Assert.Equal(new UserChange.Done(0), await users.SetRolesAsync(self, ["customer", "vip"], TestActors.Ada));
        Assert.Equal(new UserChange.Done(1), await users.SetRolesAsync(self, ["customer"], TestActors.Ada));
        Assert.Equal(["customer", "owner"], await RolesAsync(database, self));
        Assert.Equal(new UserChange.Done(1), await users.SetRolesAsync(self, [], TestActors.Ada));
        Assert.Equal(["owner"], await RolesAsync(database, self));
        Assert.Equal(["customer", "VIP"], await database.Get<UserQueries>().ListRolesAsync());

        foreach (var name in (string[])["owner", "OWNER", "operator", "viewer", "two words", ""])
        {
            Assert.IsType<UserChange.Refused>(await users.SetRolesAsync(self, [name], TestActors.Ada));
        }
    }

    /// <summary>Roles are in the cookie: it ends, and so does a change by whoever read the user before.</summary>
    [SkippableFact]
    public async Task SetRoles_RenewsBothStamps()
    {
        await using var database = await StageAsync();
        var bob = await AddAsync(database, "bob");
        var users = database.Get<UserAdministration>();
        await users.SetRolesAsync(bob.Id, ["vip"], TestActors.Ada);
        var given = (await UserAsync(database, bob.Id))!;

        Assert.Equal(new UserChange.Done(1), await users.SetRolesAsync(bob.Id, [], TestActors.Ada));

        var taken = (await UserAsync(database, bob.Id))!;
        Assert.Equal(3, new[] { bob.SecurityStamp, given.SecurityStamp, taken.SecurityStamp }.Distinct().Count());
        Assert.Equal(3, new[] { bob.ConcurrencyStamp, given.ConcurrencyStamp, taken.ConcurrencyStamp }.Distinct().Count());
    }

    [SkippableFact]
    public async Task SetRoles_OfSomebodyGone_IsRefused_AndMakesNoRole()
    {
        await using var database = await StageAsync();

        Assert.IsType<UserChange.Refused>(await database.Get<UserAdministration>().SetRolesAsync(Guid.NewGuid(), ["vip"], TestActors.Ada));

        Assert.Equal(ConsoleRoles.Owner, (await database.ReadAsync(context => context.Roles.SingleAsync())).Name);
        Assert.Empty(await EventsAsync(database));
    }

    [SkippableFact]
    public async Task Create_WithPassword_MustChangeIt_AndTheEventNamesTheAdministrator()
    {
        await using var database = await StageAsync();

        var created = Assert.IsType<UserCreation.Created>(await database.Get<UserAdministration>().CreateAsync(
            new NewUserOrder(" New@Example.org ", "", " ", "New Person", TestSignIns.NewPassword, MustChangePassword: true), TestActors.Ada));

        var user = (await UserAsync(database, created.UserId))!;
        Assert.Equal(
            ("New@Example.org", "new@example.org", (string?)null, (string?)null, UserOrigin.CreatedByAdmin, true),
            (user.Email, user.NormalizedEmail, user.PhoneNumber, user.UserName, user.Origin, user.MustChangePassword));
        Assert.NotNull(user.PasswordHash);
        var told = Assert.Single(await EventsAsync(database));
        Assert.Equal((ActivityKinds.UserCreated, TestActors.Ada.Id), (told.Kind, told.ActorId));
    }

    [SkippableFact]
    public async Task Create_LegacyKnowsThem_IsRefusedAsRegistrationIs()
    {
        await using var database = await StageAsync();
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { ["old@example.org"] = MigrationStage.Profile("42", "old@example.org") });
        var users = database.Get<UserAdministration>();

        var refused = Assert.IsType<UserCreation.Refused>(await users.CreateAsync(new NewUserOrder("old@example.org", null, null, null, null, true), TestActors.Ada));
        Assert.Equal(["DuplicateEmail", MigratingUserManager.KnownInLegacyCode], refused.Result.Errors.Select(error => error.Code));

        database.Runner.Answer(ScriptKind.SearchUser, _ => new ScriptCompletion.Failed(new ScriptFailure(ScriptFailureKind.TimeLimit, "slow")));
        refused = Assert.IsType<UserCreation.Refused>(await users.CreateAsync(new NewUserOrder("new@example.org", null, null, null, null, true), TestActors.Ada));
        Assert.Equal(MigratingUserManager.LegacyUnavailableCode, Assert.Single(refused.Result.Errors).Code);
        Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync()));
    }

    [SkippableFact]
    public async Task Create_EverythingWrong_IsSaidAtOnce()
    {
        await using var database = await StageAsync();

        var refused = Assert.IsType<UserCreation.Refused>(await database.Get<UserAdministration>().CreateAsync(
            new NewUserOrder("no address", "12", "two words", "\u0001", "short", true), TestActors.Ada));

        var codes = refused.Result.Errors.Select(error => error.Code).ToList();
        Assert.All(["InvalidName", "InvalidEmail", "InvalidPhoneNumber", "InvalidUserName", "PasswordTooShort"], code => Assert.Contains(code, codes));
        Assert.Empty(await EventsAsync(database));
    }

    [SkippableFact]
    public async Task List_Filters_AreApplied()
    {
        await using var database = await StageAsync();
        await AddAsync(database, "bob", user => user.MustChangePassword = true);
        await AddAsync(database, "eve", user => user.TwoFactorEnabled = true);
        await AddAsync(database, "dan", user => user.IsDisabled = true);

        Assert.Equal("bob", Assert.Single(await ListAsync(new UserListRequest { MustChangePassword = true })));
        Assert.Equal("eve", Assert.Single(await ListAsync(new UserListRequest { HasSecondFactor = true })));
        Assert.Equal("dan", Assert.Single(await ListAsync(new UserListRequest { IsDisabled = true })));
        Assert.Empty(await ListAsync(new UserListRequest { IsDisabled = true, HasSecondFactor = true }));

        async Task<IEnumerable<string?>> ListAsync(UserListRequest request) =>
            (await database.Get<UserQueries>().ListAsync(request)).Users.Select(user => user.UserName);
    }

    private async Task<TestDatabase> StageAsync()
    {
        var database = await CreateAsync(services => services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000));
        var role = new AppRole(ConsoleRoles.Owner) { NormalizedName = ConsoleRoles.Owner };
        var ada = await AddAsync(database, "ada", id: TestActors.Ada.Id);
        await database.AddAsync(role, new IdentityUserRole<Guid> { RoleId = role.Id, UserId = ada.Id });
        return database;
    }

    private static async Task<AppUser> AddAsync(TestDatabase database, string name, Action<AppUser>? change = null, Guid? id = null, string? legacyId = null, UserOrigin origin = UserOrigin.Registered)
    {
        var user = new AppUser { Id = id ?? Guid.CreateVersion7(), UserName = name, NormalizedUserName = name, PasswordHash = "hash", LegacyId = legacyId, Origin = origin };
        change?.Invoke(user);
        await database.AddAsync(user);
        return user;
    }

    private static Task<AppUser?> UserAsync(TestDatabase database, Guid id) => database.ReadAsync(context => context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id));

    private static async Task<IEnumerable<string>> RolesAsync(TestDatabase database, Guid id) =>
        (await database.Get<UserQueries>().GetAsync(id))!.Roles.Order(StringComparer.Ordinal);

    private static Task<List<ActivityEvent>> EventsAsync(TestDatabase database) => database.ReadAsync(context => context.ActivityEvents.OrderBy(item => item.Id).ToListAsync());
}
