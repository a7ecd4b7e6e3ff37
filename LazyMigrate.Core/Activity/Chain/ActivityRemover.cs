using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Activity.Chain;

/// <summary>Removes events for good, and leaves the chain whole.</summary>
public sealed class ActivityRemover(ActivityKeys keys)
{
    /// <summary>Removes events, in the caller's transaction.</summary>
    /// <exception cref="ActivityKeyUnreadableException">This node cannot decrypt the key: a link that is not signed would look like the work of somebody who has no key.</exception>
    public async Task RemoveAsync(AppDbContext context, IQueryable<ActivityEvent> events, CancellationToken cancellationToken)
    {
        var key = await keys.GetAsync(cancellationToken);

        // Whoever seals waits from here on, and then finds that these are gone.
        await context.ActivityChains.ExecuteUpdateAsync(update => update.SetProperty(chain => chain.KeyNumber, chain => chain.KeyNumber), cancellationToken);
        if (await context.ActivityChains.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } chain && chain.KeyNumber != key?.Number)
        {
            // Somebody may have begun anew with another key since this node looked.
            key = await keys.FindAsync(chain.KeyNumber, cancellationToken) ?? throw new ActivityKeyUnreadableException(chain.KeyNumber);
        }

        if (key is null)
        {
            throw new ActivityKeyUnreadableException(keys.Unreadable ?? 0);
        }

        var links = await events
            .Where(item => item.SealNumber != null)
            .Select(item => new { item.SealNumber, item.Id, item.Mac })
            .ToListAsync(cancellationToken);
        context.AddRange(links.Select(link => key.Removal(link.SealNumber!.Value, link.Id, link.Mac)));
        await context.SaveChangesAsync(cancellationToken);
        await events.ExecuteDeleteAsync(cancellationToken);
    }
}
