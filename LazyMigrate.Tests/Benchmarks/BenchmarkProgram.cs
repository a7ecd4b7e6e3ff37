using BenchmarkDotNet.Running;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary><c>dotnet run -c Release --project LazyMigrate.Tests -- --filter '*'</c>, or one of the verbs: <c>-- script-runs</c>.</summary>
public static class BenchmarkProgram
{
    private static readonly Dictionary<string, Func<Task>> s_verbs = new(StringComparer.Ordinal)
    {
        [ScriptRunBenchmark.Verb] = ScriptRunBenchmark.RunAsync,
        [ScriptRunBenchmark.MemoryVerb] = ScriptRunBenchmark.RunMemoryAsync,
        [IsolateCostBenchmark.Verb] = IsolateCostBenchmark.RunAsync,
        [LogInComparison.Verb] = LogInComparison.RunAsync,
        [ActivityBenchmark.Verb] = ActivityBenchmark.RunAsync,
        [LogInFailureBenchmark.Verb] = LogInFailureBenchmark.RunAsync,
    };

    public static async Task Main(string[] args)
    {
        if (args is [var verb] && s_verbs.TryGetValue(verb, out var run))
        {
            await run();
        }
        else
        {
            BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(args);
        }
    }
}
