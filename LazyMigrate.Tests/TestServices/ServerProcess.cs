using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The real server as a process of its own, with a data folder of its own, on a free port of loopback.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
    }

    /// <summary>For example <c>http://127.0.0.1:40123</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The one-time code of <c>/setup</c>, while there is no administrator.</summary>
    public string? SetupCode { get; private set; }

    /// <summary>Everything that the server printed so far.</summary>
    public string Output => string.Join(Environment.NewLine, _lines);

    public int ProcessId => _process.Id;

    /// <summary>Starts the server and waits until it is ready.</summary>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="settings">Settings by key, for example <c>LazyMigrate:Setup:Sample</c>.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message has what it printed.</exception>
    public static async Task<ServerProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var server = Launch(dataFolder, "http://127.0.0.1:0", settings);
        var ended = server._process.WaitForExitAsync();
        if (await Task.WhenAny(server._ready.Task, ended, Task.Delay(s_startTimeout)) != server._ready.Task)
        {
            var output = server.Output;
            await server.DisposeAsync();
            throw new InvalidOperationException($"The server did not become ready:{Environment.NewLine}{output}");
        }

        return server;
    }

    /// <summary>Starts the server where it is expected to refuse.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(string dataFolder, string address, IReadOnlyDictionary<string, string>? settings = null)
    {
        await using var server = Launch(dataFolder, address, settings);
        using var timeout = new CancellationTokenSource(s_startTimeout);
        await server._process.WaitForExitAsync(timeout.Token);
        return (server._process.ExitCode, server.Output);
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static ServerProcess Launch(string dataFolder, string address, IReadOnlyDictionary<string, string>? settings)
    {
        // The tests lie in bin/<configuration>/<framework>, and so does the server that was built with them.
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var binaries = Path.Combine(RepositoryFolder.Path, "LazyMigrate.Web", "bin", framework.Parent!.Name, framework.Name);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(binaries, "LazyMigrate.Web.dll"), "--urls", address },
            WorkingDirectory = RepositoryFolder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment["LazyMigrate__DataFolder"] = dataFolder;
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = new Process { StartInfo = start };
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, line) => server.Read(line.Data);
        process.ErrorDataReceived += (_, line) => server.Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (ListeningLine().Match(line) is { Success: true } listening)
        {
            Address = listening.Groups[1].Value;
        }

        if (CodeLine().Match(line) is { Success: true } code)
        {
            SetupCode = code.Groups[1].Value;
        }

        if (line.Contains("LazyMigrate is ready", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningLine();

    [GeneratedRegex(@"one-time code (\S+)")]
    private static partial Regex CodeLine();
}
