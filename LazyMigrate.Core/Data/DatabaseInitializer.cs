using LazyMigrate.Core.Activity.Chain;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Data;

/// <summary>Brings the database to the current schema before the server answers its first request.</summary>
public sealed class DatabaseInitializer(IDbContextFactory<AppDbContext> contexts, ActivityKeys activityKeys)
{
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        if (context is SqliteAppDbContext)
        {
            // Readers do not wait for the writer. The mode is stored in the file, so once is enough.
            await context.Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);
        }

        await activityKeys.GetAsync(cancellationToken);
    }
}
