using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Promise P3: one person, one row, whatever the concurrency. <c>LAZYMIGRATE_TEST_ROUNDS</c> multiplies the rounds.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class FirstLogInRaceTests(PostgresServer server)
{
    private const string Email = "ada@example.org";

    private static readonly EphemeralDataProtectionProvider s_protection = new();

    [Theory]
    [InlineData(2, 6)]
    [InlineData(30, 1)]
    public async Task Sqlite_SimultaneousFirstLogIns_OneUserAllSignedIn(int people, int rounds)
    {
        await using var database = await TestDatabase.CreateAsync(Cheap);
        await SimultaneousAsync([database], people, rounds);
    }

    [SkippableTheory]
    [InlineData(2, 6)]
    [InlineData(20, 2)]
    [InlineData(200, 1)]
    public async Task Postgres_SimultaneousFirstLogInsOnTwoNodes_OneUserAllSignedIn(int people, int rounds)
    {
        await using var first = await TestDatabase.CreateAsync(server, Cheap);
        await using var second = await TestDatabase.JoinAsync(first, Cheap);
        await SimultaneousAsync([first, second], people, rounds);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FirstLogInAgainstRegistration_OneUser(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);

        // The look-up says "free", as if the legacy row came into being in between: only the index decides.
        database.Runner.Answer(ScriptKind.SearchUser, "null");
        for (var round = 0; round < TestRounds.Of(10); round++)
        {
            var logIn = Task.Run(() => TestSignIns.LogInAsync(database, Email, Password));
            var registration = Task.Run(() => TestSignIns.RegisterAsync(database, Email));
            await Task.WhenAll(logIn, registration);

            Assert.True((await logIn).Succeeded ^ (await registration).Succeeded);
            Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync()));
            await ResetAsync(database);
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwoLegacyRowsOfOneAddress_OneUser_TheOtherIsRefused(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres, oneGateEach: true);
        await StageAsync(database);
        for (var round = 0; round < TestRounds.Of(10); round++)
        {
            // The legacy database holds Ada@ and ada@: which of them answers is chance.
            var next = 0;
            database.Runner.Answer(ScriptKind.Login, _ => new ScriptCompletion.Answered(Profile($"{Interlocked.Increment(ref next) % 2}", Email)));

            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))));

            var user = await database.ReadAsync(context => context.Users.SingleAsync());
            Assert.Contains(user.LegacyId, new[] { "0", "1" });
            Assert.Contains(results, result => result.Succeeded);
            Assert.Equal(1, await database.ReadAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == ActivityKinds.UserMigrated)));
            await ResetAsync(database);
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneLegacyIdUnderTwoAddresses_OneUser_TheOtherIsAConflict(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Answer(ScriptKind.Login, request =>
        {
            using var arguments = JsonDocument.Parse(request.ArgumentsJson);
            return new ScriptCompletion.Answered(Profile("42", arguments.RootElement[0].GetProperty("email").GetString()));
        });
        for (var round = 0; round < TestRounds.Of(10); round++)
        {
            var results = await Task.WhenAll(new[] { Email, "lovelace@example.org" }.Select(email => Task.Run(() => TestSignIns.LogInAsync(database, email, Password))));

            Assert.Single(results, result => result.Succeeded);
            Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync()));
            Assert.Equal(1, await database.ReadAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == ActivityKinds.MigrationConflict)));
            await ResetAsync(database);
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParallelGuessesOfSomebodyWhoLogsIn_ExactlyTheLimitIsLookedAt(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        for (var round = 0; round < TestRounds.Of(4); round++)
        {
            Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
            var guesses = 10 + (round * 37 % 490);

            var results = await Task.WhenAll(Enumerable.Range(0, guesses).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, "wrong"))));

            Assert.Equal(10, results.Count(result => result is not MigratingSignInResult));
            Assert.Equal(guesses - 10, results.Count(result => result is MigratingSignInResult { Refusal: SignInRefusal.TooManyAttempts }));
            await ResetAsync(database);
        }
    }

    private static async Task SimultaneousAsync(IReadOnlyList<TestDatabase> nodes, int people, int rounds)
    {
        await StageAsync(nodes[0]);
        foreach (var node in nodes)
        {
            node.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        }

        for (var round = 0; round < TestRounds.Of(rounds); round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, people).Select(i => Task.Run(() => TestSignIns.LogInAsync(nodes[i % nodes.Count], Email, Password))));

            Assert.All(results, result => Assert.True(result.Succeeded, (result as MigratingSignInResult)?.Refusal.ToString()));
            Assert.Equal(1, await nodes[0].ReadAsync(context => context.Users.CountAsync()));
            Assert.Equal(1, await nodes[0].ReadAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == ActivityKinds.UserMigrated)));
            Assert.Equal(0, await nodes[0].ReadAsync(context => context.AttemptCounts.SumAsync(row => row.Count + row.Pending)));
            await ResetAsync(nodes[0]);
        }
    }

    private static async Task StageAsync(TestDatabase database)
    {
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
    }

    private static Task<int> ResetAsync(TestDatabase database) => database.ReadAsync(async context =>
        await context.Users.ExecuteDeleteAsync() + await context.ActivityEvents.ExecuteDeleteAsync() + await context.AttemptCounts.ExecuteDeleteAsync());

    private Task<TestDatabase> CreateAsync(bool onPostgres, bool oneGateEach = false)
    {
        Action<IServiceCollection> configure = oneGateEach ? services => { Cheap(services); services.AddScoped<IdentifierGate>(); } : Cheap;
        return onPostgres ? TestDatabase.CreateAsync(server, configure) : TestDatabase.CreateAsync(configure);
    }

    private static void Cheap(IServiceCollection services)
    {
        new TestSignIns().AddTo(services);
        services.AddSingleton<IDataProtectionProvider>(s_protection);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100);
    }
}
