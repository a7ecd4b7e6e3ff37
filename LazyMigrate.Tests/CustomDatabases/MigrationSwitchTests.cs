using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.CustomDatabases;

public sealed class MigrationSwitchTests
{
    [Fact]
    public async Task SetAsync_NoDatabase_StaysOff()
    {
        await using var database = await TestDatabase.CreateAsync();
        var migration = database.Get<MigrationSwitch>();

        var readiness = await migration.SetAsync(MigrationMode.LazyMigration, TestActors.Ada);

        Assert.False(readiness.HasDatabase);
        Assert.False(readiness.IsReady);
        Assert.Equal(MigrationMode.Off, await database.Get<CustomDatabaseManager>().GetModeAsync());
    }

    [Fact]
    public async Task SetAsync_StepByStep_NeedsBothScriptsPublishedAndTested()
    {
        await using var database = await CreateConfiguredAsync();
        var migration = database.Get<MigrationSwitch>();
        var scripts = database.Get<DatabaseScriptManager>();

        await AssertRefusedAsync(new(ScriptKind.Login, false, false), new(ScriptKind.SearchUser, false, false));
        await scripts.SaveDraftAsync(ScriptKind.Login, "draft", null, TestActors.Ada);
        await scripts.MarkTestedAsync(ScriptKind.Login, "draft");
        await AssertRefusedAsync(new(ScriptKind.Login, false, false), new(ScriptKind.SearchUser, false, false));
        await PublishAsync(scripts, ScriptKind.Login, "login");
        await PublishAsync(scripts, ScriptKind.SearchUser, "searchUser");
        await AssertRefusedAsync(new(ScriptKind.Login, true, false), new(ScriptKind.SearchUser, true, false));
        await scripts.MarkTestedAsync(ScriptKind.Login, "login");
        await AssertRefusedAsync(new(ScriptKind.Login, true, true), new(ScriptKind.SearchUser, true, false));
        await scripts.MarkTestedAsync(ScriptKind.SearchUser, "searchUser");

        Assert.True((await migration.SetAsync(MigrationMode.LazyMigration, TestActors.Ada)).IsReady);
        Assert.Equal(MigrationMode.LazyMigration, await database.Get<CustomDatabaseManager>().GetModeAsync());

        async Task AssertRefusedAsync(params ScriptReadiness[] expected)
        {
            var readiness = await migration.SetAsync(MigrationMode.LazyMigration, TestActors.Ada);
            Assert.Equal(expected, readiness.Scripts);
            Assert.False(readiness.IsReady);
            Assert.Equal(MigrationMode.Off, await database.Get<CustomDatabaseManager>().GetModeAsync());
        }
    }

    [Fact]
    public async Task SetAsync_TestOfAnotherSource_DoesNotCount()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        await PublishAsync(scripts, ScriptKind.Login, "login");
        await scripts.MarkTestedAsync(ScriptKind.Login, "login // changed");

        var readiness = await database.Get<MigrationSwitch>().GetReadinessAsync();

        Assert.Equal(new ScriptReadiness(ScriptKind.Login, IsPublished: true, IsTested: false), readiness.Scripts[0]);
    }

    [Fact]
    public async Task GetReadiness_NewerDraftTested_PublishedVersionStaysTested()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        await PublishAsync(scripts, ScriptKind.Login, "login");
        await scripts.MarkTestedAsync(ScriptKind.Login, "login");
        await scripts.MarkTestedAsync(ScriptKind.Login, "a newer draft");

        Assert.True((await database.Get<MigrationSwitch>().GetReadinessAsync()).Scripts[0].IsTested);

        await PublishAsync(scripts, ScriptKind.Login, "never tested");
        Assert.False((await database.Get<MigrationSwitch>().GetReadinessAsync()).Scripts[0].IsTested);
    }

    [Fact]
    public async Task SetAsync_OffAndFrozen_NeedNothing()
    {
        await using var database = await CreateConfiguredAsync();
        var migration = database.Get<MigrationSwitch>();

        await migration.SetAsync(MigrationMode.Frozen, TestActors.Ada);
        Assert.Equal(MigrationMode.Frozen, (await migration.GetReadinessAsync()).Mode);
        await migration.SetAsync(MigrationMode.Off, TestActors.Bob);
        await migration.SetAsync(MigrationMode.Off, TestActors.Bob);

        var changes = (await database.Get<ActivityQueries>().LatestAsync(10)).Where(item => item.Kind == ActivityKinds.ModeChanged).ToList();
        Assert.Equal(["From Frozen to Off.", "From Off to Frozen."], changes.Select(item => item.Detail));
        Assert.Equal(["Bob", "Ada"], changes.Select(item => item.ActorName));
    }

    private static async Task<TestDatabase> CreateConfiguredAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await database.Get<CustomDatabaseManager>().SaveAsync(new CustomDatabaseEdit { Name = "Shop", Type = CustomDatabaseType.Other }, TestActors.Ada);
        return database;
    }

    private static async Task PublishAsync(DatabaseScriptManager scripts, ScriptKind kind, string source)
    {
        var stamp = (await scripts.GetAsync(kind))!.ConcurrencyStamp;
        Assert.IsType<ScriptPublish.Published>(await scripts.PublishAsync(kind, source, null, stamp, TestActors.Ada));
    }
}
