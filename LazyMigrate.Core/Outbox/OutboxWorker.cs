using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Outbox;

/// <summary>Does what the outbox holds, at least once each and by one node at a time.</summary>
/// <remarks>
/// A message is taken by an update that succeeds only for whoever finds it as it was read, so that of several nodes one gets it.
/// The lease ends by itself: what a killed process had taken is taken again then.
/// </remarks>
public sealed class OutboxWorker(
    IDbContextFactory<AppDbContext> contexts,
    IServiceScopeFactory scopes,
    SecretProtector secrets,
    ActivityFactory activity,
    TimeProvider time,
    ILogger<OutboxWorker> logger)
{
    /// <summary>How long doing one message may take. The lease is longer, so that the clocks of nodes need not agree to the second.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>How long what was given up is kept.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int AtOnce = 4;
    private const int Candidates = 16;

    /// <summary>Does everything that is due, a few at once.</summary>
    /// <returns>How many messages were taken.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        await SweepAsync(cancellationToken);
        var counts = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => RunOneByOneAsync(cancellationToken)));
        return counts.Sum();
    }

    /// <summary>How long to wait before the next attempt: doubled each time from ten seconds to six hours, and a quarter more or less, so that not everything comes at once.</summary>
    /// <param name="attempts">How many there were.</param>
    /// <param name="chance">From 0 to 1.</param>
    internal static TimeSpan Backoff(int attempts, double chance)
    {
        var seconds = Math.Min(10 * Math.Pow(2, attempts - 1), TimeSpan.FromHours(6).TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.75 + (chance / 2)));
    }

    private async Task<int> RunOneByOneAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (await TakeAsync(cancellationToken) is { } message)
        {
            count++;
            await RunAsync(message, cancellationToken);
        }

        return count;
    }

    /// <returns>A message that nobody else has, or null when none is due.</returns>
    private async Task<OutboxMessage?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var now = time.GetUtcNow();
            var due = await context.OutboxMessages.AsNoTracking()
                .Where(message => message.DueAt <= now && message.GivenUpAt == null)
                .OrderBy(message => message.DueAt)
                .Take(Candidates)
                .ToArrayAsync(cancellationToken);
            if (due.Length == 0)
            {
                return null;
            }

            // Not all nodes are to try the same one first.
            Random.Shared.Shuffle(due);
            foreach (var message in due)
            {
                var lease = Guid.NewGuid();
                var end = now + Lease;
                var rows = await context.OutboxMessages
                    .Where(row => row.Id == message.Id && row.LeaseId == message.LeaseId && row.DueAt <= now && row.GivenUpAt == null)
                    .ExecuteUpdateAsync(
                        update => update
                            .SetProperty(row => row.LeaseId, lease)
                            .SetProperty(row => row.DueAt, end)
                            .SetProperty(row => row.Attempts, row => row.Attempts + 1),
                        cancellationToken);
                if (rows == 1)
                {
                    message.LeaseId = lease;
                    message.Attempts++;
                    return message;
                }
            }
        }
    }

    private async Task RunAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetServices<IOutboxHandler>().FirstOrDefault(handler => handler.Kind == message.Kind);
        OutboxResult result;
        try
        {
            result = await HandleAsync(message, handler, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops: whoever comes next need not wait for the end of the lease.
            await GiveBackAsync(message);
            throw;
        }

        // From here on to the end, also when the server stops: what was done is not to be done again.
        switch (result)
        {
            case OutboxResult.Done done:
                await FinishAsync(message, done);
                break;
            case OutboxResult.Postponed postponed when message.Attempts < (handler?.Attempts ?? 1):
                Log.OutboxPostponed(logger, message.Kind, message.Attempts, postponed.Reason);
                await PostponeAsync(message, postponed.Reason);
                break;
            case OutboxResult.Postponed postponed:
                await GiveUpAsync(message, postponed.Reason);
                break;
            case OutboxResult.Hopeless hopeless:
                await GiveUpAsync(message, hopeless.Reason);
                break;
        }
    }

    private async Task<OutboxResult> HandleAsync(OutboxMessage message, IOutboxHandler? handler, CancellationToken cancellationToken)
    {
        if (handler is null)
        {
            return new OutboxResult.Hopeless("Nothing in this version of the server can do it.");
        }

        // It was taken before and nothing was noted: each time the process has died, perhaps of it.
        if (message.Attempts > handler.Attempts)
        {
            return new OutboxResult.Hopeless("The server ended each time while it was being done.");
        }

        using var limit = new CancellationTokenSource(LongestRun, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await handler.HandleAsync(secrets.Unprotect(message.ProtectedPayload)!, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new OutboxResult.Postponed("It took too long.");
        }
        catch (SecretUnreadableException)
        {
            return new OutboxResult.Hopeless("It cannot be decrypted: the data-protection keys it was stored with are missing.");
        }
#pragma warning disable CA1031 // Whatever a handler throws, the next message must be done, and this one tried again.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            // Its text may quote an address or a secret; the log has it for whoever runs the server.
            Log.OutboxThrew(logger, message.Kind, exception);
            return new OutboxResult.Postponed($"An error of the type {exception.GetType().Name}; the server's log says more.");
        }
    }

    private async Task FinishAsync(OutboxMessage message, OutboxResult.Done done)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        if (await Mine(context, message).ExecuteDeleteAsync() == 0)
        {
            // The lease ended meanwhile, and whoever has it now does the rest.
            return;
        }

        context.AddRange(done.Next);
        context.AddRange(done.Events);
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task PostponeAsync(OutboxMessage message, string reason)
    {
        var due = time.GetUtcNow() + Backoff(message.Attempts, Random.Shared.NextDouble());
        var lastReason = Shorten(reason);
        await using var context = await contexts.CreateDbContextAsync();
        await Mine(context, message).ExecuteUpdateAsync(update => update
            .SetProperty(row => row.LeaseId, (Guid?)null)
            .SetProperty(row => row.LastReason, lastReason)
            .SetProperty(row => row.DueAt, due));
    }

    private async Task GiveUpAsync(OutboxMessage message, string reason)
    {
        Log.OutboxGivenUp(logger, message.Kind, message.Attempts, reason);
        var now = time.GetUtcNow();
        var lastReason = Shorten(reason);
        await using var context = await contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var rows = await Mine(context, message).ExecuteUpdateAsync(update => update
            .SetProperty(row => row.LeaseId, (Guid?)null)
            .SetProperty(row => row.LastReason, lastReason)
            .SetProperty(row => row.GivenUpAt, now));
        if (rows == 1)
        {
            context.Add(activity.Create(
                ActivityKinds.OutboxGivenUp,
                subjectName: message.SubjectName,
                outcome: message.Kind,
                detail: $"Given up after {message.Attempts} attempts. {reason}"));
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        }
    }

    private async Task GiveBackAsync(OutboxMessage message)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync();
        await Mine(context, message).ExecuteUpdateAsync(update => update
            .SetProperty(row => row.LeaseId, (Guid?)null)
            .SetProperty(row => row.Attempts, row => row.Attempts - 1)
            .SetProperty(row => row.DueAt, now));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - KeptFor;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.OutboxMessages.Where(message => message.GivenUpAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private static IQueryable<OutboxMessage> Mine(AppDbContext context, OutboxMessage message) =>
        context.OutboxMessages.Where(row => row.Id == message.Id && row.LeaseId == message.LeaseId);

    private static string Shorten(string reason) => reason.Length > OutboxMessage.ReasonLength ? reason[..OutboxMessage.ReasonLength] : reason;
}
