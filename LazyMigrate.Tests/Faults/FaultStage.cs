using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Account.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace LazyMigrate.Tests.Faults;

/// <summary>The whole server in memory, with the real script runtime and the scripts of a template, in front of a real legacy database that is reached through a <see cref="FaultyProxy"/>.</summary>
internal sealed class FaultStage : IAsyncDisposable
{
    public const string Password = "the old password";

    /// <summary>Has moved before anything breaks.</summary>
    public const string Moved = "ada@example.org";

    public const string OutageSentence = LoginRefusal.TryAgainLater;

    public const string FailureSentence = LoginRefusal.UnknownOrWrong;

    private FaultStage(TestHost host, FaultyProxy proxy, ShortRuns runs, FakeTimeProvider time)
    {
        Host = host;
        Proxy = proxy;
        Runs = runs;
        Time = time;
    }

    public TestHost Host { get; }

    public FaultyProxy Proxy { get; }

    public ShortRuns Runs { get; }

    /// <summary>Moves breaker and outage; scripts have the real clock.</summary>
    public FakeTimeProvider Time { get; }

    public LegacyBreakerState Breaker => Host.Services.GetRequiredService<LegacyBreaker>().StateOf(DatabaseId);

    private Guid DatabaseId { get; set; }

    /// <summary>SQL for a table of people whose names are <see cref="Person"/> and <see cref="Moved"/>; both databases understand it.</summary>
    public static string People
    {
        get
        {
            var hash = BCrypt.Net.BCrypt.HashPassword(Password, 4);
            var rows = Enumerable.Range(0, 40).Select(Person).Append(Moved).Select((email, i) => $"({i + 1}, '{email}', '{hash}', true, false)");
            return $"""
                CREATE TABLE users (id int PRIMARY KEY, email varchar(200), phone varchar(40), username varchar(200), name varchar(200), password_hash varchar(200), email_verified boolean, blocked boolean);
                INSERT INTO users (id, email, password_hash, email_verified, blocked) VALUES {string.Join(", ", rows)};
                """;
        }
    }

    /// <param name="scripts">The runtime.</param>
    /// <param name="serverPort">Of the legacy database.</param>
    /// <param name="type">What it is.</param>
    /// <param name="store">Whose template is published.</param>
    /// <param name="uriOf">The URI, with the proxy's port.</param>
    public static async Task<FaultStage> StartAsync(IScriptRunner scripts, int serverPort, CustomDatabaseType type, LegacyStore store, Func<int, string> uriOf)
    {
        var proxy = new FaultyProxy(serverPort);
        var runs = new ShortRuns(scripts);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var host = await TestHost.StartAsync(services: services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IScriptRunner>(runs));
            services.RemoveAll<IScriptContract>();
            services.AddSingleton<IScriptContract, AuthingContract>();
            services.AddSingleton<IScriptContract, Auth0Contract>();
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
        });
        var stage = new FaultStage(host, proxy, runs, time);
        await stage.PublishAsync(type, store, uriOf(proxy.Port));
        Assert.Equal("/", (await stage.LogInAsync(Moved)).Location);
        return stage;
    }

    /// <summary>Somebody who has not moved.</summary>
    public static string Person(int number) => $"person{number}@example.org";

    /// <summary>Logs in, in a browser of one's own.</summary>
    public async Task<TestPage> LogInAsync(string identifier, string password = Password)
    {
        var browser = Host.NewBrowser();
        await browser.GetAsync("/account/login");
        return await browser.SubmitAsync(("Form.Identifier", identifier), ("Form.Password", password));
    }

    /// <summary>Logs several people in at once, each in a browser of their own whose form is open already.</summary>
    public async Task<IReadOnlyList<Task<TestPage>>> BeginLogInsAsync(IEnumerable<int> people)
    {
        var browsers = new List<(string Person, TestBrowser Browser)>();
        foreach (var person in people)
        {
            var browser = Host.NewBrowser();
            await browser.GetAsync("/account/login");
            browsers.Add((Person(person), browser));
        }

        return [.. browsers.Select(item => Task.Run(() => item.Browser.SubmitAsync(("Form.Identifier", item.Person), ("Form.Password", Password))))];
    }

    /// <summary>Reads what is stored.</summary>
    public async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await read(context);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    private async Task PublishAsync(CustomDatabaseType type, LegacyStore store, string uri)
    {
        var actor = new ActivityActor(Guid.NewGuid(), "test");
        var saved = await Host.Services.GetRequiredService<CustomDatabaseManager>().SaveAsync(new CustomDatabaseEdit { Name = "Shop", Type = type, NewUri = uri }, actor);
        DatabaseId = Assert.IsType<CustomDatabaseSave.Saved>(saved).Settings.Id;
        foreach (var kind in new[] { ScriptKind.Login, ScriptKind.SearchUser })
        {
            await Host.PublishScriptAsync(kind, ScriptTemplates.For(store, kind).Source);
        }

        Assert.True((await Host.Services.GetRequiredService<MigrationSwitch>().SetAsync(MigrationMode.LazyMigration, actor)).IsReady);
    }
}

/// <summary>The real runtime with less time a run, so that whoever waits for a fault does not wait long. It counts.</summary>
internal sealed class ShortRuns(IScriptRunner inner) : IScriptRunner
{
    private int _started;

    /// <summary>How many runs have begun.</summary>
    public int Started => _started;

    public TimeSpan WallTime { get; set; } = TimeSpan.FromSeconds(10);

    public Task<ScriptRunResult> RunAsync(ScriptRunRequest request, IProgress<ScriptConsoleLine>? console = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _started);
        return inner.RunAsync(request with { Limits = request.Limits with { WallTime = WallTime } }, console, cancellationToken);
    }
}
