namespace LazyMigrate.Core.Activity;

/// <summary>Which events are asked for; what is null or empty does not matter.</summary>
public sealed record ActivityFilter
{
    /// <summary>A kind, or with a dot at the end all that begin so, for example <c>login.</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The id of a user, or the beginning of a name or identifier (as it is written, in lower case, or with capitals): of whoever did it, or whom it happened to.</summary>
    public string? Person { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Not any more.</summary>
    public DateTimeOffset? To { get; init; }

    public string? Outcome { get; init; }

    public string? CorrelationId { get; init; }
}

/// <summary>A page of events.</summary>
/// <param name="Events">The newest first.</param>
/// <param name="HasMore">Whether there are older ones. How many is not counted: that would read all of them.</param>
public sealed record ActivityPageResult(IReadOnlyList<ActivityEvent> Events, bool HasMore);
