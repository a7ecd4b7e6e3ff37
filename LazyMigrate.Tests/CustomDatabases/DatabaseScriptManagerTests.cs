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

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

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
