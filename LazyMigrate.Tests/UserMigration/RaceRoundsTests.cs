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
using Microsoft.Extensions.DependencyInjection.Extensions;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Promise P3 over many rounds, each with people of its own, several rounds at a time and each log-in without the gate that would put them in a row: only the indexes decide.</summary>
/// <remarks>
/// <c>LAZYMIGRATE_TEST_ROUNDS</c> is the number of rounds of each race: with 1,250 they are 10,000 in all. The scripts are answered by
/// <see cref="TestScriptRunner"/>, which stands in for the runtime at <see cref="IScriptRunner"/>; a hundred rounds of each race run real scripts.
/// </remarks>
[Collection(nameof(PostgresCollection))]
public sealed class RaceRoundsTests(PostgresServer server, WorkerScriptHost scripts) : IClassFixture<WorkerScriptHost>
{
    private const int RoundsAtOnce = 4;

    /// <summary>What <see cref="Answer"/> says, as a script.</summary>
    private const string RealLogin = """
        async function login(query, password) {
          const [, name, number] = /^(plain|chance|shared)[-xy]*([0-9]+)@/.exec(query.email);
          if (password !== 'old password') throw new WrongPasswordError();
          const id = name === 'chance' ? number + (Math.random() < 0.5 ? 'a' : 'b') : number;
          return { id: name + id, email: query.email, name: 'Ada Lovelace' };
        }
        """;

    private static readonly EphemeralDataProtectionProvider s_protection = new();

    public static TheoryData<string, bool, bool> Races
    {
        get
        {
            var data = new TheoryData<string, bool, bool>();
            foreach (var race in new[] { "log-in and log-in", "log-in and registration", "two legacy rows, one address", "one legacy id, two addresses" })
            {
                data.Add(race, false, false);
                data.Add(race, true, false);
                data.Add(race, true, true);
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Races))]
    public async Task Race_EachRoundOneUser(string race, bool onPostgres, bool withRealScripts)
    {
        var nodes = await StartAsync(onPostgres, withRealScripts);
        await using var first = nodes[0];
        await using var joined = nodes.Count > 1 ? nodes[1] : null;
        var second = joined ?? first;
        var rounds = withRealScripts ? 100 : TestRounds.Of(100);

        await Parallel.ForEachAsync(Enumerable.Range(0, rounds), new ParallelOptions { MaxDegreeOfParallelism = RoundsAtOnce }, async (round, _) =>
        {
            await (race switch
            {
                "log-in and log-in" => BothAsync(LogInAsync(first, $"plain{round}@example.org"), LogInAsync(second, $"plain{round}@example.org")),
                "log-in and registration" => OneAsync(LogInAsync(first, $"plain{round}@example.org"), RegisterAsync(second, $"plain{round}@example.org")),
                "two legacy rows, one address" => AnyAsync(LogInAsync(first, $"chance{round}@example.org"), LogInAsync(second, $"chance{round}@example.org")),
                _ => OneAsync(LogInAsync(first, $"shared-x{round}@example.org"), LogInAsync(second, $"shared-y{round}@example.org")),
            });
        });

        Assert.Equal(rounds, await first.ReadAsync(context => context.Users.CountAsync()));
        Assert.Equal(
            rounds,
            await first.ReadAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == ActivityKinds.UserMigrated || item.Kind == ActivityKinds.UserRegistered)));
        Assert.Equal(0, await first.ReadAsync(context => context.Users.CountAsync(user => user.PasswordHash == null)));
        Assert.Equal(0, await first.ReadAsync(context => context.AttemptCounts.SumAsync(row => row.Pending)));
    }

    private static async Task BothAsync(Task<bool> one, Task<bool> other)
    {
        Assert.Equal((true, true), (await one, await other));
    }

    private static async Task OneAsync(Task<bool> one, Task<bool> other)
    {
        var results = (await one, await other);
        Assert.True(results.Item1 ^ results.Item2, $"{results}");
    }

    private static async Task AnyAsync(Task<bool> one, Task<bool> other)
    {
        var results = (await one, await other);
        Assert.True(results.Item1 || results.Item2);
    }

    private static Task<bool> LogInAsync(TestDatabase node, string email) =>
        Task.Run(async () => (await TestSignIns.LogInAsync(node, email, Password)).Succeeded);

    private static Task<bool> RegisterAsync(TestDatabase node, string email) =>
        Task.Run(async () => (await TestSignIns.RegisterAsync(node, email)).Succeeded);

    /// <summary>Each address is a person; <c>chance</c> ones have two rows, and <c>shared</c> ones one row under two addresses.</summary>
    private static ScriptCompletion.Answered Answer(ScriptRunRequest request)
    {
        using var arguments = JsonDocument.Parse(request.ArgumentsJson);
        var email = arguments.RootElement[0].GetProperty("email").GetString()!;
        var name = email[..email.IndexOf('@', StringComparison.Ordinal)].Replace("-x", "", StringComparison.Ordinal).Replace("-y", "", StringComparison.Ordinal);
        var id = name.StartsWith("chance", StringComparison.Ordinal) && Guid.NewGuid().ToByteArray()[0] % 2 == 0 ? $"{name}b" : name;
        return new ScriptCompletion.Answered(Profile(id, email));
    }

    /// <returns>Two nodes on PostgreSQL, one on SQLite.</returns>
    private async Task<List<TestDatabase>> StartAsync(bool onPostgres, bool withRealScripts)
    {
        var first = await (onPostgres ? TestDatabase.CreateAsync(server, Configure) : TestDatabase.CreateAsync(Configure));
        List<TestDatabase> nodes = onPostgres ? [first, await TestDatabase.JoinAsync(first, Configure)] : [first];
        await first.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        foreach (var node in nodes)
        {
            node.Runner.Answer(ScriptKind.Login, Answer);
            node.Runner.Answer(ScriptKind.SearchUser, "null");
        }

        if (withRealScripts)
        {
            foreach (var (kind, source) in new[] { (ScriptKind.Login, RealLogin), (ScriptKind.SearchUser, "async function searchUser() { return null; }") })
            {
                var stamp = (await first.Get<DatabaseScriptManager>().GetAsync(kind))!.ConcurrencyStamp;
                Assert.IsType<ScriptPublish.Published>(await first.Get<DatabaseScriptManager>().PublishAsync(kind, source, null, stamp, ActivityActor.System));
            }
        }

        return nodes;

        void Configure(IServiceCollection services)
        {
            new TestSignIns().AddTo(services);
            services.AddSingleton<IDataProtectionProvider>(s_protection);
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
            services.RemoveAll<IdentifierGate>();
            services.AddScoped<IdentifierGate>();
            if (withRealScripts)
            {
                services.Replace(ServiceDescriptor.Singleton(scripts.Runner));
            }
        }
    }
}
