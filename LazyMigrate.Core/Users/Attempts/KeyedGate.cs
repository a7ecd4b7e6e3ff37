namespace LazyMigrate.Core.Users.Attempts;

/// <summary>Lets a few at a time in for each key; the others wait.</summary>
/// <param name="places">How many.</param>
/// <param name="longestWait">How long for.</param>
public sealed class KeyedGate(int places, TimeSpan longestWait)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Waits for its turn.</summary>
    /// <returns>To be disposed when done, or null when the turn did not come in time.</returns>
    public async Task<IDisposable?> EnterAsync(string key, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out entry))
            {
                _entries.Add(key, entry = new Entry(places));
            }

            entry.People++;
        }

        var isEntered = false;
        try
        {
            isEntered = await entry.Turn.WaitAsync(longestWait, cancellationToken);
            return isEntered ? new Turn(this, key, entry) : null;
        }
        finally
        {
            if (!isEntered)
            {
                Leave(key, entry);
            }
        }
    }

    /// <summary>How many are inside or waiting.</summary>
    internal int CountOf(string key)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(key, out var entry) ? entry.People : 0;
        }
    }

    private void Leave(string key, Entry entry)
    {
        lock (_lock)
        {
            if (--entry.People == 0)
            {
                _entries.Remove(key);
                entry.Turn.Dispose();
            }
        }
    }

    private sealed class Entry(int places)
    {
        public SemaphoreSlim Turn { get; } = new(places);

        /// <summary>How many are inside or waiting.</summary>
        public int People { get; set; }
    }

    private sealed class Turn(KeyedGate gate, string key, Entry entry) : IDisposable
    {
        public void Dispose()
        {
            entry.Turn.Release();
            gate.Leave(key, entry);
        }
    }
}
