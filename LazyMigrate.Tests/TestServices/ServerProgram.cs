using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LazyMigrate.Tests.TestServices;

/// <summary>What the real servers of the tests share: finding their programs, starting them on loopback, and stopping them by process id.</summary>
internal static class ServerProgram
{
    public const int InterruptSignal = 2;
    public const int TerminateSignal = 15;

    private const string SetPriv = "/usr/bin/setpriv";

    /// <summary>Whether a program that refuses to run as root can be run here.</summary>
    public static bool CanRunAs(string user) =>
        !Environment.IsPrivilegedProcess || (OperatingSystem.IsLinux() && UserExists(user) && File.Exists(SetPriv));

    /// <summary>The program's path, in these folders or on the PATH; null where it is not installed.</summary>
    public static string? Find(string name, params IEnumerable<string> folders) => folders
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program; where the tests run as root and a user is given, as that user.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string? user = null)
    {
        var start = new ProcessStartInfo
        {
            FileName = program,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (user is not null && Environment.IsPrivilegedProcess)
        {
            // setpriv replaces itself by the program, so that the process id is the server's own.
            start.FileName = SetPriv;
            foreach (var argument in (string[])[$"--reuid={user}", $"--regid={user}", "--clear-groups", program])
            {
                start.ArgumentList.Add(argument);
            }
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; with what it printed.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string? user = null)
    {
        using var process = Start(program, arguments, user);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} failed: {output} {await errors}");
        }
    }

    /// <summary>Starts a server, and throws away what it prints.</summary>
    public static Process Serve(string program, IEnumerable<string> arguments, string? user = null)
    {
        var process = Start(program, arguments, user);
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits until the server answers, or has ended.</summary>
    /// <typeparam name="TException">What the attempt throws while it does not answer yet.</typeparam>
    public static async Task WaitAsync<TException>(Process process, Func<Task> attempt)
        where TException : Exception
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (TException) when (deadline.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Waits until something listens at the port, or the server has ended.</summary>
    public static Task WaitForPortAsync(Process process, int port) => WaitAsync<SocketException>(process, async () =>
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
    });

    /// <summary>Stops a server by a signal, or by killing it.</summary>
    public static async Task StopAsync(Process process, int? signal = null)
    {
        if (!process.HasExited && (signal is null || OperatingSystem.IsWindows() || Kill(process.Id, signal.Value) != 0))
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static bool UserExists(string name) =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{name}:", StringComparison.Ordinal));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
