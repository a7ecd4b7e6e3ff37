using LazyMigrate.Core.Users.Attempts;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Lets one first log-in per identifier ask the legacy database at a time; the others wait for what comes of it.</summary>
/// <remarks>It saves the legacy database work. That a person is moved once is not its job: across nodes the unique indexes see to that.</remarks>
public sealed class IdentifierGate
{
    // A little more than a run may take: whoever waits longer is told to try again.
    private readonly KeyedGate _gate = new(1, TimeSpan.FromSeconds(12));

    /// <summary>Waits for its turn.</summary>
    /// <returns>To be disposed when done, or null when the turn did not come in time.</returns>
    public Task<IDisposable?> EnterAsync(string canonical, CancellationToken cancellationToken) => _gate.EnterAsync(canonical, cancellationToken);

    /// <summary>How many are inside or waiting.</summary>
    internal int CountOf(string canonical) => _gate.CountOf(canonical);
}
