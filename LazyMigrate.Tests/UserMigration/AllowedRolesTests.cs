using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Roles that people bring with them, on both databases.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class AllowedRolesTests(PostgresServer server)
{
    private const string Email = "ada@example.org";

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Move_GivesTheAllowedRoles_AndTellsOfTheOthers(bool onPostgres)
    {
        await using var database = await StageAsync(onPostgres, "VIP", "customer", "admin");

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);

        Assert.Equal(["customer", "vip"], await RolesAsync(database, Email));
        var moved = await database.ReadAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.UserMigrated));
        Assert.Equal("1 of 3 roles are not among the custom database's allowed roles and were left out.", moved.Detail);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Link_AddsTheAllowedRoles_ToThoseTheUserHas(bool onPostgres)
    {
        await using var database = await StageAsync(onPostgres, "VIP", "customer");
        var user = new AppUser { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.CreatedByAdmin };
        var role = new AppRole("vip") { NormalizedName = "vip" };
        var own = new AppRole("beta") { NormalizedName = "beta" };
        await database.AddAsync(user, role, own, Link(user, role), Link(user, own));

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);

        Assert.Equal(["beta", "customer", "vip"], await RolesAsync(database, Email));
        Assert.Equal(3, await database.ReadAsync(context => context.Roles.CountAsync()));

        static IdentityUserRole<Guid> Link(AppUser user, AppRole role) => new() { UserId = user.Id, RoleId = role.Id };
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ManyPeopleAtOnce_OnTwoNodes_MakeEachRoleOnce(bool onPostgres)
    {
        await using var first = await StageAsync(onPostgres, "VIP", "customer");
        await using var second = onPostgres ? await TestDatabase.JoinAsync(first, Configure) : null;
        var emails = Enumerable.Range(0, 12).Select(number => $"person{number}@example.org").ToList();
        var people = emails.ToDictionary(
            email => email,
            email => JsonSerializer.Serialize(new { id = email, email, roles = email.GetHashCode(StringComparison.Ordinal) % 2 == 0 ? new[] { "VIP", "customer" } : ["customer", "VIP"] }));
        first.Runner.Knows(people);
        second?.Runner.Knows(people);

        var results = await Task.WhenAll(emails.Select((email, index) => Task.Run(() => TestSignIns.LogInAsync(index % 2 == 0 ? first : second ?? first, email, Password))));

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Equal(["customer", "vip"], await first.ReadAsync(context => context.Roles.Select(role => role.NormalizedName).Order().ToListAsync()));
        Assert.Equal(24, await first.ReadAsync(context => context.UserRoles.CountAsync()));
    }

    [Fact]
    public async Task MoveThatFails_LeavesNoRole()
    {
        await using var database = await StageAsync(onPostgres: false, "VIP");
        await database.AddAsync(new AppUser { UserName = "other", NormalizedUserName = "other", PasswordHash = "x", CustomDatabaseId = (await database.Get<CustomDatabaseManager>().GetAsync())!.Id, LegacyId = "42" });

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, Password));

        Assert.Equal(0, await database.ReadAsync(context => context.Roles.CountAsync()));
    }

    [Fact]
    public async Task TestRun_ShowsRolesAndSecondFactor_AndNoSecret()
    {
        await using var database = await StageAsync(onPostgres: false, "VIP", "admin");
        database.Runner.Answer(ScriptKind.Login, """{"id":"42","email":"ada@example.org","roles":["VIP","admin"],"mfa_factors":[{"totp":{"secret":"JBSWY3DPEHPK3PXP"}}]}""");

        var report = await database.Get<ScriptTester>().RunAsync(ScriptKind.Login, LoginSource, new ScriptTestInput(Email, Password));

        Assert.Equal(("Accepted", true), (report.Outcome, report.Mapped!.TwoFactorEnabled));
        Assert.Equal(["vip"], report.Roles);
        Assert.Equal(["admin"], report.DroppedRoles);
        Assert.DoesNotContain("JBSWY3DPEHPK3PXP", report.AnswerJson, StringComparison.Ordinal);
        Assert.Equal(0, await database.ReadAsync(context => context.Roles.CountAsync()));
    }

    private async Task<TestDatabase> StageAsync(bool onPostgres, params string[] roles)
    {
        var database = onPostgres ? await TestDatabase.CreateAsync(server, Configure) : await TestDatabase.CreateAsync(Configure);
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        await using (var context = await database.Contexts.CreateDbContextAsync())
        {
            (await context.CustomDatabases.SingleAsync()).AllowedRoles = [new("vip", "vip"), new("Customer", "customer")];
            await context.SaveChangesAsync();
        }

        database.Runner.Knows(new Dictionary<string, string> { [Email] = JsonSerializer.Serialize(new { id = "42", email = Email, roles }) });
        return database;
    }

    private static void Configure(IServiceCollection services)
    {
        new TestSignIns().AddTo(services);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
    }

    private static async Task<IEnumerable<string>> RolesAsync(TestDatabase database, string email)
    {
        await using var scope = database.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        return (await users.GetRolesAsync((await users.FindByEmailAsync(email))!)).Order(StringComparer.Ordinal);
    }
}
