using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>A first log-in whose script still runs while the migration is switched off, or the sample removed: after that nobody comes from there.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class MoveMeanwhileTests(PostgresServer server)
{
    private const string Email = "ada@example.org";

    [SkippableTheory]
    [InlineData(false, MigrationMode.Off)]
    [InlineData(true, MigrationMode.Frozen)]
    public async Task SwitchedMeanwhile_NobodyIsMoved(bool onPostgres, MigrationMode mode)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        var (logIn, gate) = await BeginLogInAsync(database);

        await database.Get<MigrationSwitch>().SetAsync(mode, ActivityActor.System);
        gate.SetResult();

        Assert.Same(SignInResult.Failed, await logIn);
        await NobodyAsync(database);
        Assert.Equal("NotMoving", (await database.ReadAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.LoginRefused))).Outcome);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SampleRemovedMeanwhile_NoUserOfItStays(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        var (logIn, gate) = await BeginLogInAsync(database);

        Assert.IsType<SampleRemoval.Removed>(await database.Get<SampleManager>().RemoveAsync(ActivityActor.System));
        gate.SetResult();

        Assert.Same(SignInResult.Failed, await logIn);
        await NobodyAsync(database);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SampleRemovedAtTheSameMoment_NoUserOfItStays(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        for (var round = 0; round < TestRounds.Of(10); round++)
        {
            await StageAsync(database);
            var logIns = Enumerable.Range(0, 4).Select(i => Task.Run(() => TestSignIns.LogInAsync(database, $"user{i}@example.org", Password))).ToList();
            await Task.WhenAny(logIns);

            await database.Get<SampleManager>().RemoveAsync(ActivityActor.System);
            await Task.WhenAll(logIns);

            await NobodyAsync(database);
        }
    }

    private static async Task StageAsync(TestDatabase database)
    {
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        await database.ReadAsync(context => context.CustomDatabases.ExecuteUpdateAsync(update => update.SetProperty(row => row.IsSample, true)));
        var people = Enumerable.Range(0, 4).Select(i => $"user{i}@example.org").Append(Email);
        database.Runner.Knows(people.ToDictionary(email => email, email => Profile(email, email)));
    }

    /// <summary>The script has begun, and answers when the gate is opened.</summary>
    private static async Task<(Task<SignInResult> LogIn, TaskCompletionSource Gate)> BeginLogInAsync(TestDatabase database)
    {
        var gate = new TaskCompletionSource();
        database.Runner.Gate = gate.Task;
        var logIn = Task.Run(() => TestSignIns.LogInAsync(database, Email, Password));
        while (database.Runner.Requests.Count == 0)
        {
            await Task.Delay(5);
        }

        return (logIn, gate);
    }

    private static async Task NobodyAsync(TestDatabase database)
    {
        Assert.Equal(0, await database.ReadAsync(context => context.Users.CountAsync()));
        Assert.Equal(0, await database.ReadAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == ActivityKinds.UserMigrated)));
    }

    private Task<TestDatabase> CreateAsync(bool onPostgres) => onPostgres ? TestDatabase.CreateAsync(server, Cheap) : TestDatabase.CreateAsync(Cheap);

    private static void Cheap(IServiceCollection services)
    {
        new TestSignIns().AddTo(services);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100);
    }
}
