using LazyMigrate.Core.Data;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Web.Security;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging.Console;

namespace LazyMigrate.Web.Configuration;

internal static class SettingsExtensions
{
    /// <summary>Reads the settings, and stops the start with every problem named at once.</summary>
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        // The settings file lies at the repository's root and beside the binaries; "dotnet run" looks at neither. First
        // in the list it is the weakest source, so environment variables and arguments win.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json",
            Optional = true,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Default;
        });

        var problems = SettingsProblems.Find(builder.Configuration, builder.Environment);
        if (problems.Count > 0)
        {
            throw new StartException($"LazyMigrate cannot start:{Environment.NewLine}{string.Join(Environment.NewLine, problems.Select(problem => "  - " + problem))}");
        }

        builder.Services.Configure<LazyMigrateOptions>(builder.Configuration.GetSection(LazyMigrateOptions.Section));
        builder.Services.Configure<DatabaseOptions>(builder.Configuration.GetSection(DatabaseOptions.Section));
        builder.Services.Configure<ThrottleOptions>(builder.Configuration.GetSection(ThrottleOptions.Section));
        builder.Services.Configure<PasswordHashingOptions>(builder.Configuration.GetSection(PasswordHashingOptions.Section));
        builder.Services.Configure<SecurityOptions>(builder.Configuration.GetSection(SecurityOptions.Section));
        builder.Services.Configure<LegacyBreakerOptions>(builder.Configuration.GetSection(LegacyBreakerOptions.Section));
        builder.Services.Configure<LazyMigrationOptions>(builder.Configuration.GetSection(LazyMigrationOptions.Section));
    }

    /// <summary>The settings as they are while the host is being built.</summary>
    public static LazyMigrateOptions GetLazyMigrateOptions(this IConfiguration configuration) =>
        configuration.GetSection(LazyMigrateOptions.Section).Get<LazyMigrateOptions>() ?? new LazyMigrateOptions();
}
