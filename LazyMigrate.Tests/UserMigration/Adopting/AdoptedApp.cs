using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.UserMigration.Adopting;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Tests.UserMigration.Adopting;

/// <summary>A user type as applications have it.</summary>
public sealed class ShopUser : IdentityUser
{
    public string? FullName { get; set; }
}

/// <summary>One with another type of key.</summary>
public sealed class GuidUser : IdentityUser<Guid>;

/// <summary>One whose keys the database counts.</summary>
public sealed class NumberedUser : IdentityUser<int>;

/// <summary>An application's own context.</summary>
public sealed class ShopContext<TUser, TKey>(DbContextOptions<ShopContext<TUser, TKey>> options) : IdentityUserContext<TUser, TKey>(options)
    where TUser : IdentityUser<TKey>
    where TKey : IEquatable<TKey>;

/// <summary>A user as the application's database has them.</summary>
public sealed record StoredUser(string Id, string? UserName, string? Email, bool EmailConfirmed, IReadOnlyList<string> Links);

/// <summary>A plain application with <c>MapIdentityApi</c> and one line of ours, on a real server on loopback; its scripts run in this process.</summary>
public sealed class AdoptedApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AdoptedLegacy _legacy;
    private readonly bool _ownsLegacy;
    private readonly Func<IServiceProvider, Task<List<StoredUser>>> _readUsers;

    private AdoptedApp(WebApplication app, AdoptedLegacy legacy, bool ownsLegacy, TestEmails mails, TestLogLines lines, Func<IServiceProvider, Task<List<StoredUser>>> readUsers)
    {
        (_app, _legacy, _ownsLegacy, Mails, Lines, _readUsers) = (app, legacy, ownsLegacy, mails, lines, readUsers);
        Client = NewClient();
    }

    public IServiceProvider Services => _app.Services;

    public AdoptedLegacy Legacy => _legacy;

    public HttpClient Client { get; }

    public TestEmails Mails { get; }

    public TestLogLines Lines { get; }

    /// <summary>Starts the application.</summary>
    /// <param name="legacy">The legacy database; its folder is the content root.</param>
    /// <param name="connect">Says where the application's own database is.</param>
    /// <param name="settings">Further settings by key.</param>
    /// <param name="configure">What the application registers besides.</param>
    /// <param name="ownsLegacy">Whether the legacy database ends with it.</param>
    public static async Task<AdoptedApp> StartAsync<TUser, TKey>(
        AdoptedLegacy legacy,
        Action<DbContextOptionsBuilder> connect,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null,
        bool ownsLegacy = true)
        where TUser : IdentityUser<TKey>, new()
        where TKey : IEquatable<TKey>
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = legacy.Folder, EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var mails = new TestEmails();
        var lines = new TestLogLines();
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.Configuration.AddInMemoryCollection(legacy.Settings);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddDbContext<ShopContext<TUser, TKey>>(connect);
        builder.Services.AddSingleton<IEmailSender<TUser>>(new TestEmailSender<TUser>(mails));
        builder.Services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
        builder.Services.AddAuthorization();
        builder.Services
            .AddIdentityApiEndpoints<TUser>()
            .AddEntityFrameworkStores<ShopContext<TUser, TKey>>()
            .AddLazyMigration();
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        try
        {
            await using (var scope = app.Services.CreateAsyncScope())
            {
                await scope.ServiceProvider.GetRequiredService<ShopContext<TUser, TKey>>().Database.EnsureCreatedAsync();
            }

            app.MapIdentityApi<TUser>();
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new AdoptedApp(app, legacy, ownsLegacy, mails, lines, async services =>
        {
            var context = services.GetRequiredService<ShopContext<TUser, TKey>>();
            var links = await context.UserLogins.AsNoTracking().ToListAsync();
            var users = await context.Users.AsNoTracking().OrderBy(user => user.NormalizedUserName).ToListAsync();
            return users.ConvertAll(user => new StoredUser(
                user.Id.ToString()!,
                user.UserName,
                user.Email,
                user.EmailConfirmed,
                [.. links.Where(link => link.UserId.Equals(user.Id)).Select(link => $"{link.LoginProvider}/{link.ProviderKey}")]));
        });
    }

    /// <summary>Everybody in the application's database, by name.</summary>
    public async Task<List<StoredUser>> UsersAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await _readUsers(scope.ServiceProvider);
    }

    /// <summary>Reads LazyMigrate's own database.</summary>
    public async Task<T> ReadOwnAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await read(context);
    }

    /// <summary>Does something with a service of one request.</summary>
    public async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> act)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<AdoptedAnswer> LogInAsync(string identifier, string password, string query = "", string? twoFactorCode = null) =>
        PostAsync($"/login{query}", new { email = identifier, password, twoFactorCode });

    public Task<AdoptedAnswer> RegisterAsync(string email, string password) => PostAsync("/register", new { email, password });

    public Task<AdoptedAnswer> ForgotAsync(string email) => PostAsync("/forgotPassword", new { email });

    public Task<AdoptedAnswer> ResetAsync(string email, string resetCode, string newPassword) => PostAsync("/resetPassword", new { email, resetCode, newPassword });

    /// <summary>Posts JSON, with an access token if there is one.</summary>
    public async Task<AdoptedAnswer> PostAsync(string path, object body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await Client.SendAsync(request);
        return new AdoptedAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Set-Cookie"));
    }

    /// <summary>Waits until everything that was queued is done or given up.</summary>
    public async Task DrainAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await ReadOwnAsync(context => context.OutboxMessages.AnyAsync(message => message.GivenUpAt == null, patience.Token)))
        {
            await Task.Delay(25, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsLegacy)
        {
            _legacy.Dispose();
        }
    }

    private HttpClient NewClient() => new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()), Timeout = TimeSpan.FromMinutes(3) };
}

/// <summary>What an endpoint answered.</summary>
public sealed record AdoptedAnswer(HttpStatusCode Status, string Text, bool HasCookie)
{
    public bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>Of a problem.</summary>
    public string? Detail => Read("detail");

    public string? AccessToken => Read("accessToken");

    /// <summary>Everything but the trace's id, which is another each time.</summary>
    public string Comparable => Text.Length == 0 ? $"{Status}" : $"{Status} {Read("title")} {Read("detail")} {Read("type")} cookie:{HasCookie}";

    private string? Read(string name)
    {
        if (Text.Length == 0)
        {
            return null;
        }

        using var json = JsonDocument.Parse(Text);
        return json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}

/// <summary>The mails of an application.</summary>
public sealed class TestEmails
{
    private readonly ConcurrentQueue<(string Email, string Text)> _sent = new();

    public IReadOnlyList<(string Email, string Text)> Sent => [.. _sent];

    public void Add(string email, string text) => _sent.Enqueue((email, text));
}

/// <summary>Keeps the mails in place of sending them.</summary>
internal sealed class TestEmailSender<TUser>(TestEmails mails) : IEmailSender<TUser>
    where TUser : class
{
    public Task SendConfirmationLinkAsync(TUser user, string email, string confirmationLink) => AddAsync(email, confirmationLink);

    public Task SendPasswordResetLinkAsync(TUser user, string email, string resetLink) => AddAsync(email, resetLink);

    public Task SendPasswordResetCodeAsync(TUser user, string email, string resetCode) => AddAsync(email, resetCode);

    private Task AddAsync(string email, string text)
    {
        mails.Add(email, text);
        return Task.CompletedTask;
    }
}

/// <summary>What the application logs.</summary>
public sealed class TestLogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string All => string.Join(Environment.NewLine, _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
