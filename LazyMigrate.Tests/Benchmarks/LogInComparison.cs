using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Tests.TestServices;
using Npgsql;
using Xunit.Sdk;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary>
/// The PostgreSQL template's <c>login</c> here and in Node with the original <c>pg</c> and <c>bcrypt</c>, in turns, as ratios:
/// <c>dotnet run -c Release --project LazyMigrate.Tests -- log-ins</c>. Needs PostgreSQL, Node and the conformance packages.
/// </summary>
/// <remarks>
/// Both keep the processors busy, so log-ins per second follow from processor time. It is printed, too, with PostgreSQL's share,
/// and tells more than the clock where other programs run.
/// </remarks>
internal static class LogInComparison
{
    public const string Verb = "log-ins";

    private const int People = 200;
    private const int Runs = 400;
    private const int Rounds = 3;
    private const string Password = "opensesame";

    public static async Task RunAsync()
    {
        if (!PostgresServer.IsAvailable(out var reason) || !ConformanceSuite.IsAvailable(out reason, "bcrypt"))
        {
            Console.WriteLine(reason);
            return;
        }

        var server = new PostgresServer(new NullMessageSink());
        await server.InitializeAsync();
        try
        {
            await server.ExecuteAsync("postgres", $"""
                CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, phone text, username text, name text, password_hash text, email_verified boolean, blocked boolean);
                INSERT INTO users SELECT i, 'user' || i || '@example.org', NULL, NULL, 'User', '{BCrypt.Net.BCrypt.HashPassword(Password, 10)}', true, false FROM generate_series(0, {People - 1}) i;
                """);
            var postgres = await PostmasterOfAsync(server);
            await using var host = new WorkerScriptHost();
            await host.WaitForWorkersAsync(2);

            // Until the runtime has compiled its hot methods, as Node's has within its first few.
            await HereAsync(host, server, ScriptTemplates.For(LegacyStore.Postgres, ScriptKind.Login).Source, 600, 4);
            foreach (var atOnce in new[] { 1, 2, 8 })
            {
                await CompareAsync(host, server, postgres, atOnce);
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task CompareAsync(WorkerScriptHost host, PostgresServer server, int postgres, int atOnce)
    {
        var source = ScriptTemplates.For(LegacyStore.Postgres, ScriptKind.Login).Source;
        var runs = atOnce == 1 ? Runs / 4 : Runs;
        await HereAsync(host, server, source, 20, atOnce);
        var ratios = new List<double>();
        var processorRatios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            var before = (Postgres: PostgresTime(), Server: ProcessorTimeOf(Environment.ProcessId), Workers: host.WorkerIds.Sum(ProcessorTimeOf));
            var here = await HereAsync(host, server, source, runs, atOnce);
            var between = (Postgres: PostgresTime(), Server: ProcessorTimeOf(Environment.ProcessId), Workers: host.WorkerIds.Sum(ProcessorTimeOf));
            var node = await InNodeAsync(server, source, runs, atOnce);
            var after = PostgresTime();
            var (ours, workers, postgresHere) = ((between.Server - before.Server) / runs, (between.Workers - before.Workers) / runs, (between.Postgres - before.Postgres) / runs);
            var (nodes, postgresNode) = (node.ProcessorTime / runs, (after - between.Postgres) / runs);
            ratios.Add(here.PerSecond / node.PerSecond);
            processorRatios.Add((nodes + postgresNode) / (ours + workers + postgresHere));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{atOnce} at once, round {round}: here {here}; Node {node}; ratio {ratios[^1]:0.00}"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    processor time a log-in: here {ours:0.0} server + {workers:0.0} workers + {postgresHere:0.0} PostgreSQL; Node {nodes:0.0} + {postgresNode:0.0} PostgreSQL; ratio {processorRatios[^1]:0.00}"));
        }

        ratios.Sort();
        processorRatios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{atOnce} at once: median ratio of log-ins per second, here to Node: {ratios[Rounds / 2]:0.00}; by processor time {processorRatios[Rounds / 2]:0.00}"));

        double PostgresTime() => OperatingSystem.IsLinux() ? ProcessorTimes.OfTree(postgres) : 0;
    }

    private static double ProcessorTimeOf(int processId) => OperatingSystem.IsLinux() ? ProcessorTimes.Of(processId) : 0;

    /// <summary>PostgreSQL's first process, which starts one for each connection.</summary>
    private static async Task<int> PostmasterOfAsync(PostgresServer server)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        return ProcessorTimes.ParentOf(connection.ProcessID);
    }

    private static async Task<Figures> HereAsync(WorkerScriptHost host, PostgresServer server, string source, int runs, int atOnce)
    {
        var times = new double[runs];
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < runs; i = Interlocked.Increment(ref next))
            {
                var begun = Stopwatch.GetTimestamp();
                var result = await host.Runner.RunAsync(host.Login(source) with
                {
                    ArgumentsJson = host.Contract.LoginArguments(new LegacyQuery { Email = $"user{i % People}@example.org" }, Password, new ScriptContext()),
                    Variables = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = server.ConnectionUri },
                    Access = new LegacyAccess([server.HostAndPort], null, []),
                });
                if (result.Completion is not ScriptCompletion.Answered { Json: not (null or "null") })
                {
                    throw new InvalidOperationException($"A log-in failed: {result.Completion}");
                }

                times[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }
        })));
        return Figures.Of(times, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static async Task<Figures> InNodeAsync(PostgresServer server, string source, int runs, int atOnce)
    {
        var order = new
        {
            source,
            env = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = server.ConnectionUri },
            runs,
            atOnce,
            people = People,
            password = Password,
        };
        var output = await ConformanceSuite.RunNodeAsync(
            Path.Combine(RepositoryFolder.Path, "LazyMigrate.Tests", "Benchmarks", "log-ins.js"),
            [],
            JsonSerializer.Serialize(order));
        using var json = JsonDocument.Parse(output);
        return Figures.Of(
            [.. json.RootElement.GetProperty("times").EnumerateArray().Select(time => time.GetDouble())],
            json.RootElement.GetProperty("milliseconds").GetDouble(),
            json.RootElement.GetProperty("processorTime").GetDouble());
    }

    private sealed record Figures(double PerSecond, double Median, double P99, double ProcessorTime)
    {
        public static Figures Of(double[] times, double milliseconds, double processorTime = 0)
        {
            Array.Sort(times);
            return new Figures(times.Length * 1000 / milliseconds, times[times.Length / 2], times[times.Length * 99 / 100], processorTime);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0.0}/s, p50 {Median:0.0} ms, p99 {P99:0.0} ms");
    }
}
