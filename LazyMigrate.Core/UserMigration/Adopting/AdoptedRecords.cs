using System.Data.Common;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>What LazyMigrate remembers beside an application's own database.</summary>
internal sealed class AdoptedRecords(IDbContextFactory<AppDbContext> contexts, TimeProvider time, ILogger<AdoptedRecords> logger)
{
    public async Task AddAsync(object entity, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(entity);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Stores an event of something that has happened already: it does not fail for want of a record.</summary>
    public async Task TryAddAsync(ActivityEvent item)
    {
        try
        {
            await AddAsync(item, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            Log.RecordLost(logger, item.Kind, exception);
        }
    }

    /// <summary>Whether an application's user with these identifiers, or this legacy id, was deleted.</summary>
    public async Task<bool> IsDeletedAsync(AppUser user, LegacyLink link, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await TombstoneManager.Of(context.Tombstones, user, link.Key).AnyAsync(cancellationToken);
    }

    /// <summary>Whether an application's user with this identifier was deleted.</summary>
    public async Task<bool> IsDeletedAsync(UserIdentifier identifier, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await TombstoneManager.Of(context.Tombstones, identifier).AnyAsync(cancellationToken);
    }

    /// <summary>Takes a tombstone back whose user could not be deleted.</summary>
    public async Task RemoveAsync(Tombstone stone)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await context.Tombstones.Where(row => row.Id == stone.Id).ExecuteDeleteAsync();
    }

    /// <summary>Makes a message due now, or removes it. Where that fails, it comes due by itself and finds out what has happened.</summary>
    public async Task ReleaseAsync(OutboxMessage message, bool isWanted)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync();
            var rows = context.OutboxMessages.Where(row => row.Id == message.Id && row.LeaseId == null);
            var now = time.GetUtcNow();
            _ = isWanted ? await rows.ExecuteUpdateAsync(update => update.SetProperty(row => row.DueAt, now)) : await rows.ExecuteDeleteAsync();
        }
        catch (DbException exception)
        {
            Log.RecordLost(logger, message.Kind, exception);
        }
    }
}
