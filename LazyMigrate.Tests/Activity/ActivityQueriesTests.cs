using System.Data.Common;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

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

    [SkippableTheory]
    [InlineData("ada", 2)]
    [InlineData("Ada", 2)]
    [InlineData("ADA", 2)]
    [InlineData("ada@", 1)]
    [InlineData("%", 0)]
    [InlineData("a_a", 0)]
    [InlineData("özge", 1)]
    [InlineData("😀", 1)]
    [InlineData("da", 0)]
    public async Task ListAsync_OfAPerson_FindsTheBeginningOfANameOrIdentifier(string typed, int count)
    {
        await using var database = await CreateDatabaseAsync();
        await WriteAsync(database, ActivityKinds.ModeChanged, TestActors.Ada);
        await WriteAsync(database, ActivityKinds.ModeChanged, new ActivityActor(null, "Özge"));
        foreach (var identifier in new[] { "ada@example.org", "adb@example.org", "😀@example.org" })
        {
            await database.Get<ActivityWriter>().WriteAsync(database.Get<ActivityFactory>().Create(ActivityKinds.LoginRefused, subjectName: identifier), CancellationToken.None);
        }

        Assert.Equal(count, (await database.Get<ActivityQueries>().ListAsync(new ActivityFilter { Person = typed }, 0, 50)).Events.Count);
    }

    [SkippableTheory]
    [InlineData("person7", "SubjectName", "ActorName")]
    [InlineData("018f0000-0000-7000-8000-000000000007", "SubjectId_Time", "ActorId_Time")]
    public async Task ListAsync_OfAPerson_ReadsIndexes(string person, params string[] indexes)
    {
        var plan = new QueryPlan();
        await using var database = await CreateDatabaseAsync(services =>
        {
            services.ConfigureDbContext<SqliteAppDbContext>(options => options.AddInterceptors(plan));
            services.ConfigureDbContext<PostgresAppDbContext>(options => options.AddInterceptors(plan));
        });
        await database.ReadAsync(context => context.Database.ExecuteSqlRawAsync(ManyEvents));

        Assert.Single((await database.Get<ActivityQueries>().ListAsync(new ActivityFilter { Person = person }, 0, 50)).Events);

        Assert.All(indexes, index => Assert.Contains($"IX_ActivityEvents_{index}", plan.Text, StringComparison.Ordinal));
    }

    /// <summary>20,000 events of one person each; on PostgreSQL with the figures about them that it gathers by itself after a while.</summary>
    protected abstract string ManyEvents { get; }

    protected abstract Task<TestDatabase> CreateDatabaseAsync(Action<IServiceCollection>? configure = null);

    private static Task WriteAsync(TestDatabase database, string kind, ActivityActor? actor = null, Guid? subjectId = null) =>
        database.Get<ActivityWriter>().WriteAsync(database.Get<ActivityFactory>().Create(kind, actor, subjectId), CancellationToken.None);
}

public sealed class SqliteActivityQueriesTests : ActivityQueriesTests
{
    protected override string ManyEvents => """
        INSERT INTO "ActivityEvents" ("Id", "Time", "Day", "Kind", "SubjectName", "SubjectId")
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        SELECT printf('00000000-0000-0000-0000-%012d', i), i, '2026-03-01', 'login.refused', CASE i WHEN 7 THEN 'person7' ELSE 'other' || i END,
            CASE i WHEN 7 THEN upper('018f0000-0000-7000-8000-000000000007') END FROM n
        """;

    protected override Task<TestDatabase> CreateDatabaseAsync(Action<IServiceCollection>? configure = null) => TestDatabase.CreateAsync(configure);
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresActivityQueriesTests(PostgresServer server) : ActivityQueriesTests
{
    protected override string ManyEvents => """
        INSERT INTO "ActivityEvents" ("Id", "Time", "Day", "Kind", "SubjectName", "SubjectId")
        SELECT gen_random_uuid(), timestamptz '2026-03-01' + make_interval(secs => i), '2026-03-01', 'login.refused', CASE i WHEN 7 THEN 'person7' ELSE 'other' || i END,
            CASE i WHEN 7 THEN uuid '018f0000-0000-7000-8000-000000000007' ELSE gen_random_uuid() END FROM generate_series(1, 20000) i;
        ANALYZE "ActivityEvents"
        """;

    protected override Task<TestDatabase> CreateDatabaseAsync(Action<IServiceCollection>? configure = null) => TestDatabase.CreateAsync(server, configure);
}

/// <summary>How the database would find what the last query on events asks for.</summary>
internal sealed class QueryPlan : DbCommandInterceptor
{
    public string Text { get; private set; } = "";

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("FROM \"ActivityEvents\"", StringComparison.Ordinal))
        {
            var asked = command.CommandText;
            command.CommandText = (eventData.Context is SqliteAppDbContext ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + asked;
            var lines = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    lines.Add(reader.GetString(reader.FieldCount - 1));
                }
            }

            command.CommandText = asked;
            Text = string.Join('\n', lines);
        }

        return result;
    }
}
