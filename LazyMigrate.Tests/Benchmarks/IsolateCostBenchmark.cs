using System.Globalization;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Core.Scripting.V8;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary>
/// The processor time of a run's own thread, with module calls answered at once:
/// <c>dotnet run -c Release --project LazyMigrate.Tests -- isolate-cost</c>. Only on Linux.
/// </summary>
internal static class IsolateCostBenchmark
{
    public const string Verb = "isolate-cost";

    private const int Runs = 300;
    private const int WarmUp = 100;
    private const string Trivial = "async function login(query) { await null; return { id: 'u1', email: query.email }; }";

    public static async Task RunAsync()
    {
        await using var services = new ServiceCollection().AddScripting().BuildServiceProvider();
        var host = new PromptHost(services.GetRequiredService<ScriptModuleCatalog>());
        var done = new TaskCompletionSource();
        new Thread(
            () =>
            {
                Measure("trivial script", Trivial, host);
                Measure("PostgreSQL template", ScriptTemplates.For(LegacyStore.Postgres, ScriptKind.Login).Source, host);
                done.SetResult();
            },
            8 << 20).Start();
        await done.Task;
    }

    private static void Measure(string what, string source, IIsolateHost host)
    {
        var clock = ThreadProcessorTime.OfThisThread() ?? throw new PlatformNotSupportedException("The processor time of a thread is read on Linux only.");
        var (makes, runs, disposals) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Runs; i++)
        {
            var started = clock.Used;
            var isolate = new Isolate(new ScriptLimits());
            var made = clock.Used;
            var run = new IsolateRun(
                new ScriptRunRequest
                {
                    Kind = ScriptKind.Login,
                    Source = source,
                    ArgumentsJson = """[{"email":"user7@example.org"},"password",{}]""",
                    Variables = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = "postgres://user:password@127.0.0.1/shop" },
                },
                host);
            var completion = run.Execute(isolate, CancellationToken.None);
            var ran = clock.Used;
            isolate.Dispose();
            if (completion is not ScriptCompletion.Answered)
            {
                throw new InvalidOperationException($"The run failed: {completion}");
            }

            if (i >= WarmUp)
            {
                makes.Add((made - started).TotalMilliseconds);
                runs.Add((ran - made).TotalMilliseconds);
                disposals.Add((clock.Used - ran).TotalMilliseconds);
            }
        }

        Console.WriteLine($"{what,-20} isolate made {Figures(makes)}, run {Figures(runs)}, disposed of {Figures(disposals)}");
    }

    private static string Figures(List<double> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]:0.00} ms (least {times[0]:0.00})");
    }

    /// <summary>Answers module calls as a legacy database with the person in it would.</summary>
    private sealed class PromptHost(ScriptModuleCatalog modules) : IIsolateHost
    {
        public string? FindFacade(string module, string version) => modules.Find(module)?.Facade;

        public void WriteConsole(ScriptConsoleLevel level, string text)
        {
        }

        public Task<ModuleReply> CallAsync(string module, string operation, string argumentJson) => Task.FromResult(new ModuleReply(
            operation switch
            {
                "connect" => """{"v":{"id":1,"processID":2}}""",
                "query" => """{"v":{"command":"SELECT","rowCount":1,"fields":[["id",23],["email",25],["password_hash",25],["blocked",16]],"rows":[["7","user7@example.org","$2b$10$","f"]]}}""",
                "compare" => """{"v":true}""",
                _ => """{"v":null}""",
            },
            Failed: false));
    }
}
