using System.Diagnostics;
using System.Text.Json;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Runs a suite of <c>LazyMigrate.Tests/Conformance</c> in the sandbox and in Node with the original package, and compares the two.</summary>
internal static class ConformanceSuite
{
    private static readonly string s_folder = Path.Combine(RepositoryFolder.Path, "LazyMigrate.Tests", "Conformance");

    private static readonly string s_packages =
        Environment.GetEnvironmentVariable("LAZYMIGRATE_NODE_MODULES") ?? Path.Combine(s_folder, "node_modules");

    // A suite asks far more than a script may.
    private static readonly ScriptLimits s_limits = new()
    {
        WallTime = TimeSpan.FromSeconds(60),
        CpuTime = TimeSpan.FromSeconds(60),
        ModuleCalls = 5_000,
        Rows = 100_000,
        RowBytes = 64 << 20,
        SourceLength = 1_000_000,
        ResultLength = 4_000_000,
        ResponseBytes = 8 << 20,
    };

    /// <summary>Whether the originals can be run here.</summary>
    /// <param name="reason">Why not, as one sentence.</param>
    /// <param name="original">The package that must be installed; null for what Node itself brings.</param>
    public static bool IsAvailable(out string reason, string? original = null)
    {
        reason = FindNode() is null ? "Node.js is not installed (Debian: apt-get install nodejs npm)."
            : original is not null && !Directory.Exists(Path.Combine(s_packages, original)) ? $"The original package {original} is not installed (npm ci in LazyMigrate.Tests/Conformance)."
            : "";
        return reason.Length == 0;
    }

    /// <summary>Runs the suite on both sides; every line must be equal.</summary>
    /// <param name="runner">The sandbox.</param>
    /// <param name="suite">The suite's name, for example <c>pg</c>.</param>
    /// <param name="variables">What the suite sees as <c>env</c>.</param>
    /// <param name="access">What it may reach.</param>
    /// <param name="original">The npm package; null for what Node itself brings.</param>
    public static async Task CompareAsync(
        IScriptRunner runner,
        string suite,
        IReadOnlyDictionary<string, string>? variables = null,
        LegacyAccess? access = null,
        string? original = null)
    {
        Skip.IfNot(IsAvailable(out var reason, original), reason);
        variables ??= new Dictionary<string, string>();
        var expected = await RunInNodeAsync(suite, variables);
        var actual = await RunInSandboxAsync(runner, suite, variables, access ?? LegacyAccess.None);

        Assert.NotEmpty(expected);
        var differences = Enumerable.Range(0, Math.Max(expected.Count, actual.Count))
            .Select(i => (Node: expected.ElementAtOrDefault(i), Sandbox: actual.ElementAtOrDefault(i)))
            .Where(line => line.Node != line.Sandbox)
            .Select(line => $"node    {line.Node}\nsandbox {line.Sandbox}\n")
            .ToList();
        Assert.True(differences.Count == 0, $"{suite}: {differences.Count} of {expected.Count} lines differ.\n{string.Join('\n', differences)}");
    }

    public static async Task<IReadOnlyList<string>> RunInSandboxAsync(
        IScriptRunner runner,
        string suite,
        IReadOnlyDictionary<string, string> variables,
        LegacyAccess access)
    {
        var source = $$"""
            {{await File.ReadAllTextAsync(Path.Combine(s_folder, "harness.js"))}}
            async function login() {
              const loaded = { exports: {} };
              (function (module, exports) {
            {{await File.ReadAllTextAsync(Path.Combine(s_folder, "suites", $"{suite}.js"))}}
              })(loaded, loaded.exports);
              return await conform(loaded.exports, env);
            }
            """;
        var result = await runner.RunAsync(new ScriptRunRequest
        {
            Kind = ScriptKind.Login,
            Source = source,
            ArgumentsJson = "[]",
            Variables = variables,
            Access = access,
            Limits = s_limits,
        });
        var answered = result.Completion as ScriptCompletion.Answered;
        Assert.True(answered is not null, $"{suite}: {result.Completion}");
        return JsonSerializer.Deserialize<List<string>>(answered.Json!)!;
    }

    private static async Task<IReadOnlyList<string>> RunInNodeAsync(string suite, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo
        {
            FileName = FindNode()!,
            WorkingDirectory = s_folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("--no-deprecation");
        start.ArgumentList.Add(Path.Combine(s_folder, "run.js"));
        start.ArgumentList.Add(Path.Combine(s_folder, "suites", $"{suite}.js"));
        start.Environment["LAZYMIGRATE_NODE_MODULES"] = s_packages;
        start.Environment["TZ"] = TimeZoneInfo.Local.Id;
        using var node = Process.Start(start)!;
        try
        {
            await node.StandardInput.WriteAsync(JsonSerializer.Serialize(variables));
            node.StandardInput.Close();
            var errors = node.StandardError.ReadToEndAsync();
            var output = await node.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, $"{suite} in Node: {await errors}");
            return JsonSerializer.Deserialize<List<string>>(output)!;
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? FindNode() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);
}
