using BenchmarkDotNet.Running;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary><c>dotnet run -c Release --project LazyMigrate.Tests -- --filter '*'</c>, <c>-- script-runs</c>, <c>-- script-memory</c> or <c>-- log-in-failures</c>.</summary>
public static class BenchmarkProgram
{
    public static async Task Main(string[] args)
    {
        if (args is [ScriptRunBenchmark.Verb])
        {
            await ScriptRunBenchmark.RunAsync();
        }
        else if (args is [ScriptRunBenchmark.MemoryVerb])
        {
            await ScriptRunBenchmark.RunMemoryAsync();
        }
        else if (args is [LogInFailureBenchmark.Verb])
        {
            await LogInFailureBenchmark.RunAsync();
        }
        else
        {
            BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(args);
        }
    }
}
