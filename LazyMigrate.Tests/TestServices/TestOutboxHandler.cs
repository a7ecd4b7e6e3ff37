using System.Collections.Concurrent;
using LazyMigrate.Core.Outbox;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Does messages of the kind <c>test</c> as told, and remembers their payloads.</summary>
public sealed class TestOutboxHandler : IOutboxHandler
{
    public const string TestKind = "test";

    private readonly ConcurrentQueue<string> _payloads = new();

    public string Kind => TestKind;

    public int Attempts { get; set; } = 3;

    /// <summary>What comes of the next messages.</summary>
    public Func<string, CancellationToken, Task<OutboxResult>> Answer { get; set; } = (_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Done());

    /// <summary>Every payload, as often as it was tried.</summary>
    public IReadOnlyList<string> Payloads => [.. _payloads];

    public Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken)
    {
        _payloads.Enqueue(payload);
        return Answer(payload, cancellationToken);
    }
}
