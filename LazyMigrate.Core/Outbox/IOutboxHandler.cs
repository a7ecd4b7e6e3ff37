using LazyMigrate.Core.Activity;

namespace LazyMigrate.Core.Outbox;

/// <summary>Does the messages of one kind. Registered as scoped; each message has a scope of its own.</summary>
/// <remarks>A message can be done twice: a process may die between the deed and the note that it is done.</remarks>
public interface IOutboxHandler
{
    /// <summary>The <see cref="OutboxMessage.Kind"/> it does.</summary>
    string Kind { get; }

    /// <summary>How often a message is tried before it is given up.</summary>
    int Attempts { get; }

    /// <summary>Does it. An exception is the same as <see cref="OutboxResult.Postponed"/>.</summary>
    /// <param name="payload">The JSON that it was enqueued with.</param>
    /// <param name="cancellationToken">Ends it when the server stops, or when it takes longer than <see cref="OutboxWorker.LongestRun"/>.</param>
    Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken);
}

/// <summary>What came of a message: exactly one of the nested records.</summary>
public abstract record OutboxResult
{
    private OutboxResult()
    {
    }

    /// <summary>It is done.</summary>
    public sealed record Done : OutboxResult
    {
        /// <summary>What is to be done next; enqueued with the note that this is done.</summary>
        public IReadOnlyList<OutboxMessage> Next { get; init; } = [];

        /// <summary>Stored with the note that this is done.</summary>
        public IReadOnlyList<ActivityEvent> Events { get; init; } = [];
    }

    /// <summary>Not now: it is tried again later.</summary>
    /// <param name="Reason">For the administrator; never a secret.</param>
    public sealed record Postponed(string Reason) : OutboxResult;

    /// <summary>Never: trying again would not help.</summary>
    /// <param name="Reason">For the administrator; never a secret.</param>
    public sealed record Hopeless(string Reason) : OutboxResult;
}
