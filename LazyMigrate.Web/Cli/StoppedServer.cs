using LazyMigrate.Core.Data;
using LazyMigrate.Web.Configuration;
using LazyMigrate.Web.Security;

namespace LazyMigrate.Web.Cli;

/// <summary>What verbs that need the server's database work with.</summary>
internal static class StoppedServer
{
    /// <summary>The server as its settings have it, built and not started.</summary>
    public static async Task<WebApplication> OpenAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(ServerDefaults.For([]));
        builder.AddSettings();
        builder.AddStorage();
        builder.AddScripts();
        builder.AddUsers();
        builder.AddSecurity();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        Directory.CreateDirectory(builder.Configuration.GetLazyMigrateOptions().FullDataFolder);
        await app.Services.GetRequiredService<DatabaseInitializer>().InitializeAsync(cancellationToken);
        return app;
    }
}
