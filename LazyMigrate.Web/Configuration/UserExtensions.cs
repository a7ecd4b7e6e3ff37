using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Web.Configuration;

internal static class UserExtensions
{
    /// <summary>ASP.NET Core Identity, with users moved from the legacy database.</summary>
    public static void AddUsers(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IActivityRequest, HttpActivityRequest>();
        services.AddOptions<CustomDatabaseOptions>().Configure<IOptions<LazyMigrateOptions>>(
            (databases, options) => databases.SqliteFolder = options.Value.FullSqliteFolder);

        // OWASP's number for PBKDF2 with SHA-512 (Password Storage Cheat Sheet); Identity's default is less than half of it.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 220_000);
        services
            .AddIdentityCore<AppUser>(identity =>
            {
                identity.Password.RequiredLength = PasswordRules.ShortestLength;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddRoles<AppRole>()
            .AddEntityFrameworkStores<AppDbContext>()
            .AddDefaultTokenProviders()
            .AddPasswordValidator<PasswordRules>()
            .AddLazyMigration();

        services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = TimeSpan.FromMinutes(5));
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatingUserProvider>();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<FirstStart>();
    }
}
