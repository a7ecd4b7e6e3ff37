using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Outbox;

/// <summary>The outbox on SQLite.</summary>
public sealed class SqliteOutboxWorkerTests : OutboxWorkerTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);
}

/// <summary>The outbox on PostgreSQL, also with several nodes.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresOutboxWorkerTests(PostgresServer server) : OutboxWorkerTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);

    [SkippableFact]
    public async Task SeveralNodes_EachMessageIsDoneOnce()
    {
        await using var first = await CreateAsync(AddHandler);
        await using var second = await TestDatabase.JoinAsync(first, AddHandler);
        var writer = first.Get<OutboxWriter>();
        await first.AddAsync([.. Enumerable.Range(0, 100).Select(number => writer.Create(TestOutboxHandler.TestKind, number))]);

        // Two nodes with ephemeral keys of their own cannot read each other's payloads: what counts here is who takes what.
        var counts = await Task.WhenAll(first.Get<OutboxWorker>().RunDueAsync(default), second.Get<OutboxWorker>().RunDueAsync(default));

        Assert.Equal(100, counts.Sum());
        var left = await first.ReadAsync(context => context.OutboxMessages.ToListAsync());
        Assert.Equal(counts[0], Handler.Payloads.Distinct().Count());
        Assert.All(left, message => Assert.Equal(1, message.Attempts));
    }
}

public abstract class OutboxWorkerTests
{
    protected TestOutboxHandler Handler { get; } = new();

    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    protected void AddHandler(IServiceCollection services) => services.AddScoped<IOutboxHandler>(_ => Handler);

    [SkippableFact]
    public async Task Done_IsDoneOnceAndLeavesWhatItSays()
    {
        await using var database = await CreateAsync(AddHandler);
        var writer = database.Get<OutboxWriter>();
        await writer.EnqueueAsync(writer.Create(TestOutboxHandler.TestKind, "first"), default);
        Handler.Answer = (payload, _) => Task.FromResult<OutboxResult>(new OutboxResult.Done
        {
            Next = payload == "\"first\"" ? [writer.Create(TestOutboxHandler.TestKind, "second")] : [],
            Events = [database.Get<ActivityFactory>().Create("test.done", detail: payload)],
        });

        Assert.Equal(2, await database.Get<OutboxWorker>().RunDueAsync(default));

        Assert.Equal(["\"first\"", "\"second\""], Handler.Payloads);
        Assert.Equal(["\"first\"", "\"second\""], await database.ReadAsync(context => context.ActivityEvents.OrderBy(item => item.Id).Select(item => item.Detail).ToListAsync()));
        Assert.Equal(0, await database.ReadAsync(context => context.OutboxMessages.CountAsync()));
    }

    [SkippableFact]
    public async Task Payload_IsNotReadableInTheDatabase()
    {
        await using var database = await CreateAsync(AddHandler);
        var writer = database.Get<OutboxWriter>();
        await writer.EnqueueAsync(writer.Create(TestOutboxHandler.TestKind, "a link that lets somebody in"), default);

        var stored = await database.ReadAsync(context => context.OutboxMessages.SingleAsync());

        Assert.DoesNotContain("link", stored.ProtectedPayload, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RolledBack_IsNeverDone()
    {
        await using var database = await CreateAsync(AddHandler);
        var message = database.Get<OutboxWriter>().Create(TestOutboxHandler.TestKind, "never");
        await using (var context = await database.Contexts.CreateDbContextAsync())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Add(message);
            await context.SaveChangesAsync();
        }

        Assert.Equal(0, await database.Get<OutboxWorker>().RunDueAsync(default));
    }

    [SkippableFact]
    public async Task Failing_IsTriedAgainLaterAndLater_ThenGivenUpVisibly()
    {
        await using var database = await CreateAsync(AddHandler);
        var writer = database.Get<OutboxWriter>();
        var worker = database.Get<OutboxWorker>();
        await writer.EnqueueAsync(writer.Create(TestOutboxHandler.TestKind, 1, "ada@example.org"), default);
        Handler.Answer = (_, _) => Handler.Payloads.Count == 2 ? throw new InvalidOperationException("with a secret") : Task.FromResult<OutboxResult>(new OutboxResult.Postponed("Not now."));

        Assert.Equal(1, await worker.RunDueAsync(default));
        Assert.Equal(0, await worker.RunDueAsync(default));
        database.Time.Advance(OutboxWorker.Backoff(1, 1));
        Assert.Equal(1, await worker.RunDueAsync(default));
        Assert.DoesNotContain("secret", (await database.ReadAsync(context => context.OutboxMessages.SingleAsync())).LastReason!, StringComparison.Ordinal);
        database.Time.Advance(OutboxWorker.Backoff(2, 1));
        Assert.Equal(1, await worker.RunDueAsync(default));
        database.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await worker.RunDueAsync(default));

        Assert.Equal(3, Handler.Payloads.Count);
        var told = await database.ReadAsync(context => context.ActivityEvents.SingleAsync());
        Assert.Equal(
            (ActivityKinds.OutboxGivenUp, "test", "ada@example.org", "Given up after 3 attempts. Not now."),
            (told.Kind, told.Outcome, told.SubjectName, told.Detail));

        // An administrator may have it tried again.
        Handler.Answer = (_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Done());
        Assert.Equal(1, await writer.RetryGivenUpAsync(TestOutboxHandler.TestKind, default));
        Assert.Equal(1, await worker.RunDueAsync(default));
        Assert.Equal(0, await database.ReadAsync(context => context.OutboxMessages.CountAsync()));
    }

    [SkippableFact]
    public async Task GivenUp_IsForgottenAfterAMonth()
    {
        await using var database = await CreateAsync(AddHandler);
        var writer = database.Get<OutboxWriter>();
        await writer.EnqueueAsync(writer.Create(TestOutboxHandler.TestKind, 1), default);
        await writer.EnqueueAsync(writer.Create("unknown", 2), default);
        Handler.Answer = (_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Hopeless("Never."));
        await database.Get<OutboxWorker>().RunDueAsync(default);
        Assert.Equal(2, await database.ReadAsync(context => context.OutboxMessages.CountAsync(message => message.GivenUpAt != null)));

        database.Time.Advance(OutboxWorker.KeptFor + TimeSpan.FromMinutes(1));
        await database.Get<OutboxWorker>().RunDueAsync(default);

        Assert.Equal(0, await database.ReadAsync(context => context.OutboxMessages.CountAsync()));
    }

    [SkippableFact]
    public async Task TakenByAProcessThatDied_IsTakenAgainAfterTheLease_AndNotForEver()
    {
        await using var database = await CreateAsync(AddHandler);
        Handler.Attempts = 1;
        var message = database.Get<OutboxWriter>().Create(TestOutboxHandler.TestKind, 1);

        // As a process leaves it that is killed while it is at it.
        message.LeaseId = Guid.NewGuid();
        message.DueAt = database.Time.GetUtcNow() + OutboxWorker.Lease;
        await database.AddAsync(message);
        var worker = database.Get<OutboxWorker>();

        Assert.Equal(0, await worker.RunDueAsync(default));
        database.Time.Advance(OutboxWorker.Lease);
        Assert.Equal(1, await worker.RunDueAsync(default));
        Assert.Single(Handler.Payloads);

        var killer = database.Get<OutboxWriter>().Create(TestOutboxHandler.TestKind, 2);
        killer.LeaseId = Guid.NewGuid();
        killer.Attempts = 1;
        await database.AddAsync(killer);
        Assert.Equal(1, await worker.RunDueAsync(default));
        Assert.Single(Handler.Payloads);
        Assert.NotNull((await database.ReadAsync(context => context.OutboxMessages.SingleAsync())).GivenUpAt);
    }

    [SkippableFact]
    public async Task LeaseThatEndedMeanwhile_WhoeverHasItNowFinishesIt()
    {
        await using var database = await CreateAsync(AddHandler);
        var writer = database.Get<OutboxWriter>();
        await writer.EnqueueAsync(writer.Create(TestOutboxHandler.TestKind, 1), default);
        var worker = database.Get<OutboxWorker>();
        var isFirst = true;
        Handler.Answer = async (_, _) =>
        {
            if (isFirst)
            {
                isFirst = false;
                database.Time.Advance(OutboxWorker.Lease);
                await worker.RunDueAsync(default);
            }

            return new OutboxResult.Done { Events = [database.Get<ActivityFactory>().Create("test.done")] };
        };

        await worker.RunDueAsync(default);

        Assert.Equal(2, Handler.Payloads.Count);
        Assert.Equal(1, await database.ReadAsync(context => context.ActivityEvents.CountAsync()));
    }

    [SkippableFact]
    public async Task ServerStops_MessageIsGivenBackAtOnce()
    {
        await using var database = await CreateAsync(AddHandler);
        var writer = database.Get<OutboxWriter>();
        await writer.EnqueueAsync(writer.Create(TestOutboxHandler.TestKind, 1), default);
        using var stop = new CancellationTokenSource();
        Handler.Answer = async (_, cancellationToken) =>
        {
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return new OutboxResult.Done();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.Get<OutboxWorker>().RunDueAsync(stop.Token));

        var left = await database.ReadAsync(context => context.OutboxMessages.SingleAsync());
        Assert.Equal((0, null), (left.Attempts, left.LeaseId));
        Handler.Answer = (_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Done());
        Assert.Equal(1, await database.Get<OutboxWorker>().RunDueAsync(default));
    }

    [Fact]
    public void Backoff_DoublesUpToSixHours()
    {
        Assert.Equal([10, 20, 40, 80], Enumerable.Range(1, 4).Select(attempts => OutboxWorker.Backoff(attempts, 0.5).TotalSeconds));
        Assert.Equal(TimeSpan.FromHours(6), OutboxWorker.Backoff(50, 0.5));
        Assert.Equal((7.5, 12.5), (OutboxWorker.Backoff(1, 0).TotalSeconds, OutboxWorker.Backoff(1, 1).TotalSeconds));
    }
}
