using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Core.Activity.Chain;

/// <summary>Signs every event in the save that stores it. It takes no lock and reads nothing, so writers do not wait for one another.</summary>
/// <remarks>It finds the keys late: they are read through a context, and a context is made with this.</remarks>
internal sealed class ActivitySigner(IServiceProvider services) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Added(eventData) is { Count: > 0 } added)
        {
            Sign(added, await services.GetRequiredService<ActivityKeys>().GetAsync(cancellationToken));
        }

        return result;
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        Added(eventData).Count == 0 ? result : throw new NotSupportedException("Activity is stored by SaveChangesAsync only.");

    private static List<ActivityEvent> Added(DbContextEventData eventData) => eventData.Context is AppDbContext context
        ? [.. context.ChangeTracker.Entries<ActivityEvent>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)]
        : [];

    private static void Sign(List<ActivityEvent> events, ActivityKey? key)
    {
        foreach (var item in events)
        {
            item.Mac = key?.MacOf(item) ?? ActivityKey.NoMac;
        }
    }
}
