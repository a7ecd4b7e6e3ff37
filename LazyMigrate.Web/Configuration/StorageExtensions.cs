using LazyMigrate.Core.Data;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace LazyMigrate.Web.Configuration;

internal static class StorageExtensions
{
    /// <summary>The database, and in it the keys that protect sessions and secrets.</summary>
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetLazyMigrateOptions();
        builder.Services.AddAppDatabase(
            builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions(),
            options.FullDataFolder);

        builder.Services.AddDataProtection().SetApplicationName("LazyMigrate").PersistKeysToDbContext<AppDbContext>();
        if (options.KeyEncryption.IsConfigured && WrappingKey.TryRead(options.KeyEncryption, out var key) is null)
        {
            builder.Services.AddSingleton(key!);
            builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlEncryptor = new WrappedXmlEncryptor(key!));
        }
    }
}
