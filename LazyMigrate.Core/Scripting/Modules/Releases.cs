namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>Gives back what a run has left open: all at once, so that one that is slow or fails keeps nothing of the others.</summary>
internal static class Releases
{
    /// <exception cref="AggregateException">Each fault, when all have ended.</exception>
    public static async Task AllAsync<TItem>(IEnumerable<TItem> items, Func<TItem, ValueTask> release)
    {
        var all = Task.WhenAll(items.Select(async item => await release(item).ConfigureAwait(false)));
        try
        {
            await all.ConfigureAwait(false);
        }
        catch (Exception) when (all.Exception is { } faults)
        {
            // Waiting for several tasks throws the first fault only.
            throw faults;
        }
    }
}
