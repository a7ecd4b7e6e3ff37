namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>Places for costly computing, of all runs together: scripts must not occupy every processor, nor each take a large memory at once.</summary>
internal static class ComputingSlots
{
    private static readonly SemaphoreSlim s_slots = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Computes once there is a place.</summary>
    public static async Task<T> ComputeAsync<T>(Func<T> compute, CancellationToken cancellationToken)
    {
        await s_slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return compute();
        }
        finally
        {
            s_slots.Release();
        }
    }
}
