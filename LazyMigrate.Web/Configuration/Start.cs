using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Web.Configuration;

/// <summary>From the built host to the first request: folder, schema, provisioning, setup code.</summary>
internal static class Start
{
    /// <summary>Serves until stopped.</summary>
    /// <exception cref="StartException">The address is in use.</exception>
    public static async Task ServeAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartException(
                $"LazyMigrate cannot start: the address {app.Configuration["Urls"]} is in use by another program. " +
                "Stop that program, or choose another address: dotnet run --project LazyMigrate.Web --urls http://localhost:5081",
                exception);
        }

        await AnnounceAsync(app);
        await app.WaitForShutdownAsync();
    }

    /// <summary>Makes sure of the folders and the schema.</summary>
    /// <exception cref="StartException">With what is wrong and what to do.</exception>
    public static async Task PrepareAsync(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<LazyMigrateOptions>>().Value;
        MakeWritable(options.FullDataFolder, "LazyMigrate:DataFolder");
        MakeWritable(options.FullSqliteFolder, "LazyMigrate:SqliteFolder");
        var cancellationToken = app.Lifetime.ApplicationStopping;
        try
        {
            await app.Services.GetRequiredService<DatabaseInitializer>().InitializeAsync(cancellationToken);
        }
        catch (System.Data.Common.DbException exception)
        {
            throw new StartException($"LazyMigrate cannot start: its own database cannot be opened: {exception.Message}", exception);
        }

        await app.Services.GetRequiredService<FirstStart>().ProvisionAsync(cancellationToken);
    }

    private static async Task AnnounceAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var address = app.Urls.FirstOrDefault() ?? "";
        if (await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().ExistsAsync())
        {
            Log.Ready(app.Logger, address);
        }
        else
        {
            Log.SetupNeeded(app.Logger, $"{address}/setup", app.Services.GetRequiredService<SetupCode>().Display);
        }
    }

    private static void MakeWritable(string folder, string key)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".write-test-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"LazyMigrate cannot start: it cannot write to the folder {folder}. Make it writable for the user that runs the server, or choose another with {key}. ({exception.Message})",
                exception);
        }
    }
}
