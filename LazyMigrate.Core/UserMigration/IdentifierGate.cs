namespace LazyMigrate.Core.UserMigration;

/// <summary>Lets one first log-in per identifier ask the legacy database at a time; the others wait for what comes of it.</summary>
/// <remarks>It saves the legacy database work. That a person is moved once is not its job: across nodes the unique indexes see to that.</remarks>
public sealed class IdentifierGate
{
    // A little more than a run may take: whoever waits longer is told to try again.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(12);

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Waits for its turn.</summary>
    /// <returns>To be disposed when done, or null when the turn did not come in time.</returns>
    public async Task<IDisposable?> EnterAsync(string canonical, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(canonical, out entry))
            {
                _entries.Add(canonical, entry = new Entry());
            }

            entry.People++;
        }

        var isEntered = false;
        try
        {
            isEntered = await entry.Turn.WaitAsync(s_longestWait, cancellationToken);
            return isEntered ? new Turn(this, canonical, entry) : null;
        }
        finally
        {
            if (!isEntered)
            {
                Leave(canonical, entry);
            }
        }
    }

    private void Leave(string canonical, Entry entry)
    {
        lock (_lock)
        {
            if (--entry.People == 0)
            {
                _entries.Remove(canonical);
                entry.Turn.Dispose();
            }
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>How many are inside or waiting.</summary>
        public int People { get; set; }
    }

    private sealed class Turn(IdentifierGate gate, string canonical, Entry entry) : IDisposable
    {
        public void Dispose()
        {
            entry.Turn.Release();
            gate.Leave(canonical, entry);
        }
    }
}
