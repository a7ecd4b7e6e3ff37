using System.Diagnostics;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>How a worker's process is made: what is before its command, and what little it inherits.</summary>
/// <remarks>
/// A process can leave the network, and give up new privileges for all of its threads, only while it has one thread. .NET has
/// many from its first line on, so two small programs of util-linux go first and turn into the worker (same process, same pipes).
/// </remarks>
internal sealed class WorkerLaunch
{
    private static readonly TimeSpan s_probeTime = TimeSpan.FromSeconds(5);

    // What .NET needs to start, what makes dates and temporary files the server's own, and no more.
    private static readonly string[] s_inherited = ["TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "LD_LIBRARY_PATH"];

    // Best first; what the system refuses is tried without.
    private static readonly string[][] s_withoutNetwork =
    [
        ["unshare", "--user", "--map-current-user", "--net", "--"],
        ["unshare", "--net", "--"],
        [],
    ];

    private static readonly string[][] s_withoutPrivileges =
    [
        ["setpriv", "--no-new-privs", "--pdeathsig", "KILL", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--"],
        ["setpriv", "--no-new-privs", "--pdeathsig", "KILL", "--"],
        ["setpriv", "--no-new-privs", "--"],
        [],
    ];

    private readonly WorkerCommand _command;
    private readonly IReadOnlyList<string> _before;

    private WorkerLaunch(WorkerCommand command, IReadOnlyList<string> before)
    {
        _command = command;
        _before = before;
    }

    /// <summary>Tries once what this system allows.</summary>
    public static async Task<WorkerLaunch> ProbeAsync(WorkerCommand command)
    {
        if (OperatingSystem.IsLinux())
        {
            foreach (var network in s_withoutNetwork)
            {
                foreach (var privileges in s_withoutPrivileges)
                {
                    string[] before = [.. network, .. privileges];
                    if (before.Length > 0 && await WorksAsync(before).ConfigureAwait(false))
                    {
                        return new WorkerLaunch(command, before);
                    }
                }
            }
        }

        return new WorkerLaunch(command, []);
    }

    /// <summary>Starts a process. It dies with the calling thread, which must live as long as the server.</summary>
    public Process Start()
    {
        var start = Describe([.. _before, _command.FileName, .. _command.Arguments]);
        start.WorkingDirectory = Path.GetTempPath();
        start.Environment["DOTNET_ROOT"] = WorkerCommand.RuntimeRoot;

        // No debugger's socket, no telemetry; a heap that a script cannot grow through what it makes the host part of a module do.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x18000000";

        // One heap and no thread of the collector's own: many small processes share the processors. A worker is too short-lived for profiles.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";

        // A thread of the pool that has nothing to do sleeps at once: by spinning it would take the processor from those who have.
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";

        // Each run has a thread: an arena for each would keep what all of them used.
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        var process = Process.Start(start)!;
        try
        {
            // Log-ins of people already moved go first.
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            // It has ended already, which shows elsewhere, or the system does not allow it.
        }

        return process;
    }

    private static async Task<bool> WorksAsync(IReadOnlyList<string> before)
    {
        try
        {
            using var process = Process.Start(Describe([.. before, "true"]))!;
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(s_probeTime);
            try
            {
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
                return process.ExitCode == 0;
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                return false;
            }
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static ProcessStartInfo Describe(IReadOnlyList<string> commandLine)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        var inherited = s_inherited.Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name))).ToList();
        start.Environment.Clear();
        if (!OperatingSystem.IsWindows())
        {
            start.Environment["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin";
        }

        foreach (var (name, value) in inherited)
        {
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }
}
