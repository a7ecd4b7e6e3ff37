namespace LazyMigrate.Core.UserMigration;

/// <summary>Section <c>LazyMigrate:Breaker</c>: when a legacy database that fails is not asked any more, and when it is tried again.</summary>
public sealed class LegacyBreakerOptions
{
    public const string Section = "LazyMigrate:Breaker";

    /// <summary>Failed runs within <see cref="Window"/> after which the legacy database is not asked. Five: a single bad answer closes nobody out.</summary>
    public int Failures { get; set; } = 5;

    /// <summary>What the failures are counted in. Ten seconds, so that an outage is noticed within them.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long nothing is asked before one trial call. Ten seconds, so that people wait no longer than half a minute after the database is back.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong, each with its key and what to do.</summary>
    public IEnumerable<string> FindProblems()
    {
        if (Failures is < 1 or > 1000)
        {
            yield return $"{Section}:Failures is {Failures}. Give 1 to 1000.";
        }

        foreach (var (name, time) in new[] { (nameof(Window), Window), (nameof(Pause), Pause) })
        {
            if (time < TimeSpan.FromSeconds(1) || time > TimeSpan.FromMinutes(10))
            {
                yield return $"{Section}:{name} is {time}. Give 00:00:01 to 00:10:00.";
            }
        }
    }
}
