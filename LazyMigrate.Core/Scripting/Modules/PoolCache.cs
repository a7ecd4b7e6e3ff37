namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>A module's pools, seen without their type.</summary>
internal interface IPoolCache
{
    IReadOnlyList<LegacyPoolHealth> Read();

    ValueTask CloseAsync();
}

/// <summary>
/// The pools that one module holds for all runs: one for each distinct target. The longest unused one is closed when there are
/// too many; connections that are leased from it live on and are closed instead of returned.
/// </summary>
/// <typeparam name="TPool">The driver's pool, or its client where that pools by itself.</typeparam>
internal sealed class PoolCache<TPool>(string module, TimeProvider clock) : IPoolCache, IAsyncDisposable
    where TPool : class, IAsyncDisposable
{
    private const int Capacity = 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<PoolEntry<TPool>> _entries = new();

    /// <summary>The pool of a target, made where there is none.</summary>
    /// <param name="key">Everything that makes two targets different, secrets included. It stays in memory.</param>
    /// <param name="address">As <see cref="LegacyPoolHealth.Address"/>.</param>
    /// <param name="build">Makes the pool; it connects to nothing yet.</param>
    public PoolEntry<TPool> Find(string key, string address, Func<TPool> build)
    {
        PoolEntry<TPool>? evicted = null;
        PoolEntry<TPool> found;
        lock (_lock)
        {
            var node = _entries.First;
            while (node is not null && node.Value.Key != key)
            {
                node = node.Next;
            }

            if (node is null)
            {
                node = new LinkedListNode<PoolEntry<TPool>>(new PoolEntry<TPool>(module, key, address, build()));
                if (_entries.Count >= Capacity)
                {
                    evicted = _entries.Last!.Value;
                    _entries.RemoveLast();
                }
            }
            else
            {
                _entries.Remove(node);
            }

            _entries.AddFirst(node);
            found = node.Value;
            found.LastUsed = clock.GetUtcNow();
        }

        if (evicted is not null)
        {
            _ = evicted.Pool.DisposeAsync().AsTask();
        }

        return found;
    }

    public IReadOnlyList<LegacyPoolHealth> Read()
    {
        lock (_lock)
        {
            return [.. _entries.Select(entry => entry.Health)];
        }
    }

    public async ValueTask CloseAsync()
    {
        List<TPool> pools;
        lock (_lock)
        {
            pools = [.. _entries.Select(entry => entry.Pool)];
            _entries.Clear();
        }

        foreach (var pool in pools)
        {
            await pool.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => CloseAsync();
}

/// <summary>One pool and its counters.</summary>
internal sealed class PoolEntry<TPool>(string module, string key, string address, TPool pool)
{
    private int _inUse;
    private long _leases;
    private long _failures;
    private volatile string? _lastError;

    public string Key { get; } = key;

    public TPool Pool { get; } = pool;

    /// <summary>Written under the cache's lock.</summary>
    public DateTimeOffset LastUsed { get; set; }

    public LegacyPoolHealth Health =>
        new(module, address, Volatile.Read(ref _inUse), Volatile.Read(ref _leases), Volatile.Read(ref _failures), _lastError, LastUsed);

    public void Leased()
    {
        Interlocked.Increment(ref _inUse);
        Interlocked.Increment(ref _leases);
        _lastError = null;
    }

    public void GivenBack() => Interlocked.Decrement(ref _inUse);

    /// <param name="code">The error's code, for example <c>ECONNREFUSED</c>.</param>
    public void Failed(string code)
    {
        Interlocked.Increment(ref _failures);
        _lastError = code;
    }
}

/// <summary>The pools of all modules together.</summary>
internal sealed class LegacyPools(IEnumerable<IPoolCache> caches) : ILegacyPools
{
    private readonly IReadOnlyList<IPoolCache> _caches = [.. caches];

    public IReadOnlyList<LegacyPoolHealth> Read() =>
        [.. _caches.SelectMany(cache => cache.Read()).OrderByDescending(pool => pool.LastUsed)];

    public async Task CloseAsync()
    {
        foreach (var cache in _caches)
        {
            await cache.CloseAsync().ConfigureAwait(false);
        }
    }
}
