using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.CustomDatabases;

public abstract class DatabaseScriptManagerTests
{
    private const string First = "async function login() { return null; }";
    private const string Second = "async function login() { return { id: 1 }; }";

    [SkippableFact]
    public async Task GetAsync_NoDatabase_IsNull()
    {
        await using var database = await CreateDatabaseAsync();

        Assert.Null(await database.Get<DatabaseScriptManager>().GetAsync(ScriptKind.Login));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => database.Get<DatabaseScriptManager>().SaveDraftAsync(ScriptKind.Login, First, null, TestActors.Ada));
    }

    [SkippableFact]
    public async Task SaveDraftAsync_Draft_IsNotPublished()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();

        var state = Assert.IsType<DraftSave.Saved>(await scripts.SaveDraftAsync(ScriptKind.Login, First, null, TestActors.Ada)).State;

        Assert.Equal((First, "Ada", (DateTimeOffset?)database.Time.GetUtcNow(), true, false), (state.Draft, state.DraftSavedBy, state.DraftSavedAt, state.HasUnpublishedChanges, state.IsDraftTested));
        Assert.Null(state.Published);
        Assert.Empty(state.Versions);
        Assert.Empty((await database.Get<CustomDatabaseManager>().GetPublishedAsync())!.Scripts);
        Assert.Equal("", (await scripts.GetAsync(ScriptKind.SearchUser))!.Draft);
    }

    [SkippableFact]
    public async Task PublishAsync_Twice_MakesNumberedVersionsAndLogInsUseTheLast()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();

        var first = await PublishAsync(scripts, First, " begin ", null);
        database.Time.Advance(TimeSpan.FromHours(1));
        var second = await PublishAsync(scripts, Second, " ", first.State.ConcurrencyStamp);

        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.Equal(
            [(2, "Ada", null, database.Time.GetUtcNow()), (1, "Ada", "begin", database.Time.GetUtcNow().AddHours(-1))],
            second.State.Versions.Select(version => (version.Number, version.Author, version.Note, version.CreatedAt)));
        Assert.False(second.State.HasUnpublishedChanges);
        var published = (await database.Get<CustomDatabaseManager>().GetPublishedAsync())!.Scripts[ScriptKind.Login];
        Assert.Equal(new PublishedScript(second.State.Published!.Id, 2, Second), published);
        Assert.Equal(First, await scripts.GetVersionSourceAsync(first.State.Published!.Id));
        Assert.Null(await scripts.GetVersionSourceAsync(Guid.NewGuid()));
        Assert.Equal(2, (await database.Get<ActivityQueries>().LatestAsync(10)).Count(item => item.Kind == ActivityKinds.ScriptPublished));
    }

    [SkippableFact]
    public async Task SaveDraftAsync_AfterPublish_LeavesThePublishedVersion()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var published = await PublishAsync(scripts, First, null, null);

        var state = Assert.IsType<DraftSave.Saved>(await scripts.SaveDraftAsync(ScriptKind.Login, Second, published.State.ConcurrencyStamp, TestActors.Ada)).State;

        Assert.True(state.HasUnpublishedChanges);
        Assert.Equal(1, state.Published!.Number);
        Assert.Equal(First, (await database.Get<CustomDatabaseManager>().GetPublishedAsync())!.Scripts[ScriptKind.Login].Source);
    }

    [SkippableFact]
    public async Task SaveDraftAsync_TwoEditors_SecondIsToldAndNothingIsLost()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var opened = Assert.IsType<DraftSave.Saved>(await scripts.SaveDraftAsync(ScriptKind.Login, "", null, TestActors.Ada)).State;
        await scripts.SaveDraftAsync(ScriptKind.Login, First, opened.ConcurrencyStamp, TestActors.Ada);

        var save = await scripts.SaveDraftAsync(ScriptKind.Login, Second, opened.ConcurrencyStamp, TestActors.Bob);
        var publish = await scripts.PublishAsync(ScriptKind.Login, Second, null, opened.ConcurrencyStamp, TestActors.Bob);

        Assert.Equal((First, "Ada"), (Assert.IsType<DraftSave.ChangedMeanwhile>(save).State.Draft, ((DraftSave.ChangedMeanwhile)save).State.DraftSavedBy));
        Assert.Equal(First, Assert.IsType<ScriptPublish.ChangedMeanwhile>(publish).State.Draft);
        Assert.Empty((await scripts.GetAsync(ScriptKind.Login))!.Versions);
    }

    [SkippableFact]
    public async Task PublishAsync_AllAtOnce_OneWins()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();

        var publishes = await Task.WhenAll(Enumerable.Range(0, 6).Select(index =>
            Task.Run(() => scripts.PublishAsync(ScriptKind.Login, $"// {index}\n{First}", null, null, TestActors.Ada))));

        var winner = Assert.Single(publishes.OfType<ScriptPublish.Published>());
        Assert.Equal(5, publishes.OfType<ScriptPublish.ChangedMeanwhile>().Count());
        Assert.Equal(winner.State.Published, Assert.Single((await scripts.GetAsync(ScriptKind.Login))!.Versions));
    }

    [SkippableFact]
    public async Task PublishAsync_ScriptThatCannotRun_IsRefusedWithItsProblems()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();

        var refused = Assert.IsType<ScriptPublish.Refused>(
            await scripts.PublishAsync(ScriptKind.Login, $"one\n  {TestScriptInspector.Mistake}", null, null, TestActors.Ada));

        Assert.Equal(new ScriptPosition(2, 3), Assert.Single(refused.Problems).Position);
        Assert.Equal("", (await scripts.GetAsync(ScriptKind.Login))!.Draft);
    }

    [SkippableFact]
    public async Task SaveDraftAsync_TooLong_IsRefused()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var source = new string('x', new ScriptLimits().SourceLength + 1);

        Assert.IsType<DraftSave.Refused>(await scripts.SaveDraftAsync(ScriptKind.Login, source, null, TestActors.Ada));
        Assert.IsType<ScriptPublish.Refused>(await scripts.PublishAsync(ScriptKind.Login, source, null, null, TestActors.Ada));
    }

    [SkippableFact]
    public async Task Dialect_ChosenByHand_GoesWithDraftVersionAndRollBack()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var saved = Assert.IsType<DraftSave.Saved>(await scripts.SaveDraftAsync(ScriptKind.Login, First, null, TestActors.Ada, ScriptDialect.Auth0)).State;
        Assert.Equal((ScriptDialect?)ScriptDialect.Auth0, saved.DraftDialect);

        await scripts.MarkTestedAsync(ScriptKind.Login, First);
        Assert.False((await scripts.GetAsync(ScriptKind.Login))!.IsDraftTested);
        await scripts.MarkTestedAsync(ScriptKind.Login, First, ScriptDialect.Auth0);
        Assert.True((await scripts.GetAsync(ScriptKind.Login))!.IsDraftTested);

        var first = Assert.IsType<ScriptPublish.Published>(await scripts.PublishAsync(ScriptKind.Login, First, null, saved.ConcurrencyStamp, TestActors.Ada, ScriptDialect.Auth0)).State;
        Assert.Equal((ScriptDialect.Auth0, true, false), (first.Published!.Dialect, first.Published.IsTested, first.HasUnpublishedChanges));
        Assert.Equal(
            new PublishedScript(first.Published.Id, 1, First, ScriptDialect.Auth0),
            (await database.Get<CustomDatabaseManager>().GetPublishedAsync())!.Scripts[ScriptKind.Login]);

        var second = Assert.IsType<ScriptPublish.Published>(await scripts.PublishAsync(ScriptKind.Login, First, null, first.ConcurrencyStamp, TestActors.Ada)).State;
        Assert.Equal((null, null, false), (second.DraftDialect, second.Published!.Dialect, second.Published.IsTested));

        var back = Assert.IsType<ScriptPublish.Published>(await scripts.RollBackAsync(ScriptKind.Login, first.Published.Id, second.ConcurrencyStamp, TestActors.Ada)).State;
        Assert.Equal((3, ScriptDialect.Auth0, true, null), (back.Published!.Number, back.Published.Dialect, back.Published.IsTested, back.DraftDialect));
    }

    [SkippableFact]
    public async Task MarkTestedAsync_Draft_IsTestedUntilItChanges()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var saved = Assert.IsType<DraftSave.Saved>(await scripts.SaveDraftAsync(ScriptKind.Login, First, null, TestActors.Ada)).State;

        await scripts.MarkTestedAsync(ScriptKind.Login, First);
        var tested = await scripts.GetAsync(ScriptKind.Login);

        Assert.True(tested!.IsDraftTested);
        Assert.Equal(saved.ConcurrencyStamp, tested.ConcurrencyStamp);
        var changed = Assert.IsType<DraftSave.Saved>(await scripts.SaveDraftAsync(ScriptKind.Login, Second, tested.ConcurrencyStamp, TestActors.Ada)).State;
        Assert.False(changed.IsDraftTested);
    }

    [SkippableFact]
    public async Task RollBackAsync_OldVersion_IsPublishedAgainAndTheDraftStays()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var first = await PublishAsync(scripts, First, "begin", null);
        var second = await PublishAsync(scripts, Second, null, first.State.ConcurrencyStamp);
        var draft = Assert.IsType<DraftSave.Saved>(await scripts.SaveDraftAsync(ScriptKind.Login, "// draft", second.State.ConcurrencyStamp, TestActors.Ada)).State;

        var back = Assert.IsType<ScriptPublish.Published>(
            await scripts.RollBackAsync(ScriptKind.Login, first.State.Published!.Id, draft.ConcurrencyStamp, TestActors.Bob));

        Assert.Equal(
            [(3, "Bob", "Rolled back to version 1"), (2, "Ada", null), (1, "Ada", "begin")],
            back.State.Versions.Select(version => (version.Number, version.Author, version.Note)));
        Assert.Equal((3, "// draft", "Ada", true), (back.Number, back.State.Draft, back.State.DraftSavedBy, back.State.HasUnpublishedChanges));
        var published = (await database.Get<CustomDatabaseManager>().GetPublishedAsync())!.Scripts[ScriptKind.Login];
        Assert.Equal(new PublishedScript(back.State.Published!.Id, 3, First), published);
        var told = Assert.Single(await database.Get<ActivityQueries>().LatestAsync(10), item => item.Kind == ActivityKinds.ScriptRolledBack);
        Assert.Equal(
            ("Bob", "Login", back.State.Published.Id, "From version 2 to version 3. It has the source of version 1. Not tested. Note: Rolled back to version 1"),
            (told.ActorName, told.Outcome, told.ScriptVersionId, told.Detail));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RollBackAsync_Tested_IsWhatThatSourceIs(bool isFirstTested)
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        await scripts.SaveDraftAsync(ScriptKind.Login, First, null, TestActors.Ada);
        var first = await PublishAsync(scripts, First, null, (await scripts.GetAsync(ScriptKind.Login))!.ConcurrencyStamp);
        if (isFirstTested)
        {
            await scripts.MarkTestedAsync(ScriptKind.Login, First);
        }

        var second = await PublishAsync(scripts, Second, null, first.State.ConcurrencyStamp);
        Assert.False(await IsPublishedTestedAsync(database));
        if (!isFirstTested)
        {
            await scripts.MarkTestedAsync(ScriptKind.Login, Second);
        }

        var back = Assert.IsType<ScriptPublish.Published>(
            await scripts.RollBackAsync(ScriptKind.Login, first.State.Published!.Id, second.State.ConcurrencyStamp, TestActors.Ada));

        Assert.Equal(isFirstTested, await IsPublishedTestedAsync(database));
        Assert.Equal([isFirstTested, !isFirstTested, isFirstTested], back.State.Versions.Select(version => version.IsTested));
        Assert.Equal(!isFirstTested, back.State.IsDraftTested);
    }

    [SkippableFact]
    public async Task MarkTestedAsync_SourceOfSeveralVersions_MarksThemAllAndPublishingItAgainNeedsNoTest()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var first = await PublishAsync(scripts, First, null, null);
        var second = await PublishAsync(scripts, Second, null, first.State.ConcurrencyStamp);
        var third = await PublishAsync(scripts, First, null, second.State.ConcurrencyStamp);

        await scripts.MarkTestedAsync(ScriptKind.Login, First);
        await scripts.MarkTestedAsync(ScriptKind.Login, "// something else");

        Assert.Equal([true, false, true], (await scripts.GetAsync(ScriptKind.Login))!.Versions.Select(version => version.IsTested));
        var fourth = await PublishAsync(scripts, First, null, third.State.ConcurrencyStamp);
        Assert.Equal((true, true), (fourth.State.Published!.IsTested, fourth.State.IsDraftTested));
        Assert.True(await IsPublishedTestedAsync(database));
    }

    [SkippableFact]
    public async Task RollBackAsync_NotPossible_IsRefused()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var first = await PublishAsync(scripts, First, null, null);
        var stamp = first.State.ConcurrencyStamp;

        Assert.Equal(
            "Version 1 is the published one already.",
            Assert.IsType<ScriptPublish.Refused>(await scripts.RollBackAsync(ScriptKind.Login, first.State.Published!.Id, stamp, TestActors.Ada)).Message);
        Assert.IsType<ScriptPublish.Refused>(await scripts.RollBackAsync(ScriptKind.Login, Guid.NewGuid(), stamp, TestActors.Ada));
        Assert.IsType<ScriptPublish.ChangedMeanwhile>(await scripts.RollBackAsync(ScriptKind.Login, first.State.Published.Id, Guid.NewGuid(), TestActors.Ada));
        Assert.Single((await scripts.GetAsync(ScriptKind.Login))!.Versions);
    }

    [SkippableFact]
    public async Task RollBackAsync_AllAtOnce_OneWinsAndNoNumberIsMissing()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        var first = await PublishAsync(scripts, First, null, null);
        var second = await PublishAsync(scripts, Second, null, first.State.ConcurrencyStamp);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            Task.Run(() => scripts.RollBackAsync(ScriptKind.Login, first.State.Published!.Id, second.State.ConcurrencyStamp, TestActors.Ada))));

        Assert.Single(attempts.OfType<ScriptPublish.Published>());
        Assert.Equal(5, attempts.OfType<ScriptPublish.ChangedMeanwhile>().Count());
        Assert.Equal([3, 2, 1], (await scripts.GetAsync(ScriptKind.Login))!.Versions.Select(version => version.Number));
    }

    [SkippableFact]
    public async Task SaveDraftAsync_AgainAndAgain_IsOneEventInTenMinutesForEachPersonAndScript()
    {
        await using var database = await CreateConfiguredAsync();
        var scripts = database.Get<DatabaseScriptManager>();
        await SaveAsync(ScriptKind.Login, TestActors.Ada);
        database.Time.Advance(TimeSpan.FromMinutes(9));
        await SaveAsync(ScriptKind.Login, TestActors.Ada);
        await SaveAsync(ScriptKind.Login, TestActors.Bob);
        await SaveAsync(ScriptKind.SearchUser, TestActors.Ada);
        Assert.Equal(["Ada Login", "Ada SearchUser", "Bob Login"], await EventsAsync());

        database.Time.Advance(TimeSpan.FromMinutes(1));
        await SaveAsync(ScriptKind.Login, TestActors.Ada);
        await SaveAsync(ScriptKind.Login, TestActors.Bob);

        Assert.Equal(["Ada Login", "Ada Login", "Ada SearchUser", "Bob Login"], await EventsAsync());

        async Task SaveAsync(ScriptKind kind, ActivityActor actor) => Assert.IsType<DraftSave.Saved>(
            await scripts.SaveDraftAsync(kind, Guid.NewGuid().ToString(), (await scripts.GetAsync(kind))!.ConcurrencyStamp, actor));

        async Task<IEnumerable<string>> EventsAsync() => (await database.Get<ActivityQueries>().LatestAsync(20))
            .Where(item => item.Kind == ActivityKinds.ScriptDraftSaved)
            .Select(item => $"{item.ActorName} {item.Outcome}")
            .Order();
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    private static async Task<bool> IsPublishedTestedAsync(TestDatabase database) =>
        (await database.Get<MigrationSwitch>().GetReadinessAsync()).Scripts.Single(script => script.Kind == ScriptKind.Login).IsTested;

    private async Task<TestDatabase> CreateConfiguredAsync()
    {
        var database = await CreateDatabaseAsync();
        await database.Get<CustomDatabaseManager>().SaveAsync(new CustomDatabaseEdit { Name = "Shop", Type = CustomDatabaseType.Other }, TestActors.Ada);
        return database;
    }

    private static async Task<ScriptPublish.Published> PublishAsync(DatabaseScriptManager scripts, string source, string? note, Guid? stamp) =>
        Assert.IsType<ScriptPublish.Published>(await scripts.PublishAsync(ScriptKind.Login, source, note, stamp, TestActors.Ada));
}

public sealed class SqliteDatabaseScriptManagerTests : DatabaseScriptManagerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync();
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresDatabaseScriptManagerTests(PostgresServer server) : DatabaseScriptManagerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(server);
}
