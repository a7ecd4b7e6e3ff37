using LazyMigrate.Core.Activity;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Activity;

public abstract class ActivityQueriesTests
{
    [SkippableFact]
    public async Task LatestAsync_Events_AreNewestFirst()
    {
        await using var database = await CreateDatabaseAsync();
        foreach (var kind in (string[])[ActivityKinds.DatabaseSaved, ActivityKinds.ScriptPublished, ActivityKinds.ModeChanged])
        {
            await WriteAsync(database, kind);
            database.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(
            [ActivityKinds.ModeChanged, ActivityKinds.ScriptPublished],
            (await database.Get<ActivityQueries>().LatestAsync(2)).Select(item => item.Kind));
    }

    [SkippableFact]
    public async Task LatestAsync_OfOnePerson_ShowsWhatTheyDidAndWhatHappenedToThem()
    {
        await using var database = await CreateDatabaseAsync();
        var ada = TestActors.Ada.Id!.Value;
        await WriteAsync(database, ActivityKinds.UserMigrated, subjectId: ada);
        database.Time.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(database, ActivityKinds.ModeChanged, TestActors.Ada);
        await WriteAsync(database, ActivityKinds.ModeChanged, TestActors.Bob);
        await WriteAsync(database, ActivityKinds.LoginRefused);

        var events = await database.Get<ActivityQueries>().LatestAsync(10, ada);

        Assert.Equal([ActivityKinds.ModeChanged, ActivityKinds.UserMigrated], events.Select(item => item.Kind));
    }

    [SkippableFact]
    public async Task DailyAsync_Days_AreCountedInUtcWithoutGaps()
    {
        await using var database = await CreateDatabaseAsync();
        database.Time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.Zero));
        await WriteAsync(database, ActivityKinds.UserMigrated);
        database.Time.SetUtcNow(new DateTimeOffset(2026, 3, 4, 23, 59, 59, TimeSpan.Zero));
        await WriteAsync(database, ActivityKinds.UserMigrated);
        await WriteAsync(database, ActivityKinds.UserMigrated);
        await WriteAsync(database, ActivityKinds.LoginRefused);

        var days = await database.Get<ActivityQueries>().DailyAsync(3);

        Assert.Equal(
            [(new DateOnly(2026, 3, 2), 1, 0), (new DateOnly(2026, 3, 3), 0, 0), (new DateOnly(2026, 3, 4), 2, 1)],
            days.Select(day => (day.Day, day[ActivityKinds.UserMigrated], day[ActivityKinds.LoginRefused])));
        Assert.Equal(2, Assert.Single(await database.Get<ActivityQueries>().DailyAsync(1))[ActivityKinds.UserMigrated]);
    }

    [SkippableFact]
    public async Task Create_LongDetail_IsShortenedToWhatFits()
    {
        await using var database = await CreateDatabaseAsync();
        var item = database.Get<ActivityFactory>().Create(ActivityKinds.LoginFailed, detail: new string('x', 5000), duration: TimeSpan.MaxValue);

        await database.Get<ActivityWriter>().WriteAsync(item, CancellationToken.None);

        var stored = Assert.Single(await database.Get<ActivityQueries>().LatestAsync(1));
        Assert.Equal((ActivityEvent.DetailLength, '…', (int?)int.MaxValue), (stored.Detail!.Length, stored.Detail[^1], stored.DurationMilliseconds));
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    private static Task WriteAsync(TestDatabase database, string kind, ActivityActor? actor = null, Guid? subjectId = null) =>
        database.Get<ActivityWriter>().WriteAsync(database.Get<ActivityFactory>().Create(kind, actor, subjectId), CancellationToken.None);
}

public sealed class SqliteActivityQueriesTests : ActivityQueriesTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync();
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresActivityQueriesTests(PostgresServer server) : ActivityQueriesTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(server);
}
