namespace LazyMigrate.Core.Outbox;

/// <summary>Something that is to be done after a change was committed, stored in the transaction of that change: it happens if and only if the change did.</summary>
public sealed class OutboxMessage
{
    public const int KindLength = 64;
    public const int SubjectLength = 320;
    public const int ReasonLength = 256;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Which <see cref="IOutboxHandler"/> does it.</summary>
    public required string Kind { get; init; }

    /// <summary>What is to be done, as JSON, encrypted: it may hold links that let somebody in.</summary>
    public required string ProtectedPayload { get; init; }

    /// <summary>Whom it concerns, for the activity; null where that would tell too much.</summary>
    public string? SubjectName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may be taken next. While it is being done, the end of the lease: whoever took it may have died.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>How often it was taken.</summary>
    public int Attempts { get; set; }

    /// <summary>Who has it now: made anew each time it is taken.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When it was given up; it is kept for a while, so that an administrator can have it tried again.</summary>
    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>Why it did not work the last time.</summary>
    public string? LastReason { get; set; }
}
