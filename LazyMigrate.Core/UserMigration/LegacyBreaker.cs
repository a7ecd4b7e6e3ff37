using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Stops asking a legacy database that does not answer, so that an outage costs neither it nor the people waiting.</summary>
/// <remarks>
/// docs/flows.md, "Breaker": after some failures in some time nothing is asked for a pause, then one trial call; its answer
/// closes the breaker or opens it again. Each node has its own.
/// </remarks>
public sealed class LegacyBreaker(TimeProvider time, IOptions<LegacyBreakerOptions> options)
{
    private readonly ConcurrentDictionary<Guid, State> _states = new();

    /// <summary>Whether the legacy database may be asked now. Whoever gets true reports back with <see cref="Report"/> or <see cref="Withdraw"/>.</summary>
    public bool TryEnter(Guid customDatabaseId) => TryEnter(customDatabaseId, out _);

    /// <summary>Whether the legacy database may be asked now. Whoever gets true reports back with <see cref="Report"/> or <see cref="Withdraw"/>.</summary>
    /// <param name="customDatabaseId">Of the legacy database.</param>
    /// <param name="isTrial">Whether this call is the trial of a breaker that is open.</param>
    public bool TryEnter(Guid customDatabaseId, out bool isTrial)
    {
        isTrial = false;
        var state = _states.GetOrAdd(customDatabaseId, _ => new State());
        lock (state)
        {
            var now = time.GetUtcNow();
            if (state.OpenUntil is not { } openUntil)
            {
                return true;
            }

            // A trial that never reports, because its request was cancelled, gives way to the next one after another pause.
            if (now < openUntil || (state.TrialSince is { } trialSince && now - trialSince < options.Value.Pause))
            {
                return false;
            }

            state.TrialSince = now;
            isTrial = true;
            return true;
        }
    }

    /// <summary>Reports how an admitted call went.</summary>
    /// <returns>What it changed. A trial that fails opens nothing: the breaker was open before it.</returns>
    public LegacyBreakerChange Report(Guid customDatabaseId, bool hasFailed)
    {
        var state = _states.GetOrAdd(customDatabaseId, _ => new State());
        lock (state)
        {
            if (!hasFailed)
            {
                // A call that began before the breaker opened may still succeed: that, too, says that the database is back.
                var wasOpen = state.OpenUntil is not null;
                state.Failures.Clear();
                state.OpenUntil = null;
                state.TrialSince = null;
                return wasOpen ? LegacyBreakerChange.Closed : LegacyBreakerChange.None;
            }

            var now = time.GetUtcNow();
            state.Failures.Enqueue(now);
            while (state.Failures.Count > options.Value.Failures || now - state.Failures.Peek() > options.Value.Window)
            {
                state.Failures.Dequeue();
            }

            if (state.Failures.Count < options.Value.Failures && state.TrialSince is null)
            {
                return LegacyBreakerChange.None;
            }

            var isNew = state.OpenUntil is null;
            state.OpenUntil = now + options.Value.Pause;
            state.TrialSince = null;
            return isNew ? LegacyBreakerChange.Opened : LegacyBreakerChange.None;
        }
    }

    /// <summary>Takes back an admitted call that was not made in the end: it says nothing. If it was the trial, the next call is.</summary>
    /// <param name="customDatabaseId">Of the legacy database.</param>
    /// <param name="isTrial">As <see cref="TryEnter(Guid, out bool)"/> told it: another call must not end a trial that is under way.</param>
    public void Withdraw(Guid customDatabaseId, bool isTrial)
    {
        if (isTrial && _states.TryGetValue(customDatabaseId, out var state))
        {
            lock (state)
            {
                state.TrialSince = null;
            }
        }
    }

    /// <summary>What the breaker does now.</summary>
    public LegacyBreakerState StateOf(Guid customDatabaseId)
    {
        if (!_states.TryGetValue(customDatabaseId, out var state))
        {
            return LegacyBreakerState.Closed;
        }

        lock (state)
        {
            return state.OpenUntil is not { } openUntil ? LegacyBreakerState.Closed
                : time.GetUtcNow() < openUntil ? LegacyBreakerState.Open
                : LegacyBreakerState.HalfOpen;
        }
    }

    private sealed class State
    {
        public Queue<DateTimeOffset> Failures { get; } = new();

        public DateTimeOffset? OpenUntil { get; set; }

        public DateTimeOffset? TrialSince { get; set; }
    }
}

/// <summary>What a report did to a breaker.</summary>
public enum LegacyBreakerChange
{
    None,

    Opened,

    Closed,
}

/// <summary>What a breaker does.</summary>
public enum LegacyBreakerState
{
    /// <summary>The legacy database is asked.</summary>
    Closed,

    /// <summary>It is not asked.</summary>
    Open,

    /// <summary>One trial call is let through.</summary>
    HalfOpen,
}
