using BenchmarkDotNet.Running;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary><c>dotnet run -c Release --project LazyMigrate.Tests -- --filter '*'</c>, or <c>-- script-runs</c></summary>
public static class BenchmarkProgram
{
    public static async Task Main(string[] args)
    {
        if (args is [ScriptRunBenchmark.Verb])
        {
            await ScriptRunBenchmark.RunAsync();
        }
        else
        {
            BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(args);
        }
    }
}
