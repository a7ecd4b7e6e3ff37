namespace LazyMigrate.Core.UserMigration;

/// <summary>Whether the legacy database is out of order: then every refused log-in says the same, or the outage would tell who has moved.</summary>
/// <remarks>docs/flows.md, "Log in": from the first run that failed or could not be started until 30 s after the last one. Each node has its own.</remarks>
public sealed class LegacyOutage(TimeProvider time)
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(30);

    private long _endsAt;
    private long _awayUntil;

    /// <summary>Whether somebody could not be told yes or no within the last 30 s, for whatever reason.</summary>
    public bool IsOn => IsBefore(ref _endsAt);

    /// <summary>Whether that was the legacy database's or the script's doing.</summary>
    public bool IsAway => IsBefore(ref _awayUntil);

    /// <summary>Reports a run that failed, or that was not tried because others had.</summary>
    public void Report()
    {
        ReportNotAsked();
        Interlocked.Exchange(ref _awayUntil, EndOfOneFromNow);
    }

    /// <summary>Reports that the legacy database was not asked because too much goes on here: that says nothing about it, and refusals must not tell who has moved then either.</summary>
    public void ReportNotAsked() => Interlocked.Exchange(ref _endsAt, EndOfOneFromNow);

    private long EndOfOneFromNow => (time.GetUtcNow() + s_length).UtcTicks;

    private bool IsBefore(ref long end) => time.GetUtcNow().UtcTicks < Interlocked.Read(ref end);
}
