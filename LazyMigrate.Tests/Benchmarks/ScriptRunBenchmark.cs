using System.Diagnostics;
using System.Globalization;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary>What a run in a worker costs: <c>dotnet run -c Release --project LazyMigrate.Tests -- script-runs</c>.</summary>
/// <remarks>
/// Percentiles of single runs, throughput and memory are wanted, of a host that lives through all of them: BenchmarkDotNet's
/// means of repeated calls would hide the first two and could not see the last.
/// </remarks>
internal static class ScriptRunBenchmark
{
    public const string Verb = "script-runs";

    public const string MemoryVerb = "script-memory";

    private const string Trivial = "async function login(query) { await null; return { id: 'u1', email: query.email }; }";
    private const string Slow = "async function login(query) { await new Promise((resolve) => setTimeout(resolve, 200)); return { id: 'u1', email: query.email }; }";

    public static async Task RunAsync()
    {
        await using var host = new WorkerScriptHost();
        var started = Stopwatch.GetTimestamp();
        await host.WaitForWorkersAsync(2);
        Print("both workers ready after", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms");

        // Until the runtime has compiled its hot methods: it does so for some hundred runs of each new worker.
        var first = await RunManyAsync(host, Trivial, runs: 500, atOnce: 1);
        Print("first 500 runs of new workers: p50", first.Percentile(50), "ms");
        Print("first 500 runs of new workers: p99", first.Percentile(99), "ms");
        var before = MemoryOf(host);
        await RunManyAsync(host, Trivial, runs: 1_500, atOnce: 2);
        var single = await RunManyAsync(host, Trivial, runs: 2_000, atOnce: 1);
        Print("trivial run, one at a time: p50", single.Percentile(50), "ms");
        Print("trivial run, one at a time: p99", single.Percentile(99), "ms");
        var paused = await RunManyAsync(host, Trivial, runs: 300, atOnce: 1, pause: TimeSpan.FromMilliseconds(20));
        Print("trivial run, one every 20 ms: p50", paused.Percentile(50), "ms");
        Print("trivial run, one every 20 ms: p99", paused.Percentile(99), "ms");
        foreach (var atOnce in new[] { 2, 4, 8, 16 })
        {
            var many = await RunManyAsync(host, Trivial, runs: 4_000, atOnce);
            Print($"trivial runs, {atOnce} at once", many.PerSecond, "runs/s");
            Print($"trivial runs, {atOnce} at once: p99", many.Percentile(99), "ms");
        }

        var slow = await RunManyAsync(host, Slow, runs: 800, atOnce: 16);
        Print("runs that wait 200 ms, 16 at once", slow.PerSecond, "runs/s");

        var between = MemoryOf(host);
        await RunManyAsync(host, Trivial, runs: 8_000, atOnce: 16);
        var after = MemoryOf(host);
        Print("server's memory after 500, 21,100, 29,100 runs", before.Server, $"MiB, {between.Server} MiB, {after.Server} MiB");
        Print("workers' memory after 500, 21,100, 29,100 runs", before.Workers, $"MiB, {between.Workers} MiB, {after.Workers} MiB");

        var respawns = new List<double>();
        var processorTimes = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var ids = await host.WaitForWorkersAsync(2);
            WorkerScriptHost.Kill(ids[0]);
            var killed = Stopwatch.GetTimestamp();
            while (host.WorkerIds.Contains(ids[0]) || host.WorkerIds.Count < 2)
            {
                await Task.Delay(1);
            }

            respawns.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
            processorTimes.Add(OperatingSystem.IsLinux() ? ProcessorTimes.Of(host.WorkerIds.Except(ids).Single()) : 0);
        }

        respawns.Sort();
        processorTimes.Sort();
        Print("processor time of a new worker until it is ready", processorTimes[10], "ms");
        Print("worker replaced after a kill: median", respawns[10], "ms");
        Print("worker replaced after a kill: longest", respawns[^1], "ms");
    }

    /// <summary>Memory over 100,000 runs: <c>dotnet run -c Release --project LazyMigrate.Tests -- script-memory</c>.</summary>
    public static async Task RunMemoryAsync()
    {
        await using var host = new WorkerScriptHost();
        await host.WaitForWorkersAsync(2);
        await RunManyAsync(host, Trivial, runs: 500, atOnce: 8);
        PrintMemory(host, 0);
        for (var runs = 10_000; runs <= 100_000; runs += 10_000)
        {
            await RunManyAsync(host, Trivial, runs: 10_000, atOnce: 8);
            PrintMemory(host, runs);
        }
    }

    private static void PrintMemory(WorkerScriptHost host, int runs)
    {
        var (server, workers) = MemoryOf(host);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after {runs,7:N0} runs: server {server,4} MiB, {host.WorkerIds.Count} workers {workers,4} MiB"));
    }

    private static async Task<Figures> RunManyAsync(WorkerScriptHost host, string source, int runs, int atOnce, TimeSpan pause = default)
    {
        var request = host.Login(source);
        var times = new double[runs];
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < runs; i = Interlocked.Increment(ref next))
            {
                var result = await host.Runner.RunAsync(request);
                if (result.Completion is not ScriptCompletion.Answered)
                {
                    throw new InvalidOperationException($"A run failed: {result.Completion}");
                }

                times[i] = result.Duration.TotalMilliseconds;
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause);
                }
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        Array.Sort(times);
        return new Figures(times, runs / elapsed.TotalSeconds);
    }

    private static (long Server, long Workers) MemoryOf(WorkerScriptHost host)
    {
        GC.Collect();
        using var own = Process.GetCurrentProcess();
        return (own.WorkingSet64 >> 20, host.WorkerIds.Sum(id =>
        {
            using var worker = Process.GetProcessById(id);
            return worker.WorkingSet64;
        }) >> 20);
    }

    private static void Print(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-48} {value,8:0.0} {unit}"));

    private sealed record Figures(double[] Sorted, double PerSecond)
    {
        public double Percentile(int percent) => Sorted[Math.Min(Sorted.Length - 1, Sorted.Length * percent / 100)];
    }
}
