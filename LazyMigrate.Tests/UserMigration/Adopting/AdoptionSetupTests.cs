using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.UserMigration.Adopting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Tests.UserMigration.Adopting;

/// <summary>What stops the start of an application, and what an application may bring along.</summary>
public sealed class AdoptionSetupTests
{
    private readonly SqliteAppKind _kind = new();

    [Fact]
    public async Task BadConfiguration_StopsTheStart_WithEveryProblemNamed()
    {
        var refused = await Assert.ThrowsAsync<LazyMigrationSetupException>(() => _kind.StartAsync(
            new Dictionary<string, string?>
            {
                ["LazyMigrate:Mode"] = "On",
                ["LazyMigrate:Colour"] = "blue",
                ["LazyMigrate:Database:Provider"] = "Postgres",
                ["LazyMigrate:Throttle:AttemptsPerAddress"] = "0",
                ["LazyMigrate:Workers:Workers"] = "many",
                ["LazyMigrate:Values:LEGACY_URI"] = "",
            },
            prepare: legacy =>
            {
                legacy.WriteScript("login.js", "async function login( {");
                File.Delete(Path.Combine(legacy.ScriptFolder, "searchUser.js"));
            }));

        string[] expected =
        [
            "LazyMigrate:Colour is not known",
            "LazyMigrate:Mode is “On”. Give Off, LazyMigration, Frozen.",
            "LazyMigrate:Database:ConnectionString is missing",
            "LazyMigrate:Throttle:AttemptsPerAddress is 0",
            "Failed to convert configuration value 'many' at 'LazyMigrate:Workers:Workers'",
            "database.json: uri is taken from the environment variable LEGACY_URI, which is not set.",
            "login.js:1:",
            "searchUser.js: The file is missing.",
        ];
        Assert.Equal(expected.Length, refused.Problems.Count);
        Assert.All(expected, text => Assert.Contains(refused.Problems, problem => problem.Contains(text, StringComparison.Ordinal)));
        Assert.StartsWith("LazyMigrate cannot start:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSection_SaysWhatIsMissing()
    {
        var refused = await Assert.ThrowsAsync<LazyMigrationSetupException>(() => _kind.StartAsync(prepare: legacy => legacy.Settings.Clear()));

        Assert.Contains("LazyMigrate:CustomDatabase is missing", Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManagersOfTheApplicationsOwn_DeriveFromOurs_OthersStopTheStart()
    {
        var refused = await Assert.ThrowsAsync<LazyMigrationSetupException>(() => _kind.StartAsync(configure: services => services
            .AddScoped<UserManager<ShopUser>, ForeignUserManager>()
            .AddScoped<SignInManager<ShopUser>>()));
        Assert.Equal(2, refused.Problems.Count);
        Assert.All(refused.Problems, problem => Assert.Contains("derives from LazyMigration", problem, StringComparison.Ordinal));

        await using var app = await _kind.StartAsync(configure: services => services.AddScoped<UserManager<ShopUser>, OwnUserManager>());
        Assert.True((await app.LogInAsync("ada@example.org", AdoptedLegacy.Password)).IsOk);
    }

    [Fact]
    public async Task StoreWithoutLogins_StopsTheStart()
    {
        var refused = await Assert.ThrowsAsync<LazyMigrationSetupException>(() => _kind.StartAsync(configure: services => services.AddScoped<IUserStore<ShopUser>, BareStore>()));

        Assert.Contains(refused.Problems, problem => problem.Contains("BareStore does not implement IUserLoginStore", StringComparison.Ordinal));
        Assert.Contains(refused.Problems, problem => problem.Contains("not one of Entity Framework", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ModeChangedInTheConfiguration_CountsAtOnce()
    {
        await using var app = await _kind.StartAsync();
        var configuration = app.Services.GetRequiredService<IConfiguration>();

        configuration["LazyMigrate:Mode"] = "Frozen";
        Assert.Equal("Failed", (await app.LogInAsync("ada@example.org", AdoptedLegacy.Password)).Detail);
        configuration["LazyMigrate:Mode"] = "LazyMigration";
        Assert.True((await app.LogInAsync("ada@example.org", AdoptedLegacy.Password)).IsOk);
    }

    [Fact]
    public async Task SignInManagerOfAnApplicationWithPages_MovesPeople_AndWithoutLockoutSaysFailed()
    {
        using var legacy = await AdoptedSqliteLegacy.CreateAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = legacy.Folder });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(legacy.Settings.Select(pair => KeyValuePair.Create(pair.Key.Replace("LazyMigrate:", "Old:Users:", StringComparison.Ordinal), pair.Value)));
        builder.Services.AddDbContext<ShopContext<ShopUser, string>>(options => options.UseSqlite($"Data Source={Path.Combine(legacy.Folder, "app.db")};Pooling=False"));
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        builder.Services
            .AddIdentityCore<ShopUser>()
            .AddEntityFrameworkStores<ShopContext<ShopUser, string>>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddLazyMigration(builder.Configuration.GetSection("Old:Users"));
        await using var app = builder.Build();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ShopContext<ShopUser, string>>().Database.EnsureCreatedAsync();
        }

        app.MapPost("/page", async (string name, string password, SignInManager<ShopUser> signIn) =>
            (await signIn.PasswordSignInAsync(name, password, isPersistent: false, lockoutOnFailure: false)).ToString());
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        Assert.Equal("Succeeded", await SubmitAsync("ada@example.org", AdoptedLegacy.Password));
        for (var attempt = 0; attempt < 6; attempt++)
        {
            Assert.Equal("Failed", await SubmitAsync("grace@example.org", "wrong"));
        }

        Assert.Equal("Failed", await SubmitAsync("grace@example.org", AdoptedLegacy.Password));
        Assert.Equal("Succeeded", await SubmitAsync("ada@example.org", AdoptedLegacy.Password));
        await app.StopAsync();

        async Task<string> SubmitAsync(string name, string password)
        {
            using var response = await client.PostAsync($"/page?name={Uri.EscapeDataString(name)}&password={Uri.EscapeDataString(password)}", null);
            return await response.Content.ReadAsStringAsync();
        }
    }

    private sealed class ForeignUserManager(
        IUserStore<ShopUser> store,
        IOptions<IdentityOptions> options,
        IPasswordHasher<ShopUser> hasher,
        IEnumerable<IUserValidator<ShopUser>> users,
        IEnumerable<IPasswordValidator<ShopUser>> passwords,
        ILookupNormalizer normalizer,
        IdentityErrorDescriber errors,
        IServiceProvider services,
        ILogger<UserManager<ShopUser>> logger) : UserManager<ShopUser>(store, options, hasher, users, passwords, normalizer, errors, services, logger);

    private sealed class OwnUserManager(
        IUserStore<ShopUser> store,
        IOptions<IdentityOptions> options,
        IPasswordHasher<ShopUser> hasher,
        IEnumerable<IUserValidator<ShopUser>> users,
        IEnumerable<IPasswordValidator<ShopUser>> passwords,
        ILookupNormalizer normalizer,
        IdentityErrorDescriber errors,
        IServiceProvider services,
        ILogger<UserManager<ShopUser>> logger) : LazyMigrationUserManager<ShopUser>(store, options, hasher, users, passwords, normalizer, errors, services, logger);

    private sealed class BareStore : IUserStore<ShopUser>
    {
        public Task<IdentityResult> CreateAsync(ShopUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IdentityResult> DeleteAsync(ShopUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ShopUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ShopUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> GetNormalizedUserNameAsync(ShopUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> GetUserIdAsync(ShopUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> GetUserNameAsync(ShopUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SetNormalizedUserNameAsync(ShopUser user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SetUserNameAsync(ShopUser user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IdentityResult> UpdateAsync(ShopUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
