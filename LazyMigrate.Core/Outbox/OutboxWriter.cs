using System.Text.Json;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Outbox;

/// <summary>Takes messages in.</summary>
public sealed class OutboxWriter(IDbContextFactory<AppDbContext> contexts, SecretProtector secrets, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _news = new(0, 1);

    /// <summary>Makes a message; the caller stores it, in the transaction of the change it belongs to.</summary>
    /// <remarks>To be called before that transaction begins: see <see cref="SecretProtector.LoadKeys"/>.</remarks>
    public OutboxMessage Create<T>(string kind, T payload, string? subjectName = null)
        where T : notnull
    {
        var now = time.GetUtcNow();
        return new OutboxMessage
        {
            Kind = kind,
            ProtectedPayload = secrets.Protect(JsonSerializer.Serialize(payload))!,
            SubjectName = subjectName,
            CreatedAt = now,
            DueAt = now,
        };
    }

    /// <summary>Stores a message that belongs to no other change.</summary>
    public async Task EnqueueAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(message);
        await context.SaveChangesAsync(cancellationToken);
        Wake();
    }

    /// <summary>Has everything of a kind that was given up tried again, from the beginning.</summary>
    /// <returns>How many messages that are.</returns>
    public async Task<int> RetryGivenUpAsync(string kind, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var count = await context.OutboxMessages
            .Where(message => message.Kind == kind && message.GivenUpAt != null)
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(message => message.GivenUpAt, (DateTimeOffset?)null)
                    .SetProperty(message => message.Attempts, 0)
                    .SetProperty(message => message.DueAt, now),
                cancellationToken);
        Wake();
        return count;
    }

    public void Dispose() => _news.Dispose();

    /// <summary>Waits for a message of this node, or for as long as given: messages of other nodes, and those whose time comes, wake nobody.</summary>
    internal async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => await _news.WaitAsync(longest, cancellationToken);

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Told already.
        }
    }
}
