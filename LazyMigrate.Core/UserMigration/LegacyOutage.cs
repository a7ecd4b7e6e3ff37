namespace LazyMigrate.Core.UserMigration;

/// <summary>Whether the legacy database is out of order: then every refused log-in says the same, or the outage would tell who has moved.</summary>
/// <remarks>docs/flows.md, "Log in": from the first failed run until 30 s after the last one. Each node has its own.</remarks>
public sealed class LegacyOutage(TimeProvider time)
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(30);

    private long _endsAt;

    /// <summary>Whether a run has failed within the last 30 s.</summary>
    public bool IsOn => time.GetUtcNow().UtcTicks < Interlocked.Read(ref _endsAt);

    /// <summary>Reports a run that failed, or that was not tried because others had.</summary>
    public void Report() => Interlocked.Exchange(ref _endsAt, (time.GetUtcNow() + s_length).UtcTicks);
}
