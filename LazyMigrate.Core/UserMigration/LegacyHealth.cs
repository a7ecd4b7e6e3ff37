using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.UserMigration;

/// <summary>How the legacy database has answered lately, on this node: what the overview shows and the health check tells.</summary>
public sealed class LegacyHealth(LegacyBreaker breaker, LegacyOutage outage, TimeProvider time)
{
    /// <summary>What is looked back on: calls of the last quarter of an hour, and no more of them than this.</summary>
    private const int MostCalls = 1000;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Queue<Call> _calls = new();
    private ScriptFailureKind? _lastFailure;
    private DateTimeOffset? _lastFailureAt;

    /// <summary>The health of one legacy database as this node sees it.</summary>
    public LegacyHealthReading Read(Guid customDatabaseId)
    {
        lock (_lock)
        {
            Forget();
            var durations = _calls.Select(call => call.Duration).Order().ToList();
            return new LegacyHealthReading(
                breaker.StateOf(customDatabaseId),
                outage.IsAway,
                durations.Count,
                _calls.Count(call => call.HasFailed),
                Percentile(durations, 50),
                Percentile(durations, 95),
                _lastFailure,
                _lastFailureAt);
        }
    }

    internal void Record(TimeSpan duration, ScriptFailureKind? failure)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _calls.Enqueue(new Call(now, duration, failure is not null));
            if (failure is not null)
            {
                _lastFailure = failure;
                _lastFailureAt = now;
            }

            Forget();
        }
    }

    private void Forget()
    {
        var oldest = time.GetUtcNow() - s_window;
        while (_calls.Count > MostCalls || (_calls.TryPeek(out var first) && first.Time < oldest))
        {
            _calls.Dequeue();
        }
    }

    /// <summary>The nearest rank: a duration that was measured, not one in between.</summary>
    private static TimeSpan? Percentile(List<TimeSpan> sorted, int percent) =>
        sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(percent / 100.0 * sorted.Count) - 1];

    private sealed record Call(DateTimeOffset Time, TimeSpan Duration, bool HasFailed);
}

/// <summary>The health of a legacy database.</summary>
/// <param name="Breaker">Whether it is asked.</param>
/// <param name="IsOutage">Whether a run has failed within the last half minute.</param>
/// <param name="Calls">Log-ins and look-ups of the last quarter of an hour.</param>
/// <param name="Failures">Those of them that failed.</param>
/// <param name="Median">Half of them took no longer; null where there were none.</param>
/// <param name="Percentile95">95 of 100 took no longer.</param>
/// <param name="LastFailure">Why the last one failed that did.</param>
/// <param name="LastFailureAt">When.</param>
public sealed record LegacyHealthReading(
    LegacyBreakerState Breaker,
    bool IsOutage,
    int Calls,
    int Failures,
    TimeSpan? Median,
    TimeSpan? Percentile95,
    ScriptFailureKind? LastFailure,
    DateTimeOffset? LastFailureAt)
{
    /// <summary>Whether first log-ins and registrations work.</summary>
    public bool IsDegraded => IsOutage || Breaker != LegacyBreakerState.Closed;
}
