using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Workers;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LazyMigrate.Tests.Scripting.Workers;

/// <summary>How workers start, die, are replaced and end.</summary>
public sealed class WorkerLifeTests
{
    private const string Crash = "'x'.repeat(5e8).split('');";

    [SkippableFact]
    public async Task Environment_OfAWorker_HasNothingOfTheServers()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Reads /proc.");
        Environment.SetEnvironmentVariable("LAZYMIGRATE_TEST_CANARY", "canary-in-the-environment");
        await using var host = new WorkerScriptHost();
        var id = (await host.WaitForWorkersAsync(1))[0];

        var environment = await File.ReadAllTextAsync($"/proc/{id}/environ");
        var names = environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')[0]);

        Assert.DoesNotContain("canary", environment, StringComparison.Ordinal);
        Assert.Empty(names.Except(
        [
            "PATH", "DOTNET_ROOT", "DOTNET_EnableDiagnostics", "DOTNET_GCHeapHardLimit", "DOTNET_gcServer", "DOTNET_gcConcurrent", "DOTNET_TieredPGO", "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "MALLOC_ARENA_MAX",
            "TZ", "TMPDIR", "TEMP", "TMP", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "LD_LIBRARY_PATH",
        ]));
        Assert.Equal(Path.GetTempPath().TrimEnd('/'), new FileInfo($"/proc/{id}/cwd").ResolveLinkTarget(returnFinalTarget: false)!.FullName);
        Assert.EndsWith($"{ScriptWorker.Verb}\0", await File.ReadAllTextAsync($"/proc/{id}/cmdline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SaysInOneLineWhatIsOnAndOff()
    {
        await using var host = new WorkerScriptHost();

        await host.WaitForWorkersAsync(2);

        Assert.Single(host.Logged, line => line.Contains("worker processes. On: own process, empty environment", StringComparison.Ordinal));
    }

    /// <summary>LAZYMIGRATE_TEST_KILLS sets the number; 1,000 by default.</summary>
    [Fact]
    public async Task Kills_AtRandomMomentsUnderLoad_LeaveNoWrongAnswer()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("LAZYMIGRATE_TEST_KILLS") ?? "1000", CultureInfo.InvariantCulture);
        await using var host = new WorkerScriptHost();
        using var ended = new CancellationTokenSource();
        var wrong = new ConcurrentQueue<string>();
        var (right, lost, next) = (0, 0, 0);

        async Task LoadAsync()
        {
            while (!ended.IsCancellationRequested)
            {
                var n = Interlocked.Increment(ref next);
                var result = await host.RunBodyAsync($"await new Promise((resolve) => setTimeout(resolve, {n % 30})); return {{ id: env.N }};", request => request with
                {
                    Variables = new Dictionary<string, string> { ["N"] = $"{n}" },
                });
                switch (result.Completion)
                {
                    case ScriptCompletion.Answered({ } json) when json == $$"""{"id":"{{n}}"}""":
                        Interlocked.Increment(ref right);
                        break;
                    case ScriptCompletion.Failed({ Kind: ScriptFailureKind.WorkerLost or ScriptFailureKind.TimeLimit }):
                        Interlocked.Increment(ref lost);
                        break;
                    default:
                        wrong.Enqueue($"{n}: {result.Completion}");
                        break;
                }
            }
        }

        var load = Enumerable.Range(0, 8).Select(_ => LoadAsync()).ToList();
        for (var killed = 0; killed < kills;)
        {
            await Task.Delay(Random.Shared.Next(20));
            if (host.WorkerIds is { Count: > 0 } ids)
            {
                WorkerScriptHost.Kill(ids[Random.Shared.Next(ids.Count)]);
                killed++;
            }
        }

        await ended.CancelAsync();
        await Task.WhenAll(load);

        Assert.Empty(wrong);
        Assert.NotEqual(0, right);
        Assert.Equal("1", await host.AnswerAsync("return 1;"));
        Assert.DoesNotContain(host.Logged, line => line.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Console_OfARunThatWasStartedAgain_BeginsAnew()
    {
        // One worker: of two that are killed at once, the other may be given to the second attempt before its end is noticed.
        await using var host = WorkerScriptHost.With(options =>
        {
            options.Workers = 1;
            options.RunsAtOnce = options.RunsPerWorker;
        });
        await host.WaitForWorkersAsync(1);
        var request = host.Login("async function login() { console.log('begun'); await new Promise((resolve) => setTimeout(resolve, 1500)); console.log('ended'); return 1; }");
        var stream = new KillingStream(host);

        var result = await host.Runner.RunAsync(request, stream);

        Assert.IsType<ScriptCompletion.Answered>(result.Completion);
        Assert.Equal([ScriptConsoleLine.StartedAgain.Text, "begun", "ended"], result.Console.Select(line => line.Text));
        Assert.Equal(["begun", .. result.Console.Select(line => line.Text)], stream.Lines.Select(line => line.Text));
        Assert.Same(ScriptConsoleLine.StartedAgain, stream.Lines.ElementAt(1));
    }

    [Fact]
    public async Task Version_ThatEndsWorkers_IsQuarantinedAndOthersAreNot()
    {
        await using var host = WorkerScriptHost.With(options => options.QuarantineAfter = 3);

        var failures = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var result = await host.RunBodyAsync(Crash);
            failures.Add(Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Message);
        }

        Assert.Contains("is not run until", failures[^1], StringComparison.Ordinal);
        Assert.Contains(host.Logged, line => line.StartsWith("Critical: The script version", StringComparison.Ordinal));
        Assert.Equal("1", await host.AnswerAsync("return 1;"));
    }

    [Fact]
    public void Quarantine_CountsWithinItsTime_AndEnds()
    {
        var time = new FakeTimeProvider();
        var quarantine = new ScriptQuarantine(new ScriptWorkerOptions(), time, NullLogger.Instance);

        for (var i = 0; i < 4; i++)
        {
            quarantine.Report("a");
        }

        time.Advance(TimeSpan.FromSeconds(61));
        quarantine.Report("a");
        Assert.Null(quarantine.Until("a"));

        for (var i = 0; i < 4; i++)
        {
            quarantine.Report("a");
        }

        Assert.Equal(time.GetUtcNow() + TimeSpan.FromMinutes(1), quarantine.Until("a"));
        Assert.Null(quarantine.Until("b"));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(quarantine.Until("a"));
    }

    [Fact]
    public async Task RunAsync_Computing_EndsAtTheCpuLimitAndWaitingDoesNot()
    {
        await using var host = new WorkerScriptHost();
        var limits = new ScriptLimits { CpuTime = TimeSpan.FromMilliseconds(300) };

        var computing = await host.RunBodyAsync("for (;;);", request => request with { Limits = limits });
        var waiting = await host.AnswerAsync("await new Promise((resolve) => setTimeout(resolve, 700)); return 1;", request => request with { Limits = limits });

        Assert.Equal(ScriptFailureKind.CpuLimit, Assert.IsType<ScriptCompletion.Failed>(computing.Completion).Failure.Kind);
        Assert.Equal("1", waiting);
    }

    [Fact]
    public async Task StopAsync_WithARunUnderWay_WaitsForItAndTakesNoMore()
    {
        await using var host = new WorkerScriptHost();
        var ids = await host.WaitForWorkersAsync(2);
        var started = new TaskCompletionSource();
        var run = host.Runner.RunAsync(
            host.Login("async function login() { console.log('started'); await new Promise((resolve) => setTimeout(resolve, 500)); return 1; }"),
            new SynchronousProgress(() => started.TrySetResult()));
        await started.Task;

        await host.StopAsync(CancellationToken.None);

        Assert.Equal("1", Assert.IsType<ScriptCompletion.Answered>((await run).Completion).Json);
        Assert.IsType<ScriptCompletion.Failed>((await host.RunBodyAsync("return 1;")).Completion);
        foreach (var id in ids)
        {
            Assert.Throws<ArgumentException>(() => Process.GetProcessById(id).Dispose());
        }
    }

    [Fact]
    public async Task Worker_ThatCannotStart_IsSaidAndNotTriedWithoutPause()
    {
        await using var host = WorkerScriptHost.With(options => options.Command = new WorkerCommand("/nowhere/worker", []));

        var result = await host.RunBodyAsync("return 1;");

        Assert.Equal(ScriptFailureKind.Busy, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
        Assert.InRange(host.Logged.Count(line => line.Contains("could not be started", StringComparison.Ordinal)), 1, 30);
    }

    [SkippableFact]
    public async Task Server_Killed_TakesItsWorkersWithIt()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Reads /proc.");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var workers = new List<int>();
        while (workers.Count < 2)
        {
            await Task.Delay(20);
            workers = ChildrenOf(server.ProcessId);
        }

        WorkerScriptHost.Kill(server.ProcessId);

        // They are nobody's children then; the test ends when the last is gone, or is stopped by the suite's own limit.
        while (workers.Exists(id => IsRunning(id)))
        {
            await Task.Delay(20);
        }
    }

    private static List<int> ChildrenOf(int parent) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           let name = Path.GetFileName(folder)
           where int.TryParse(name, out _)
           let id = int.Parse(name, CultureInfo.InvariantCulture)
           where StatOf(id) is { } stat && stat[1] == parent.ToString(CultureInfo.InvariantCulture)
           where CommandLineOf(id).EndsWith($"{ScriptWorker.Verb}\0", StringComparison.Ordinal)
           select id,
    ];

    private static bool IsRunning(int id) => StatOf(id) is { } stat && stat[0] != "Z" && CommandLineOf(id).Contains(ScriptWorker.Verb, StringComparison.Ordinal);

    /// <summary>State, parent, … after the name in brackets, or null where there is no such process.</summary>
    private static string[]? StatOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private sealed class SynchronousProgress(Action report) : IProgress<ScriptConsoleLine>
    {
        public void Report(ScriptConsoleLine value) => report();
    }

    /// <summary>Kills all workers as soon as a run has printed its first line.</summary>
    private sealed class KillingStream(WorkerScriptHost host) : IProgress<ScriptConsoleLine>
    {
        public ConcurrentQueue<ScriptConsoleLine> Lines { get; } = new();

        public void Report(ScriptConsoleLine value)
        {
            Lines.Enqueue(value);
            if (Lines.Count == 1)
            {
                foreach (var id in host.WorkerIds)
                {
                    WorkerScriptHost.Kill(id);
                }
            }
        }
    }
}
