using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.UserMigration.Registering;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>New identifiers for people who are here, and users that an administrator creates: the look-up script is asked, on SQLite.</summary>
public sealed class SqliteProfileChangeTests : ProfileChangeTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);
}

/// <summary>The same on PostgreSQL.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresProfileChangeTests(PostgresServer server) : ProfileChangeTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);
}

public abstract class ProfileChangeTests
{
    private const string Email = "ada@example.org";
    private const string Other = "king@example.org";

    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    [SkippableTheory]
    [InlineData("null", null)]
    [InlineData("""{ "id": "7", "email": "king@example.org" }""", "DuplicateEmail")]
    [InlineData("""{ "id": "42", "email": "king@example.org" }""", null)]
    [InlineData("5", MigratingUserManager.LegacyUnavailableCode)]
    public async Task Email_IsFreeInTheLegacyDatabase_OrThePersonsOwn(string answer, string? error)
    {
        await using var database = await StageAsync();
        database.Runner.Answer(ScriptKind.SearchUser, answer);

        Assert.Equal(error, (await SetEmailAsync(database, Other)).Errors.FirstOrDefault()?.Code);

        var user = await database.ReadAsync(context => context.Users.SingleAsync());
        Assert.Equal((error is null ? Other : Email, "42"), (user.NormalizedEmail, user.LegacyId));
    }

    [SkippableFact]
    public async Task Email_TwoTakeItAtOnce_OneHasIt()
    {
        await using var database = await StageAsync();
        database.Runner.Answer(ScriptKind.SearchUser, "null");
        await database.AddAsync(new AppUser { Email = "ben@example.org", NormalizedEmail = "ben@example.org" });

        var results = await Task.WhenAll(new[] { Email, "ben@example.org" }.Select(email => Task.Run(() => SetEmailAsync(database, Other, email))));

        Assert.Single(results, result => result.Succeeded);
        Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync(user => user.NormalizedEmail == Other)));
    }

    [SkippableFact]
    public async Task UserName_KnownHere_IsRefusedWithoutScript()
    {
        await using var database = await StageAsync();
        await database.AddAsync(new AppUser { UserName = "ben", NormalizedUserName = "ben" });

        var result = await SetAsync(database, Email, (change, user) => change.SetUserNameAsync(user, "Ben"));

        Assert.Equal("DuplicateUserName", Assert.Single(result.Errors).Code);
        Assert.Empty(database.Runner.Requests);
    }

    [SkippableTheory]
    [InlineData("null", null)]
    [InlineData("""{ "id": "7", "email": "king@example.org" }""", "DuplicateEmail")]
    [InlineData("5", MigratingUserManager.LegacyUnavailableCode)]
    public async Task CreatedByAdministrator_TheScriptIsAsked_FailClosed(string answer, string? error)
    {
        await using var database = await StageAsync();
        database.Runner.Answer(ScriptKind.SearchUser, answer);
        await using var scope = database.CreateScope();

        var result = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>()
            .CreateAsync(new AppUser { Email = Other, Origin = UserOrigin.CreatedByAdmin, CreatedAt = database.Time.GetUtcNow() });

        Assert.Equal(error, result.Errors.FirstOrDefault()?.Code);
        Assert.Equal(error is null ? 2 : 1, await database.ReadAsync(context => context.Users.CountAsync()));
    }

    private static Task<IdentityResult> SetEmailAsync(TestDatabase database, string email, string of = Email) =>
        SetAsync(database, of, (change, user) => change.SetEmailAsync(user, email, isConfirmed: true));

    private static async Task<IdentityResult> SetAsync(TestDatabase database, string of, Func<ProfileChange, AppUser, Task<IdentityResult>> set)
    {
        await using var scope = database.CreateScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(of);
        return await set(scope.ServiceProvider.GetRequiredService<ProfileChange>(), user!);
    }

    private async Task<TestDatabase> StageAsync()
    {
        var database = await CreateAsync(new TestSignIns().AddTo);
        var custom = await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        await database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email, LegacyId = "42", CustomDatabaseId = custom.Id });
        return database;
    }
}
