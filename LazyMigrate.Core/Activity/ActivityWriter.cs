using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Activity;

/// <summary>Stores events that belong to no other change.</summary>
public sealed class ActivityWriter(IDbContextFactory<AppDbContext> contexts)
{
    public async Task WriteAsync(ActivityEvent item, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(item);
        await context.SaveChangesAsync(cancellationToken);
    }
}
