using System.Collections.Concurrent;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>The connections that one run has leased, by the numbers that its facade knows them by. What a run leaves open goes back when it ends.</summary>
/// <param name="ended">Cancelled when the run is over.</param>
internal sealed class Leases<TLease>(CancellationToken ended) : IAsyncDisposable
    where TLease : ConnectionLease
{
    private const int AtOnce = 10;

    private readonly ConcurrentDictionary<int, TLease> _leases = new();
    private int _lastId;

    /// <summary>Why a run gets no more connections; null where it may have another.</summary>
    public string? Refusal => _leases.Count < AtOnce ? null : $"A script may have {AtOnce} connections open at most";

    /// <returns>The number of the lease.</returns>
    public async ValueTask<int> AddAsync(TLease lease)
    {
        var id = Interlocked.Increment(ref _lastId);
        _leases[id] = lease;
        if (ended.IsCancellationRequested)
        {
            // The run's end may have passed by this lease already.
            await ReleaseAsync(id).ConfigureAwait(false);
        }

        return id;
    }

    /// <summary>The lease that a call's <c>id</c> names, or null where it has ended.</summary>
    public TLease? Find(JsonElement argument) => _leases.GetValueOrDefault(IdOf(argument));

    /// <summary>Gives the connection back that a call's <c>id</c> names, when its statement has ended.</summary>
    public ValueTask ReleaseAsync(JsonElement argument) => ReleaseAsync(IdOf(argument));

    public async ValueTask DisposeAsync() => await Releases.AllAsync(_leases.Keys, ReleaseAsync).ConfigureAwait(false);

    private static int IdOf(JsonElement argument) => ModuleJson.NumberOf(argument, "id") ?? 0;

    private async ValueTask ReleaseAsync(int id)
    {
        if (_leases.TryRemove(id, out var lease))
        {
            // Without a token: the run's end has cancelled the statement that may hold the turn, and whoever removed the lease must close it.
            await lease.Turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            await lease.GiveBackAsync().ConfigureAwait(false);
        }
    }
}
