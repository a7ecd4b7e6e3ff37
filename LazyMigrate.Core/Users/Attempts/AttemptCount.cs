namespace LazyMigrate.Core.Users.Attempts;

/// <summary>How many attempts somebody has used of those that a window of time has.</summary>
public sealed class AttemptCount
{
    public const int KeyLength = 64;

    /// <summary>Whose: never the identifier or address itself, but its <see cref="AttemptKeys"/>.</summary>
    public required string Key { get; init; }

    public int Count { get; set; }

    /// <summary>How many more nobody could look at, because the legacy database did not answer. They are no guesses, but count for what a stranger is told.</summary>
    public int Unanswered { get; set; }

    /// <summary>How many of <see cref="Count"/> are still being looked at.</summary>
    public int Pending { get; set; }

    /// <summary>The end of the window, as milliseconds of Unix time: compared by a statement that is the same on both databases.</summary>
    public long EndsAt { get; set; }
}
