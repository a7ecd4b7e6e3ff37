using System.Diagnostics;
using System.Text;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A verb of the real executable, as a process of its own.</summary>
internal static class CommandProcess
{
    /// <param name="input">What comes from standard input.</param>
    /// <param name="settings">Settings by key.</param>
    /// <param name="arguments">The verb first.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string input, IReadOnlyDictionary<string, string>? settings, params string[] arguments)
    {
        // The tests lie in bin/<configuration>/<framework>, and so does the server that was built with them.
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(RepositoryFolder.Path, "LazyMigrate.Web", "bin", framework.Parent!.Name, framework.Name, "LazyMigrate.Web.dll") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(timeout.Token);
        return (process.ExitCode, await output, await errors);
    }
}
