using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using LazyMigrate.Tests.TestServices;
using Microsoft.Data.Sqlite;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary>Whether anything tells refused log-ins apart: <c>dotnet run -c Release --project LazyMigrate.Tests -- log-in-failures</c>.</summary>
/// <remarks>
/// 500 failures of each kind (<c>LAZYMIGRATE_BENCHMARK_FAILURES</c> says how many else) against a real server: each by an identifier
/// of its own, so that none waits for another; in random order; two at once. The AUC of a pair is how often a failure of the first
/// kind takes longer than one of the second, as the best guess by the clock alone would find: 0.5 tells nothing, 0 and 1 tell all.
/// With 500 of each, 0.5 ± 0.036 is chance (two standard deviations).
/// </remarks>
internal static partial class LogInFailureBenchmark
{
    public const string Verb = "log-in-failures";

    private const int AtOnce = 2;
    private const string Password = "correct horse battery";
    private const string UnknownOrWrong = "This account does not exist, or the password is wrong.";

    /// <summary>The kind of person n is the one at n modulo their number; the script below knows it, too.</summary>
    private static readonly string[] s_kinds = ["unknown", "wrong-local", "wrong-legacy", "blocked", "locked", "disabled", "tombstone", "conflict"];

    private static readonly int s_failures = int.TryParse(Environment.GetEnvironmentVariable("LAZYMIGRATE_BENCHMARK_FAILURES"), CultureInfo.InvariantCulture, out var failures) ? failures : 500;

    public static async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        var shop = Directory.CreateDirectory(Path.Combine(folder.Path, "shop")).FullName;
        await File.WriteAllTextAsync(Path.Combine(shop, "database.json"), """{ "name": "shop", "type": "other", "mode": "LazyMigration" }""");
        await File.WriteAllTextAsync(Path.Combine(shop, "login.js"), $$"""
            const bcrypt = require('bcrypt');
            async function login(query, password) {
              const number = Number(query.email.slice(6, 11));
              const kind = {{System.Text.Json.JsonSerializer.Serialize(s_kinds)}}[number % {{s_kinds.Length}}];
              if (kind === 'blocked') throw new UnauthorizedError();
              if (kind === 'unknown') return null;
              if (!(await bcrypt.compare(password, '{{BCrypt.Net.BCrypt.HashPassword(Password, 10)}}'))) throw new WrongPasswordError();
              return { id: String(number), email: query.email, username: kind === 'conflict' ? 'taken' : undefined };
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(shop, "searchUser.js"), "async function searchUser() { return null; }");
        foreach (var granularity in new[] { "00:00:00.500", "00:00:00" })
        {
            await MeasureAsync(Path.Combine(folder.Path, $"data{granularity.Length}"), shop, granularity);
        }
    }

    [SuppressMessage("Security", "CA5394", Justification = "The order of requests; nothing is kept secret by it.")]
    private static async Task MeasureAsync(string data, string shop, string granularity)
    {
        await using var server = await ServerProcess.StartAsync(data, new Dictionary<string, string>
        {
            ["LazyMigrate:Setup:CustomDatabase"] = shop,
            ["LazyMigrate:Throttle:AttemptsPerAddress"] = "1000000",
            ["LazyMigrate:Security:FailureGranularity"] = granularity,
        });
        await AddPeopleAsync(server, data);
        await WarmUpAsync(server);

        var order = Enumerable.Range(0, s_failures * s_kinds.Length).ToArray();
        Random.Shared.Shuffle(order);
        var times = s_kinds.ToDictionary(kind => kind, _ => new List<double>());
        var answers = s_kinds.ToDictionary(kind => kind, _ => new HashSet<string>(StringComparer.Ordinal));
        var outages = 0;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            using var client = NewClient(server);
            var browser = new TestBrowser(client);
            await browser.GetAsync("/account/login");
            for (var i = Interlocked.Increment(ref next); i < order.Length;)
            {
                var (email, kind) = (EmailOf(order[i]), KindOf(order[i]));
                var started = Stopwatch.GetTimestamp();
                var page = await browser.SubmitAsync(("Form.Identifier", email), ("Form.Password", PasswordOf(kind)));
                var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (page.Alert?.Contains("not possible right now", StringComparison.Ordinal) == true)
                {
                    // A run failed, for example because the machine was busy: for half a minute all failures are one.
                    Interlocked.Increment(ref outages);
                    await Task.Delay(1000);
                    continue;
                }

                if (page.Alert != UnknownOrWrong)
                {
                    throw new InvalidOperationException($"{kind}: {page.Status} {page.Alert ?? page.Html}");
                }

                var answer = $"{page.Status}, {page.Html.Length} characters, {page.AllHeaders("Date")}\n{ComponentState().Replace(page.Html, "").Replace(email, "EMAIL", StringComparison.Ordinal).Replace(TokenOf(browser), "TOKEN", StringComparison.Ordinal)}";
                lock (times)
                {
                    times[kind].Add(elapsed);
                    answers[kind].Add(answer);
                }

                i = Interlocked.Increment(ref next);
            }
        })));

        Report(granularity, times, answers, outages);
    }

    private static void Report(string granularity, Dictionary<string, List<double>> times, Dictionary<string, HashSet<string>> answers, int outages)
    {
        Console.WriteLine($"granularity {granularity}, {s_failures} failures of each kind, {outages} answers of an outage left out");
        Console.WriteLine(answers.Values.SelectMany(set => set).Distinct(StringComparer.Ordinal).Count() is var distinct and > 1
            ? $"  {distinct} DIFFERENT ANSWERS (status, headers, length, body): {string.Join(", ", answers.Select(pair => $"{pair.Key} {pair.Value.Count}"))}"
            : $"  one answer for all: {answers.Values.First().First().Split('\n')[0]}");
        foreach (var kind in s_kinds)
        {
            times[kind].Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {kind,-13} median {At(0.5),8:0.00} ms   IQR {At(0.75) - At(0.25),6:0.00} ms   p95 {At(0.95),8:0.00} ms   first multiple missed {times[kind].Count(time => time > 750)}"));

            double At(double part) => times[kind][(int)(part * (times[kind].Count - 1))];
        }

        var worst = 0.0;
        for (var i = 0; i < s_kinds.Length; i++)
        {
            for (var j = i + 1; j < s_kinds.Length; j++)
            {
                var auc = Auc(times[s_kinds[i]], times[s_kinds[j]]);
                worst = Math.Max(worst, Math.Abs(auc - 0.5));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  AUC {s_kinds[i],-13} {s_kinds[j],-13} {auc:0.000}"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  farthest from 0.5: {worst:0.000}"));
    }

    /// <summary>One person is registered as everybody is; the others are copies of them, so that their hashes cost the same.</summary>
    private static async Task AddPeopleAsync(ServerProcess server, string data)
    {
        using var client = NewClient(server);
        var browser = new TestBrowser(client);
        await browser.GetAsync("/account/register");
        await browser.SubmitAsync(("Form.Email", "template@example.org"), ("Form.Name", ""), ("Form.Password", Password));

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "lazymigrate.db")};Pooling=False");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await ExecuteAsync("UPDATE Users SET UserName = 'taken', NormalizedUserName = 'taken' WHERE NormalizedEmail = 'template@example.org'") != 1)
        {
            throw new InvalidOperationException("The benchmark's user was not registered.");
        }

        var columns = new List<string>();
        await using (var names = connection.CreateCommand())
        {
            names.CommandText = "SELECT name FROM pragma_table_info('Users')";
            await using var reader = await names.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                columns.Add(reader.GetString(0));
            }
        }

        var until = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds();
        for (var number = 0; number < s_failures * s_kinds.Length; number++)
        {
            var email = EmailOf(number);
            if (KindOf(number) == "tombstone")
            {
                await ExecuteAsync($"INSERT INTO Tombstones (Id, NormalizedEmail, DeletedAt) VALUES ('{Guid.NewGuid().ToString().ToUpperInvariant()}', '{email}', {until})");
            }

            if (KindOf(number) is "wrong-local" or "locked" or "disabled")
            {
                var values = columns.Select(column => column switch
                {
                    "Id" => $"'{Guid.NewGuid().ToString().ToUpperInvariant()}'",
                    "Email" or "NormalizedEmail" => $"'{email}'",
                    "UserName" or "NormalizedUserName" => "NULL",
                    "LockoutEnd" when KindOf(number) == "locked" => $"{until}",
                    "IsDisabled" when KindOf(number) == "disabled" => "1",
                    _ => $"\"{column}\"",
                });
                await ExecuteAsync($"INSERT INTO Users ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) SELECT {string.Join(", ", values)} FROM Users WHERE NormalizedEmail = 'template@example.org'");
            }
        }

        await transaction.CommitAsync();

        async Task<int> ExecuteAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Until the runtime compiles nothing any more: a few of each kind, by people who are not measured.</summary>
    private static async Task WarmUpAsync(ServerProcess server)
    {
        using var client = NewClient(server);
        var browser = new TestBrowser(client);
        await browser.GetAsync("/account/login");
        for (var number = 90_000; number < 90_000 + (20 * s_kinds.Length);)
        {
            var page = await browser.SubmitAsync(("Form.Identifier", EmailOf(number)), ("Form.Password", "wrong"));
            number += page.Alert == UnknownOrWrong ? 1 : 0;
        }
    }

    private static string EmailOf(int number) => string.Create(CultureInfo.InvariantCulture, $"person{number:00000}@example.org");

    private static string KindOf(int number) => s_kinds[number % s_kinds.Length];

    private static string PasswordOf(string kind) => kind is "locked" or "tombstone" or "conflict" ? Password : "wrong horse battery..";

    private static string TokenOf(TestBrowser browser) =>
        browser.Page.Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? throw new InvalidOperationException($"No form: {browser.Page.Html}");

    // Encrypted anew for each page, whatever it is.
    [GeneratedRegex("<!--Blazor-Server-Component-State:[^>]*-->")]
    private static partial Regex ComponentState();

    private static double Auc(List<double> first, List<double> second) =>
        first.Sum(a => second.Sum(b => a > b ? 1.0 : a < b ? 0.0 : 0.5)) / ((double)first.Count * second.Count);

    private static HttpClient NewClient(ServerProcess server) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
}
