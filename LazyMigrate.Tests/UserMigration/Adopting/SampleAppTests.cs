using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.UserMigration.Adopting;

/// <summary>The program of docs/use-in-your-app.md, as a process of its own: its scripts run in workers that it starts.</summary>
public sealed partial class SampleAppTests
{
    private const string Ada = "ada@example.org";
    private const string NewPassword = "Passw0rd!";

    [Fact]
    public void Documentation_HasTheProgramThatIsTested()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "use-in-your-app.md"));
        var program = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "LazyMigrate.Tests", "SampleApp", "Program.cs"));

        Assert.Contains($"```csharp\n{program}```", page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogInRegistrationAndForgottenPassword_InAPlainApplication()
    {
        using var legacy = await AdoptedSqliteLegacy.CreateAsync();
        await using var app = await SampleApp.StartAsync(legacy);
        Assert.Contains("scripts run in worker processes", app.Output, StringComparison.Ordinal);

        Assert.Contains("\"Failed\"", await app.PostAsync("/login", new { email = Ada, password = "wrong" }), StringComparison.Ordinal);
        Assert.Contains("accessToken", await app.PostAsync("/login", new { email = Ada, password = AdoptedLegacy.Password }), StringComparison.Ordinal);
        Assert.Contains("KnownInLegacyDatabase", await app.PostAsync("/register", new { email = "grace@example.org", password = NewPassword }), StringComparison.Ordinal);
        Assert.Equal("", await app.PostAsync("/register", new { email = "new@example.org", password = NewPassword }));
        Assert.StartsWith("new@example.org\n", await app.TakeMailAsync(), StringComparison.Ordinal);

        Assert.Equal("", await app.PostAsync("/forgotPassword", new { email = "grace@example.org" }));
        var mail = await app.TakeMailAsync();
        Assert.Equal("", await app.PostAsync("/resetPassword", new { email = "grace@example.org", resetCode = mail.Split('\n')[1], newPassword = NewPassword }));
        Assert.Contains("accessToken", await app.PostAsync("/login", new { email = "grace@example.org", password = NewPassword }), StringComparison.Ordinal);
        Assert.Contains("\"Failed\"", await app.PostAsync("/login", new { email = "grace@example.org", password = AdoptedLegacy.Password }), StringComparison.Ordinal);
        Assert.DoesNotContain(AdoptedLegacy.Password, app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScriptThatKillsItsProcess_LeavesTheApplicationUnharmed()
    {
        using var legacy = await AdoptedSqliteLegacy.CreateAsync();
        legacy.WriteScript("login.js", "async function login() { const all = []; for (;;) { all.push(new Array(1e6).fill(Math.random())); } }");
        await using var app = await SampleApp.StartAsync(legacy);
        await app.PostAsync("/register", new { email = "new@example.org", password = NewPassword });

        Assert.Contains("\"TryAgainLater\"", await app.PostAsync("/login", new { email = Ada, password = AdoptedLegacy.Password }), StringComparison.Ordinal);
        Assert.Contains("accessToken", await app.PostAsync("/login", new { email = "new@example.org", password = NewPassword }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadConfiguration_EndsTheProgram_WithEveryProblem()
    {
        using var legacy = await AdoptedSqliteLegacy.CreateAsync();
        legacy.WriteScript("login.js", "not a script");
        legacy.Settings["LazyMigrate:Mode"] = "On";

        var (exitCode, output) = await SampleApp.RunToEndAsync(legacy);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("LazyMigrate:Mode is “On”", output, StringComparison.Ordinal);
        Assert.Contains("login.js:1:", output, StringComparison.Ordinal);
    }

    /// <summary>The running program.</summary>
    private sealed partial class SampleApp : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(2) };
        private readonly Process _process;
        private readonly string _mails;

        private SampleApp(AdoptedLegacy legacy)
        {
            _mails = Directory.CreateDirectory(Path.Combine(legacy.Folder, "mails")).FullName;

            // The tests lie in bin/<configuration>/<framework>, and so does the program that was built with them.
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            var binaries = Path.Combine(RepositoryFolder.Path, "LazyMigrate.Tests", "SampleApp", "bin", framework.Parent!.Name, framework.Name);
            var start = new ProcessStartInfo("dotnet", [Path.Combine(binaries, "LazyMigrate.SampleApp.dll"), "--urls", "http://127.0.0.1:0", "--contentRoot", legacy.Folder])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
                StandardErrorEncoding = System.Text.Encoding.UTF8,
            };
            start.Environment["ConnectionStrings__Default"] = $"Data Source={Path.Combine(legacy.Folder, "app.db")}";
            start.Environment["Mail__Folder"] = _mails;
            foreach (var (key, value) in legacy.Settings)
            {
                start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
            }

            _process = new Process { StartInfo = start };
            _process.OutputDataReceived += (_, line) => Read(line.Data);
            _process.ErrorDataReceived += (_, line) => Read(line.Data);
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public string Output => string.Join(Environment.NewLine, _lines);

        public static async Task<SampleApp> StartAsync(AdoptedLegacy legacy)
        {
            var app = new SampleApp(legacy);
            await Task.WhenAny(app._address.Task, app._process.WaitForExitAsync());
            Assert.True(app._address.Task.IsCompletedSuccessfully, app.Output);
            app._client.BaseAddress = await app._address.Task;
            return app;
        }

        public static async Task<(int ExitCode, string Output)> RunToEndAsync(AdoptedLegacy legacy)
        {
            await using var app = new SampleApp(legacy);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await app._process.WaitForExitAsync(patience.Token);
            return (app._process.ExitCode, app.Output);
        }

        public async Task<string> PostAsync(string path, object body)
        {
            using var response = await _client.PostAsJsonAsync(path, body);
            return await response.Content.ReadAsStringAsync();
        }

        /// <summary>Waits for a mail, and takes it out of the folder.</summary>
        public async Task<string> TakeMailAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (true)
            {
                if (Directory.GetFiles(_mails, "*.mail").FirstOrDefault() is { } file)
                {
                    var text = await File.ReadAllTextAsync(file, patience.Token);
                    File.Delete(file);
                    return text;
                }

                await Task.Delay(25, patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
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
                _address.TrySetResult(new Uri(listening.Groups[1].Value));
            }
        }

        [GeneratedRegex(@"Now listening on: (http://\S+)")]
        private static partial Regex ListeningLine();
    }
}
