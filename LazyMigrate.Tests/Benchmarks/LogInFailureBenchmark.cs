using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LazyMigrate.Tests.TestServices;
using Microsoft.Data.Sqlite;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary>Whether the clock tells refused log-ins apart: <c>dotnet run -c Release --project LazyMigrate.Tests -- log-in-failures</c>.</summary>
/// <remarks>
/// 500 failures of each kind against a real server, in random order. The AUC of a pair is how often a failure of the first kind
/// takes longer than one of the second: 0.5 tells nothing, 0 and 1 tell all.
/// </remarks>
internal static class LogInFailureBenchmark
{
    public const string Verb = "log-in-failures";

    private const int Failures = 500;
    private const int AtOnce = 8;
    private const string Password = "correct horse battery";

    private static readonly string[] s_kinds = ["unknown", "wrong-local", "wrong-legacy", "blocked", "locked"];

    [SuppressMessage("Security", "CA5394", Justification = "The order of requests; nothing is kept secret by it.")]
    public static async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        var shop = Directory.CreateDirectory(Path.Combine(folder.Path, "shop")).FullName;
        await File.WriteAllTextAsync(Path.Combine(shop, "database.json"), """{ "name": "shop", "type": "other", "mode": "LazyMigration" }""");
        await File.WriteAllTextAsync(Path.Combine(shop, "login.js"), $$"""
            const bcrypt = require('bcrypt');
            async function login(query, password) {
              if (query.email === 'blocked@example.org') throw new UnauthorizedError();
              if (query.email !== 'wrong-legacy@example.org') return null;
              if (!(await bcrypt.compare(password, '{{BCrypt.Net.BCrypt.HashPassword(Password, 10)}}'))) throw new WrongPasswordError();
              return { id: '1', email: query.email };
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(shop, "searchUser.js"), "async function searchUser() { return null; }");
        foreach (var granularity in new[] { "00:00:00.500", "00:00:00" })
        {
            await MeasureAsync(Path.Combine(folder.Path, $"data{granularity.Length}"), shop, granularity);
        }
    }

    private static async Task MeasureAsync(string data, string shop, string granularity)
    {
        await using var server = await ServerProcess.StartAsync(data, new Dictionary<string, string>
        {
            ["LazyMigrate:Setup:CustomDatabase"] = shop,
            ["LazyMigrate:Throttle:AttemptsPerAddress"] = "1000000",
            ["LazyMigrate:Throttle:AttemptsPerIdentifier"] = "1000000",
            ["LazyMigrate:Security:FailureGranularity"] = granularity,
        });
        foreach (var kind in new[] { "wrong-local", "locked" })
        {
            using var client = NewClient(server);
            var browser = new TestBrowser(client);
            await browser.GetAsync("/account/register");
            await browser.SubmitAsync(("Form.Email", $"{kind}@example.org"), ("Form.Name", ""), ("Form.Password", Password));
        }

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(data, "lazymigrate.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE Users SET LockoutEnd = {DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds()} WHERE NormalizedEmail = 'locked@example.org'";
            if (await command.ExecuteNonQueryAsync() != 1)
            {
                throw new InvalidOperationException("The benchmark's users were not registered.");
            }
        }

        var order = s_kinds.SelectMany(kind => Enumerable.Repeat(kind, Failures)).ToArray();
        Random.Shared.Shuffle(order);
        var times = s_kinds.ToDictionary(kind => kind, _ => new List<double>());
        var outages = 0;
        await WarmUpAsync(server);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            using var client = NewClient(server);
            var browser = new TestBrowser(client);
            await browser.GetAsync("/account/login");
            for (var i = Interlocked.Increment(ref next); i < order.Length;)
            {
                var kind = order[i];
                var started = Stopwatch.GetTimestamp();
                var page = await browser.SubmitAsync(("Form.Identifier", $"{kind}@example.org"), ("Form.Password", kind == "locked" ? Password : "wrong"));
                var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (page.Alert?.Contains("not possible right now", StringComparison.Ordinal) == true)
                {
                    // A run failed, for example because the workers were still starting: for half a minute all failures are one.
                    Interlocked.Increment(ref outages);
                    await Task.Delay(1000);
                    continue;
                }

                if (page.Alert != "This account does not exist, or the password is wrong.")
                {
                    throw new InvalidOperationException($"{kind}: {page.Status} {page.Alert ?? page.Html}");
                }

                lock (times)
                {
                    times[kind].Add(elapsed);
                }

                i = Interlocked.Increment(ref next);
            }
        })));

        Console.WriteLine($"granularity {granularity}, {outages} answers of an outage left out");
        foreach (var kind in s_kinds)
        {
            times[kind].Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-14} median {times[kind][Failures / 2],8:0.0} ms   p95 {times[kind][Failures * 95 / 100],8:0.0} ms"));
        }

        for (var i = 0; i < s_kinds.Length; i++)
        {
            for (var j = i + 1; j < s_kinds.Length; j++)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  AUC {s_kinds[i],-13} {s_kinds[j],-13} {Auc(times[s_kinds[i]], times[s_kinds[j]]):0.000}"));
            }
        }
    }

    private static async Task WarmUpAsync(ServerProcess server)
    {
        using var client = NewClient(server);
        var browser = new TestBrowser(client);
        string? alert;
        do
        {
            await browser.GetAsync("/account/login");
            alert = (await browser.SubmitAsync(("Form.Identifier", "wrong-legacy@example.org"), ("Form.Password", "wrong"))).Alert;
        }
        while (alert?.Contains("not possible right now", StringComparison.Ordinal) == true);
    }

    private static double Auc(List<double> first, List<double> second) =>
        first.Sum(a => second.Sum(b => a > b ? 1.0 : a < b ? 0.0 : 0.5)) / ((double)first.Count * second.Count);

    private static HttpClient NewClient(ServerProcess server) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
}
