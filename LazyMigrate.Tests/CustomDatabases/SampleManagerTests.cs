using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.CustomDatabases;

public abstract class SampleManagerTests
{
    [SkippableFact]
    public async Task LoadAsync_Empty_IsOffWithThreeDrafts()
    {
        await using var database = await CreateDatabaseAsync();

        var loaded = Assert.IsType<SampleLoad.Loaded>(await database.Get<SampleManager>().LoadAsync(TestActors.Ada));

        Assert.Equal(500, loaded.People);
        var settings = await database.Get<CustomDatabaseManager>().GetAsync();
        Assert.Equal(
            ("Sample shop", CustomDatabaseType.Sqlite, MigrationMode.Off, "sample-shop.db", true, true),
            (settings!.Name, settings.Type, settings.Mode, settings.MaskedUri, settings.TrustsEmailVerified, settings.IsSample));
        Assert.Equal(settings.ConcurrencyStamp, loaded.Settings.ConcurrencyStamp);
        var published = await database.Get<CustomDatabaseManager>().GetPublishedAsync();
        Assert.Empty(published!.Scripts);
        Assert.Equal("sample-shop.db", published.Variables["DB_CONNECTION_URI"]);
        Assert.Equal([Path.Combine(database.SqliteFolder, "sample-shop.db")], published.Access.SqliteFiles);
        foreach (var (kind, function) in new[] { (ScriptKind.Login, "login(query, password, context)"), (ScriptKind.SearchUser, "searchUser(query, context)"), (ScriptKind.CountUsers, "countUsers(context)") })
        {
            var script = await database.Get<DatabaseScriptManager>().GetAsync(kind);
            Assert.Contains($"async function {function}", script!.Draft, StringComparison.Ordinal);
            Assert.Equal(("Ada", true), (script.DraftSavedBy, script.HasUnpublishedChanges));
            Assert.Null(script.Published);
        }

        var item = Assert.Single(await database.Get<ActivityQueries>().LatestAsync(10));
        Assert.Equal((ActivityKinds.SampleLoaded, "Ada"), (item.Kind, item.ActorName));
        Assert.Equal([Path.Combine(database.SqliteFolder, "sample-shop.db")], Directory.GetFiles(database.SqliteFolder));
    }

    [SkippableFact]
    public async Task LoadAsync_AnotherDatabase_ChangesNothing()
    {
        await using var database = await CreateDatabaseAsync();
        await database.Get<CustomDatabaseManager>().SaveAsync(new CustomDatabaseEdit { Name = "Own shop", Type = CustomDatabaseType.Other }, TestActors.Ada);

        var refused = Assert.IsType<SampleLoad.AlreadyHasDatabase>(await database.Get<SampleManager>().LoadAsync(TestActors.Ada));

        Assert.Equal("Own shop", refused.Name);
        Assert.Empty(Directory.GetFiles(database.SqliteFolder));
        Assert.IsType<SampleRemoval.NotLoaded>(await database.Get<SampleManager>().RemoveAsync(TestActors.Ada));
        Assert.NotNull(await database.Get<CustomDatabaseManager>().GetAsync());
    }

    [SkippableFact]
    public async Task LoadAsync_PressedFourTimesAtOnce_LoadsOnce()
    {
        await using var database = await CreateDatabaseAsync();
        var sample = database.Get<SampleManager>();

        var loads = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => sample.LoadAsync(TestActors.Ada))));

        Assert.Single(loads.OfType<SampleLoad.Loaded>());
        Assert.Equal(3, loads.OfType<SampleLoad.AlreadyHasDatabase>().Count());
        Assert.Equal(500, (await LegacyShop.ReadAsync(database.SqliteFolder)).Count);
    }

    [SkippableFact]
    public async Task LoadAsync_Canceled_LeavesNothing()
    {
        await using var database = await CreateDatabaseAsync();
        using var canceled = new CancellationTokenSource();
        var load = database.Get<SampleManager>().LoadAsync(TestActors.Ada, canceled.Token);
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);

        Assert.Empty(Directory.GetFiles(database.SqliteFolder));
        Assert.Null(await database.Get<CustomDatabaseManager>().GetAsync());
        Assert.IsType<SampleLoad.Loaded>(await database.Get<SampleManager>().LoadAsync(TestActors.Ada));
    }

    [SkippableFact]
    public async Task LoadAsync_LeftoversOfACrash_AreReplaced()
    {
        await using var database = await CreateDatabaseAsync();
        foreach (var name in (string[])["sample-shop.db", "sample-shop.db-wal", "sample-shop.db.0.new"])
        {
            await File.WriteAllTextAsync(Path.Combine(database.SqliteFolder, name), "half a file");
        }

        Assert.IsType<SampleLoad.Loaded>(await database.Get<SampleManager>().LoadAsync(TestActors.Ada));
        Assert.Equal(500, (await LegacyShop.ReadAsync(database.SqliteFolder)).Count);
        await database.Get<SampleManager>().RemoveAsync(TestActors.Ada);
        Assert.Empty(Directory.GetFiles(database.SqliteFolder));
    }

    [SkippableFact]
    public async Task RemoveAsync_AfterUse_LeavesOneEventAndEverybodyElse()
    {
        await using var database = await CreateDatabaseAsync();
        var sample = database.Get<SampleManager>();
        var loaded = (SampleLoad.Loaded)await sample.LoadAsync(TestActors.Ada);
        await PublishAsync(database, ScriptKind.Login);
        await PublishAsync(database, ScriptKind.Login);
        await PublishAsync(database, ScriptKind.SearchUser);
        Assert.IsType<ScriptTestCaseSave.Saved>(
            await database.Get<ScriptTestCaseManager>().SaveAsync(ScriptKind.Login, new ScriptTestCaseEdit(null, "Grace", "grace", "Accepted", true, "secret"), TestActors.Ada));
        var role = new AppRole("customer") { NormalizedName = "customer" };
        var registered = new AppUser { NormalizedUserName = "registered" };
        var moved = new AppUser { NormalizedUserName = "moved", Origin = UserOrigin.Migrated, CustomDatabaseId = loaded.Settings.Id, LegacyId = "1" };
        var linked = new AppUser { NormalizedUserName = "linked", PasswordHash = "hash", Origin = UserOrigin.CreatedByAdmin, CustomDatabaseId = loaded.Settings.Id, LegacyId = "2", MigratedAt = database.Time.GetUtcNow() };
        var activity = database.Get<ActivityFactory>();
        await database.AddAsync(
            role,
            registered,
            moved,
            linked,
            new IdentityUserRole<Guid> { RoleId = role.Id, UserId = moved.Id },
            activity.Create(ActivityKinds.UserMigrated, subjectId: moved.Id, customDatabaseId: loaded.Settings.Id),
            activity.Create(ActivityKinds.LoginSucceeded, new ActivityActor(moved.Id, "moved"), moved.Id),
            activity.Create(ActivityKinds.LoginRefused, subjectName: "stranger", customDatabaseId: loaded.Settings.Id),
            activity.Create(ActivityKinds.LoginSucceeded, subjectId: registered.Id));
        await File.WriteAllTextAsync(Path.Combine(database.SqliteFolder, "sample-shop.db-shm"), "");

        var removed = Assert.IsType<SampleRemoval.Removed>(await sample.RemoveAsync(TestActors.Bob));

        Assert.Equal(1, removed.Users);
        Assert.Equal([registered.Id, linked.Id], await database.ReadAsync(context => context.Users.OrderBy(user => user.NormalizedUserName == "linked").Select(user => user.Id).ToListAsync()));
        var unlinked = await database.ReadAsync(context => context.Users.AsNoTracking().SingleAsync(user => user.Id == linked.Id));
        Assert.Equal(("hash", null, null, null, null), (unlinked.PasswordHash, unlinked.LegacyId, unlinked.CustomDatabaseId, unlinked.MigratedAt, unlinked.MigratedByVersionId));
        Assert.Equal(
            [(ActivityKinds.SampleRemoved, "Bob"), (ActivityKinds.LoginSucceeded, null)],
            (await database.Get<ActivityQueries>().LatestAsync(20)).Select(item => (item.Kind, item.ActorName)));
        Assert.Equal(
            (0, 0, 0, 0, 0),
            await database.ReadAsync(async context => (
                await context.CustomDatabases.CountAsync(),
                await context.DatabaseScripts.CountAsync(),
                await context.ScriptVersions.CountAsync(),
                await context.ScriptTestCases.CountAsync(),
                await context.UserRoles.CountAsync())));
        Assert.Empty(Directory.GetFiles(database.SqliteFolder));
        Assert.IsType<SampleRemoval.NotLoaded>(await sample.RemoveAsync(TestActors.Bob));
        Assert.IsType<SampleLoad.Loaded>(await sample.LoadAsync(TestActors.Bob));
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    private static async Task PublishAsync(TestDatabase database, ScriptKind kind)
    {
        var scripts = database.Get<DatabaseScriptManager>();
        var state = await scripts.GetAsync(kind);
        Assert.IsType<ScriptPublish.Published>(await scripts.PublishAsync(kind, state!.Draft, null, state.ConcurrencyStamp, TestActors.Ada));
    }
}

public sealed class SqliteSampleManagerTests : SampleManagerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync();
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresSampleManagerTests(PostgresServer server) : SampleManagerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(server);
}
