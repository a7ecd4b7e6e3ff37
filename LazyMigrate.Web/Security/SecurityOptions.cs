namespace LazyMigrate.Web.Security;

/// <summary>Section <c>LazyMigrate:Security</c>.</summary>
public sealed class SecurityOptions
{
    public const string Section = "LazyMigrate:Security";

    /// <summary>A refused log-in is answered at the next multiple of this from its start, so that the clock does not tell why. Longer than any refusal without a legacy database takes; zero switches it off.</summary>
    public TimeSpan FailureGranularity { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What is wrong with the options, each with its key and the values that are possible.</summary>
    public IEnumerable<string> FindProblems()
    {
        if (FailureGranularity < TimeSpan.Zero || FailureGranularity > TimeSpan.FromSeconds(10))
        {
            yield return $"{Section}:FailureGranularity is {FailureGranularity}. Give 00:00:00 to 00:00:10.";
        }
    }
}
