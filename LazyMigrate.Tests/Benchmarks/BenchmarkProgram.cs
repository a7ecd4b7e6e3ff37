using BenchmarkDotNet.Running;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary><c>dotnet run -c Release --project LazyMigrate.Tests -- --filter '*'</c></summary>
public static class BenchmarkProgram
{
    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(args);
}
