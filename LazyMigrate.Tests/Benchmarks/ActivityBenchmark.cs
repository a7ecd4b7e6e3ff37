using System.Diagnostics;
using System.Globalization;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Tests.TestServices;
using Xunit.Sdk;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary>
/// What 10,000 events cost (<c>LAZYMIGRATE_BENCHMARK_EVENTS</c> says how many else), on SQLite and, where it is installed, on PostgreSQL:
/// <c>dotnet run -c Release --project LazyMigrate.Tests -- activity</c>.
/// </summary>
internal static class ActivityBenchmark
{
    public const string Verb = "activity";

    private const int Writers = 4;
    private const int People = 500;

    private static readonly int s_events = int.TryParse(Environment.GetEnvironmentVariable("LAZYMIGRATE_BENCHMARK_EVENTS"), CultureInfo.InvariantCulture, out var events) ? events : 10_000;

    public static async Task RunAsync()
    {
        await using (var database = await TestDatabase.CreateAsync())
        {
            await MeasureAsync("SQLite", database);
        }

        if (!PostgresServer.IsAvailable(out var reason))
        {
            Console.WriteLine(reason);
            return;
        }

        var server = new PostgresServer(new NullMessageSink());
        await server.InitializeAsync();
        try
        {
            await using var database = await TestDatabase.CreateAsync(server);
            await MeasureAsync("PostgreSQL", database);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task MeasureAsync(string name, TestDatabase database)
    {
        // Until the runtime has compiled what is measured.
        await WriteAsync(database, 200);
        await SealAsync(database);
        await VerifyAsync(database);
        await ReadPageAsync(database);

        var writing = await TimeAsync(() => WriteAsync(database, s_events));
        Say(name, $"{s_events} events written by {Writers} at once: {s_events / writing.TotalSeconds:0}/s");
        var sealing = await TimeAsync(() => SealAsync(database));
        Say(name, $"until they were sealed: {sealing.TotalMilliseconds:0} ms, {s_events / sealing.TotalSeconds:0}/s");
        Say(name, $"the check: {(await TimeAsync(() => VerifyAsync(database))).TotalMilliseconds:0} ms");
        var pages = new List<double>();
        for (var time = 0; time < 20; time++)
        {
            pages.Add((await TimeAsync(() => ReadPageAsync(database))).TotalMilliseconds);
        }

        pages.Sort();
        Say(name, $"the first page of one person's: median {pages[pages.Count / 2]:0.0} ms, longest {pages[^1]:0.0} ms");
    }

    private static async Task WriteAsync(TestDatabase database, int events)
    {
        var (writer, factory) = (database.Get<ActivityWriter>(), database.Get<ActivityFactory>());
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number <= events; number = Interlocked.Increment(ref next))
            {
                await writer.WriteAsync(
                    factory.Create(ActivityKinds.LoginRefused, subjectName: $"person{number % People}@example.org", outcome: "WrongPassword", duration: TimeSpan.FromMilliseconds(number)),
                    CancellationToken.None);
            }
        })));
    }

    private static async Task SealAsync(TestDatabase database)
    {
        var result = await database.Get<ActivitySealer>().SealDueAsync(CancellationToken.None);
        if (result.Problem is { } problem)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static async Task VerifyAsync(TestDatabase database)
    {
        var verification = await database.Get<ActivityVerifier>().VerifyAsync(null, CancellationToken.None);
        if (!verification.IsIntact || verification.Unsealed > 0)
        {
            throw new InvalidOperationException(verification.ToString());
        }
    }

    private static async Task ReadPageAsync(TestDatabase database)
    {
        var page = await database.Get<ActivityQueries>().ListAsync(new ActivityFilter { Person = "person7@" }, 0, 50);
        if (page.Events.Count == 0)
        {
            throw new InvalidOperationException("Nobody was found.");
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started);
    }

    private static void Say(string name, FormattableString text) => Console.WriteLine($"{name}: {FormattableString.Invariant(text)}");
}
