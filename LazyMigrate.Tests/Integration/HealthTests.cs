using System.Net;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting.Workers;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LazyMigrate.Tests.Integration;

/// <summary>What the server says of itself to whatever watches it.</summary>
public sealed class HealthTests
{
    private const string Ada = "ada@example.org";

    [Fact]
    public async Task AllIsWell_IsHealthy_AndAnonymousCallersLearnNoMore()
    {
        await using var host = await TestHost.StartAsync();

        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), await GetAsync(host, "/health/live"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), await GetAsync(host, "/health/ready"));
    }

    [Fact]
    public async Task LegacyDatabaseAway_IsDegradedWithin10s_NeverUnhealthy_AndPeopleHereLogIn()
    {
        await using var host = await TestHost.StartAsync();
        await host.SetUpAsync();
        await host.CreateUserAsync(new AppUser { UserName = "ada", Email = Ada, Origin = UserOrigin.Registered });
        await host.StartMigrationAsync();
        host.Legacy.IsDown = true;
        for (var person = 0; person < 6; person++)
        {
            await LogInAsync(host, $"person{person}@example.org");
        }

        Assert.Equal(5, host.Legacy.Runs);
        Assert.Equal((HttpStatusCode.OK, """{"status":"degraded"}"""), await GetAsync(host, "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), await GetAsync(host, "/health/live"));
        var page = await host.Browser.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("""legacy":{"status":"degraded","reason":"The breaker is open (ModuleError)""", page.Html, StringComparison.Ordinal);
        Assert.Contains("""database":{"status":"healthy""", page.Html, StringComparison.Ordinal);
        Assert.Equal("/account", (await LogInAsync(host, Ada)).Location);
    }

    [SkippableFact]
    public async Task WorkersLost_AndNoneCanBeStarted_IsDegraded()
    {
        Skip.If(OperatingSystem.IsWindows(), "The workers are started by a shell script.");
        using var folder = new TemporaryFolder();
        var command = Path.Combine(folder.Path, "worker");
        await using var workers = WorkerScriptHost.With(options =>
        {
            var worker = options.Command!;
            File.WriteAllText(command, $"exec {string.Join(' ', worker.Arguments.Prepend(worker.FileName).Select(word => $"'{word}'"))}\n");
            options.Command = new WorkerCommand("/bin/sh", [command]);
            options.Workers = 2;
        });
        await using var host = await TestHost.StartAsync(services: services => services.Replace(ServiceDescriptor.Singleton(workers.Runner)));
        await host.SetUpAsync();
        var ready = await workers.WaitForWorkersAsync(2);
        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), await GetAsync(host, "/health/ready"));

        File.Delete(command);
        foreach (var id in ready)
        {
            WorkerScriptHost.Kill(id);
        }

        while (workers.WorkerIds.Count > 0)
        {
            await Task.Delay(10);
        }

        Assert.Equal((HttpStatusCode.OK, """{"status":"degraded"}"""), await GetAsync(host, "/health/ready"));
        Assert.Contains("""workers":{"status":"degraded","reason":"No worker process is ready.""", (await host.Browser.GetAsync("/health/ready")).Html, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), await GetAsync(host, "/health/live"));
    }

    [Fact]
    public async Task ActivityKeyUnreadable_IsDegraded_AndSaysWhatToDo_AndPeopleLogIn()
    {
        await using var host = await TestHost.StartAsync();
        await host.SetUpAsync();

        // As a node finds it whose data-protection keys are its own: somebody with others has begun anew.
        await using (var context = await host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            context.Add(new StoredKey { Name = "activity.2", ProtectedValue = new EphemeralDataProtectionProvider().CreateProtector("x").Protect("x") });
            await context.SaveChangesAsync();
            await context.ActivityChains.ExecuteUpdateAsync(update => update.SetProperty(chain => chain.KeyNumber, 2));
        }

        Assert.NotNull((await host.Services.GetRequiredService<ActivitySealer>().SealDueAsync(default)).Problem);

        Assert.Equal((HttpStatusCode.OK, """{"status":"degraded"}"""), await GetAsync(host, "/health/ready"));
        Assert.Contains("""activity":{"status":"degraded","reason":"Key 2 cannot be decrypted on this node""", (await host.Browser.GetAsync("/health/ready")).Html, StringComparison.Ordinal);
        await host.LogOutAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await host.LogInAsync(TestHost.AdminEmail)).Status);
        await using var written = await host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        Assert.Empty((await written.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.LoginSucceeded)).Mac!);
    }

    [Fact]
    public async Task OwnDatabaseAway_IsNotReady_AndAlive()
    {
        await using var host = await TestHost.StartAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataFolder, "lazymigrate.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE CustomDatabases RENAME TO Gone";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"unhealthy"}"""), await GetAsync(host, "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), await GetAsync(host, "/health/live"));
    }

    [Fact]
    public async Task InProduction_PlainHttpIsAnswered()
    {
        await using var host = await TestHost.StartAsync(
            new Dictionary<string, string> { ["LazyMigrate:KeyEncryption:Key"] = Convert.ToBase64String(new byte[32]) },
            environment: "Production");

        Assert.Equal(HttpStatusCode.OK, (await host.NewBrowser().GetAsync("http://localhost/health/live")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.NewBrowser().GetAsync("http://localhost/account/login")).Status);
    }

    [Fact]
    public async Task Breaker_BadSettings_StopTheStart()
    {
        using var folder = new TemporaryFolder();
        var (code, output) = await ServerProcess.RunToEndAsync(folder.Path, "http://127.0.0.1:0", new Dictionary<string, string>
        {
            ["LazyMigrate:Breaker:Failures"] = "0",
            ["LazyMigrate:Breaker:Pause"] = "1.00:00:00",
        });

        Assert.Equal(1, code);
        Assert.Contains("LazyMigrate:Breaker:Failures is 0. Give 1 to 1000.", output, StringComparison.Ordinal);
        Assert.Contains("LazyMigrate:Breaker:Pause is 1.00:00:00. Give 00:00:01 to 00:10:00.", output, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(TestHost host, string url)
    {
        var page = await host.NewBrowser().GetAsync(url);
        return (page.Status, page.Html);
    }

    private static async Task<TestPage> LogInAsync(TestHost host, string identifier)
    {
        var browser = host.NewBrowser();
        await browser.GetAsync("/account/login");
        var page = await browser.SubmitAsync(("Form.Identifier", identifier), ("Form.Password", TestHost.Password));
        return page.Location == "/" ? await browser.GetAsync("/") : page;
    }
}
