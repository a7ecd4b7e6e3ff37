using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The whole server in memory, with a data folder of its own, as a test uses it: by verbs.</summary>
/// <remarks>
/// The verbs that act as a person use one browser, <see cref="Browser"/>; <see cref="NewBrowser"/> makes further people.
/// There is no administrator until <see cref="SetUpAsync"/>, and no custom database until <see cref="StartMigrationAsync"/>.
/// </remarks>
internal sealed class TestHost : IAsyncDisposable
{
    public const string AdminEmail = "owner@example.org";

    /// <summary>A password that the rules accept; the administrator's, and everybody's for whom a test names none.</summary>
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();
    private readonly HostFactory _factory;

    private TestHost(IReadOnlyDictionary<string, string>? settings, Action<IServiceCollection>? services, string environment)
    {
        _factory = new HostFactory(_folder.Path, settings ?? new Dictionary<string, string>(), environment, collection =>
        {
            // Tests say when the outbox is done.
            collection.Remove(collection.Single(service => service.ImplementationType == typeof(OutboxPump)));
            collection.Replace(ServiceDescriptor.Singleton<IScriptRunner>(Legacy));
            collection.Replace(ServiceDescriptor.Singleton<Core.Scripting.Contracts.IScriptContract>(Legacy));
            services?.Invoke(collection);
        });
        Browser = NewBrowser();
    }

    /// <summary>The people of the legacy database. Scripts are not run: whatever is published asks here.</summary>
    public TestLegacyDatabase Legacy { get; } = new();

    public TestBrowser Browser { get; }

    public IServiceProvider Services => _factory.Services;

    public string DataFolder => _folder.Path;

    /// <summary>Starts the server.</summary>
    /// <param name="settings">Settings by key, for example <c>LazyMigrate:Migration:PhoneRegion</c>.</param>
    /// <param name="services">Replaces services.</param>
    /// <param name="environment">With <c>Production</c>, <c>LazyMigrate:KeyEncryption:Key</c> is needed, and browsers come by HTTPS.</param>
    public static async Task<TestHost> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null,
        Action<IServiceCollection>? services = null,
        string environment = "Development")
    {
        var host = new TestHost(settings, services, environment);
        try
        {
            await MigratedFile.CopyToAsync(host.DataFolder);
            // The first request would do it, too; a start that fails is told here.
            _ = host.Services;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    /// <summary>Somebody else's browser: no cookies.</summary>
    public TestBrowser NewBrowser() => new(_factory.CreateDefaultClient(_factory.ClientOptions.BaseAddress, new Microsoft.AspNetCore.Mvc.Testing.Handlers.CookieContainerHandler()));

    /// <summary>Makes the first administrator on <c>/setup</c>; the browser is then signed in.</summary>
    /// <returns>The answer: a redirect to the console.</returns>
    public async Task<TestPage> SetUpAsync(string email = AdminEmail, string password = Password)
    {
        await Browser.GetAsync("/setup");
        return await Browser.SubmitAsync(("Form.Code", Services.GetRequiredService<SetupCode>().Display), ("Form.Email", email), ("Form.Password", password));
    }

    /// <summary>Registers; the browser is then signed in.</summary>
    public async Task<TestPage> RegisterAsync(string email, string password = Password, string name = "", string? returnUrl = null)
    {
        await Browser.GetAsync(WithReturnUrl("/account/register", returnUrl));
        return await Browser.SubmitAsync(("Form.Email", email), ("Form.Name", name), ("Form.Password", password));
    }

    /// <summary>Logs in.</summary>
    public async Task<TestPage> LogInAsync(string identifier, string password = Password, bool rememberMe = false, string? returnUrl = null)
    {
        await Browser.GetAsync(WithReturnUrl("/account/login", returnUrl));
        return await Browser.SubmitAsync([("Form.Identifier", identifier), ("Form.Password", password), .. rememberMe ? [("Form.RememberMe", "true")] : Array.Empty<(string, string)>()]);
    }

    /// <summary>Logs out.</summary>
    public async Task<TestPage> LogOutAsync()
    {
        await Browser.GetAsync("/account/logout");
        return await Browser.SubmitAsync();
    }

    public Task<TestPage> GetAsync(string url) => Browser.GetAsync(url);

    /// <summary>Does everything that the outbox holds now.</summary>
    public Task<int> RunOutboxAsync() => Services.GetRequiredService<OutboxWorker>().RunDueAsync(CancellationToken.None);

    /// <summary>Stores a user without any page or script, for example one with a phone number.</summary>
    public async Task<AppUser> CreateUserAsync(AppUser user, string password = Password)
    {
        await using var scope = Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().CreateAsync(user, password);
        Assert.True(result.Succeeded, result.ToString());
        return user;
    }

    /// <summary>Finds a user as the server has them stored.</summary>
    public async Task<AppUser?> FindUserAsync(string email)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(email);
    }

    /// <summary>Saves a custom database, publishes both scripts and switches the migration on. The people are those of <see cref="Legacy"/>.</summary>
    public async Task StartMigrationAsync(MigrationMode mode = MigrationMode.LazyMigration)
    {
        var actor = new ActivityActor(Guid.NewGuid(), "test");
        var saved = await Services.GetRequiredService<CustomDatabaseManager>()
            .SaveAsync(new CustomDatabaseEdit { Name = "Shop", Type = CustomDatabaseType.Sqlite, NewUri = "shop.db" }, actor);
        Assert.IsType<CustomDatabaseSave.Saved>(saved);
        await PublishScriptAsync(ScriptKind.Login, "async function login(query, password, context) { return null; }");
        await PublishScriptAsync(ScriptKind.SearchUser, "async function searchUser(query, context) { return null; }");
        var readiness = await Services.GetRequiredService<MigrationSwitch>().SetAsync(mode, actor);
        Assert.True(readiness.IsReady);
    }

    /// <summary>Publishes a script as its tested next version.</summary>
    public async Task PublishScriptAsync(ScriptKind kind, string source)
    {
        var scripts = Services.GetRequiredService<DatabaseScriptManager>();
        var stamp = (await scripts.GetAsync(kind))?.ConcurrencyStamp;
        Assert.IsType<ScriptPublish.Published>(await scripts.PublishAsync(kind, source, null, stamp, new ActivityActor(Guid.NewGuid(), "test")));
        await scripts.MarkTestedAsync(kind, source);
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        _folder.Dispose();
    }

    private static string WithReturnUrl(string path, string? returnUrl) =>
        returnUrl is null ? path : $"{path}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    private sealed class HostFactory : WebApplicationFactory<Program>
    {
        private readonly string _dataFolder;
        private readonly IReadOnlyDictionary<string, string> _settings;
        private readonly string _environment;
        private readonly Action<IServiceCollection> _services;

        public HostFactory(string dataFolder, IReadOnlyDictionary<string, string> settings, string environment, Action<IServiceCollection> services)
        {
            _dataFolder = dataFolder;
            _settings = settings;
            _environment = environment;
            _services = services;
            ClientOptions.BaseAddress = new Uri(environment == "Production" ? "https://localhost" : "http://localhost");
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(_environment);
            builder.UseSetting("LazyMigrate:DataFolder", _dataFolder);
            // Refusals need not be waited for where their time is not what is tested.
            builder.UseSetting("LazyMigrate:Security:FailureGranularity", "00:00:00");
            builder.UseSetting("Logging:LogLevel:Default", "None");
            foreach (var (key, value) in _settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureTestServices(_services);
        }
    }
}
