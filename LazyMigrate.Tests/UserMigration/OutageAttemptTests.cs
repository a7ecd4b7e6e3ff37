using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Decision 9: the number of tries that an outage allows tells nobody who has moved, and locks nobody out who only tried again.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class OutageAttemptTests(PostgresServer server)
{
    private const string Moved = "ada@example.org";
    private const string NotMoved = "bob@example.org";

    private static readonly Dictionary<string, string> s_people = new() { [Moved] = Profile("1", Moved), [NotMoved] = Profile("2", NotMoved) };

    [SkippableTheory]
    [InlineData(false, 0)]
    [InlineData(false, 4)]
    [InlineData(true, 0)]
    [InlineData(true, 4)]
    public async Task WrongPasswords_BeforeDuringAndAfterAnOutage_AreAnsweredAlike(bool onPostgres, int before)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        var answers = new List<List<SignInRefusal?>>();
        foreach (var identifier in new[] { Moved, NotMoved, "nobody@example.org" })
        {
            database.Runner.Knows(s_people);
            var told = new List<SignInRefusal?>();
            await TryAsync(before);
            await BreakAsync(database);
            await TryAsync(12);
            await MendAsync(database);
            await TryAsync(3);
            database.Time.Advance(TimeSpan.FromMinutes(15));
            await TryAsync(2);
            answers.Add(told);

            async Task TryAsync(int times)
            {
                for (var i = 0; i < times; i++)
                {
                    told.Add(RefusalOf(await TestSignIns.LogInAsync(database, identifier, "wrong")));
                }
            }
        }

        Assert.Equal(
            [
                .. Enumerable.Repeat<SignInRefusal?>(null, before),
                .. Enumerable.Repeat<SignInRefusal?>(SignInRefusal.TryAgainLater, 10 - before),
                .. Enumerable.Repeat<SignInRefusal?>(SignInRefusal.TooManyAttempts, 2 + before + 3),
                null,
                null,
            ],
            answers[0]);
        Assert.All(answers, told => Assert.Equal(answers[0], told));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParallelGuessesInAnOutage_AreAnsweredAlike(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        await BreakAsync(database);
        foreach (var identifier in new[] { Moved, NotMoved, "nobody@example.org" })
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, identifier, "wrong"))));

            Assert.Equal(10, results.Count(result => RefusalOf(result) == SignInRefusal.TryAgainLater));
            Assert.Equal(50, results.Count(result => RefusalOf(result) == SignInRefusal.TooManyAttempts));
        }
    }

    [Fact]
    public async Task ManyTriesInAnOutage_TheRightPasswordIsLetInAsSoonAsItIsOver()
    {
        await using var database = await CreateAsync(onPostgres: false);
        await StageAsync(database);
        await BreakAsync(database);
        for (var i = 0; i < 30; i++)
        {
            Assert.False((await TestSignIns.LogInAsync(database, NotMoved, Password)).Succeeded);
        }

        // Somebody else's log-in shows that it is over; the outage's sentence ends half a minute later.
        await MendAsync(database);

        Assert.True((await TestSignIns.LogInAsync(database, NotMoved, Password)).Succeeded);
        Assert.Equal(2, await database.ReadAsync(context => context.Users.CountAsync()));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ManyTriesWhileTooManyScriptsRun_CountAsUnanswered(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.Busy);
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(i < 10 ? SignInRefusal.TryAgainLater : SignInRefusal.TooManyAttempts, RefusalOf(await TestSignIns.LogInAsync(database, NotMoved, Password)));
        }

        Assert.Equal((0, 12), await database.ReadAsync(async context =>
        {
            var row = await context.AttemptCounts.OrderByDescending(count => count.Unanswered).FirstAsync();
            return (row.Count, row.Unanswered);
        }));
        await MendAsync(database);
        Assert.True((await TestSignIns.LogInAsync(database, NotMoved, Password)).Succeeded);
    }

    [Fact]
    public async Task ManyTriesInAnOutage_GuessesAfterItAreStillLimited()
    {
        await using var database = await CreateAsync(onPostgres: false);
        await StageAsync(database);
        await BreakAsync(database);
        for (var i = 0; i < 12; i++)
        {
            await TestSignIns.LogInAsync(database, NotMoved, "wrong");
        }

        await MendAsync(database);
        var runs = database.Runner.Requests.Count;
        for (var i = 0; i < 15; i++)
        {
            Assert.Equal(SignInRefusal.TooManyAttempts, RefusalOf(await TestSignIns.LogInAsync(database, NotMoved, "wrong")));
        }

        Assert.Equal(runs + 10, database.Runner.Requests.Count);
        Assert.Equal(SignInRefusal.TooManyAttempts, RefusalOf(await TestSignIns.LogInAsync(database, NotMoved, Password)));
    }

    [Fact]
    public async Task AnOutageBehindOneAddress_MovedPeopleOfThatAddressAreLetIn()
    {
        var address = new TestAddress();
        await using var database = await TestDatabase.CreateAsync(services =>
        {
            Cheap(services);
            services.AddSingleton<Core.Activity.IActivityRequest>(address);
        });
        await StageAsync(database);
        await BreakAsync(database);
        for (var i = 0; i < 120; i++)
        {
            var refusal = RefusalOf(await TestSignIns.LogInAsync(database, $"colleague{i}@example.org", Password));
            Assert.Equal(i < 99 ? SignInRefusal.TryAgainLater : SignInRefusal.TooManyAttempts, refusal);
        }

        Assert.True((await TestSignIns.LogInAsync(database, Moved, Password)).Succeeded);
        Assert.Equal(SignInRefusal.TooManyAttempts, RefusalOf(await TestSignIns.LogInAsync(database, Moved, "wrong")));
    }

    private static async Task StageAsync(TestDatabase database)
    {
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(s_people);
        Assert.True((await TestSignIns.LogInAsync(database, Moved, Password)).Succeeded);
    }

    /// <summary>Ends with the first failed run behind it.</summary>
    private static async Task BreakAsync(TestDatabase database)
    {
        database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.ModuleError);
        Assert.Equal(SignInRefusal.TryAgainLater, RefusalOf(await TestSignIns.LogInAsync(database, $"{Guid.NewGuid():N}@example.org", "wrong")));
    }

    /// <summary>Ends when nobody speaks of the outage any more.</summary>
    private static async Task MendAsync(TestDatabase database)
    {
        database.Runner.Knows(s_people);
        database.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, $"{Guid.NewGuid():N}@example.org", "wrong"));
    }

    private static SignInRefusal? RefusalOf(SignInResult result) => (result as MigratingSignInResult)?.Refusal;

    private Task<TestDatabase> CreateAsync(bool onPostgres) => onPostgres ? TestDatabase.CreateAsync(server, Cheap) : TestDatabase.CreateAsync(Cheap);

    private static void Cheap(IServiceCollection services)
    {
        new TestSignIns().AddTo(services);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100);
    }

    private sealed class TestAddress : Core.Activity.IActivityRequest
    {
        public string? Address => "192.0.2.7";

        public string? CorrelationId => null;
    }
}
