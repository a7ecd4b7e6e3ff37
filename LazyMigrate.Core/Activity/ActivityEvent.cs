namespace LazyMigrate.Core.Activity;

/// <summary>Something that happened, for people to read. Never a password, token, script argument or secret.</summary>
public sealed class ActivityEvent
{
    public const int DetailLength = 1024;

    public Guid Id { get; init; } = ActivityId.Next();

    public required DateTimeOffset Time { get; init; }

    /// <summary>The day of <see cref="Time"/> in UTC: what charts group by.</summary>
    public DateOnly Day { get; init; }

    /// <summary>One of <see cref="ActivityKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who did it: a user, or null for the system or a stranger.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Whom it happened to, if that is a local user.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>How the actor was called then.</summary>
    public string? ActorName { get; init; }

    /// <summary>How the subject was called then; for a refused log-in the canonical identifier.</summary>
    public string? SubjectName { get; init; }

    /// <summary>The browser's address, if known.</summary>
    public string? Address { get; init; }

    public Guid? CustomDatabaseId { get; init; }

    public Guid? ScriptVersionId { get; init; }

    /// <summary>How long it took, in milliseconds, where that means something.</summary>
    public int? DurationMilliseconds { get; init; }

    /// <summary>The outcome as a stable word, for example <c>WrongPassword</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>One sentence for the administrator.</summary>
    public string? Detail { get; init; }

    /// <summary>Ties together what one request caused.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>HMAC-SHA256 of all of the above, made by whoever wrote it; empty where the node that did could not (docs/activity.md).</summary>
    public byte[]? Mac { get; internal set; }

    /// <summary>The place in the chain; null until it is sealed, some seconds after it was written.</summary>
    public long? SealNumber { get; internal set; }

    /// <summary>What ties it to the event before it.</summary>
    public byte[]? Seal { get; internal set; }
}
