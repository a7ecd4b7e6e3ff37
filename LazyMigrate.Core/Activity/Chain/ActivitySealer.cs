using System.Buffers.Binary;
using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Activity.Chain;

/// <summary>Makes events that are committed links of the chain, in batches. See docs/activity.md.</summary>
/// <remarks>
/// Not in the transaction that writes an event: a chain has one head, and all writers would wait for it. What a batch is based
/// on is read without a lock; the head moves only for whoever finds it as it was read, so that of several nodes one seals a
/// batch and the others' comes to nothing.
/// </remarks>
public sealed class ActivitySealer(IDbContextFactory<AppDbContext> contexts, ActivityKeys keys, ActivityFactory activity, TimeProvider time, ILogger<ActivitySealer> logger) : IDisposable
{
    /// <summary>Small, because on SQLite whoever writes waits for a batch: some milliseconds.</summary>
    internal const int BatchSize = 200;

    /// <summary>Events that beginning anew has in memory at once.</summary>
    internal const int AnewBatchSize = 1000;

    /// <summary>How much older than the head an unsigned event may say it is. Between writing and sealing are seconds, and clocks of nodes differ by less.</summary>
    private static readonly TimeSpan s_oldestUnsigned = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>The highest head that this node has seen.</summary>
    private long _highest;

    private UnsignedSealed? _unsigned;

    /// <summary>The unsigned events that this node sealed last; null for none since its start.</summary>
    public UnsignedSealed? LastUnsigned => Volatile.Read(ref _unsigned);

    /// <summary>Seals all that is committed and not sealed yet.</summary>
    /// <returns>How many events this node sealed, the head, and why nothing can be sealed.</returns>
    public async Task<SealingResult> SealDueAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var count = 0;
            while (true)
            {
                var (result, isLast) = await SealBatchAsync(cancellationToken);
                count += result.Count;
                if (isLast)
                {
                    return result with { Count = count };
                }
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Begins the chain again behind what is there, after somebody has looked into why it is broken. Earlier events stay, and are not checked any more.</summary>
    public async Task BeginAnewAsync(ActivityActor actor, string reason, CancellationToken cancellationToken)
    {
        var key = await keys.GetOrRenewAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var wasMissing = await LockAsync(context, key, cancellationToken);
        var old = wasMissing ? null : await context.ActivityChains.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var last = Math.Max(old?.HeadNumber ?? 0, await context.ActivityEvents.MaxAsync(item => item.SealNumber, cancellationToken) ?? 0);
        last = Math.Max(last, await context.ActivityRemovals.MaxAsync(item => (long?)item.Number, cancellationToken) ?? 0);
        await context.ActivityChains.ExecuteDeleteAsync(cancellationToken);

        // What is not sealed yet may be signed with a key that is lost: it belongs to what is not checked any more.
        for (var isLast = false; !isLast;)
        {
            var batch = await context.ActivityEvents.Where(item => item.SealNumber == null).OrderBy(item => item.Id).Take(AnewBatchSize).ToListAsync(cancellationToken);
            foreach (var item in batch)
            {
                item.SealNumber = ++last;
                item.Seal = ActivityKey.NoSeal;
            }

            await context.SaveChangesAsync(cancellationToken);
            context.ChangeTracker.Clear();
            isLast = batch.Count < AnewBatchSize;
        }

        context.Add(key.Chain(last, ActivityKey.NoSeal, last, ActivityKey.NoSeal));
        context.Add(activity.Create(
            ActivityKinds.ActivityBegunAnew,
            actor,
            detail: $"From number {last + 1}. The head was {(old is null ? "missing" : Head(old))}. {reason}"));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes the sealed events up to a number, and begins the chain behind it.</summary>
    /// <returns>How many were deleted; none where the chain is not as this server wrote it.</returns>
    public async Task<int> CutAsync(long throughNumber, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var chain = await context.ActivityChains.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var key = chain is null ? null : await keys.FindAsync(chain.KeyNumber, cancellationToken);
        // Behind an event that is there: of one that was removed the seal is not stored.
        var seal = await context.ActivityEvents.Where(item => item.SealNumber == throughNumber).Select(item => item.Seal).SingleOrDefaultAsync(cancellationToken);
        if (chain is null || seal is null || key?.Made(chain) != true || throughNumber <= chain.AnchorNumber)
        {
            return 0;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await MoveAsync(context, chain, key.Chain(chain.HeadNumber, chain.HeadSeal, throughNumber, seal), cancellationToken))
        {
            return 0;
        }

        await context.ActivityRemovals.Where(item => item.Number <= throughNumber).ExecuteDeleteAsync(cancellationToken);
        var count = await context.ActivityEvents.Where(item => item.SealNumber <= throughNumber).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>As it is logged, and given to <c>activity verify --expect</c>.</summary>
    internal static string Head(ActivityChain chain) => FormattableString.Invariant($"{chain.HeadNumber}:{Convert.ToHexStringLower(chain.HeadSeal)}");

    private async Task<(SealingResult Result, bool IsLast)> SealBatchAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var chain = await context.ActivityChains.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (chain is null)
        {
            return (new SealingResult(0, null, "its head is missing."), true);
        }

        // A head that somebody moved must not be signed as if it were right.
        var key = await keys.FindAsync(chain.KeyNumber, cancellationToken);
        if (key is null)
        {
            return (new SealingResult(0, chain, $"key {chain.KeyNumber}, which the chain was made with, cannot be decrypted."), true);
        }

        if (!key.Made(chain))
        {
            return (new SealingResult(0, chain, "its head is not as LazyMigrate wrote it."), true);
        }

        // Rightly signed, but an older one: behind it, events could be taken out and the others be numbered anew.
        if (chain.HeadNumber < _highest)
        {
            return (new SealingResult(0, chain, FormattableString.Invariant($"its head was set back from number {_highest} to {chain.HeadNumber}.")), true);
        }

        _highest = chain.HeadNumber;
        var events = await context.ActivityEvents.Where(item => item.SealNumber == null).OrderBy(item => item.Id).Take(BatchSize).ToListAsync(cancellationToken);
        if (events.Count == 0)
        {
            return (new SealingResult(0, chain, null), true);
        }

        var number = chain.HeadNumber;
        var seal = chain.HeadSeal;
        var oldest = events.Exists(item => item.Mac is { Length: 0 }) ? await TimeOfAsync(context, number, cancellationToken) - s_oldestUnsigned : null;
        List<ActivityPlace> unsigned = [];
        List<ActivityPlace> tooOld = [];
        foreach (var item in events)
        {
            number++;
            if (item.Mac is { Length: 0 })
            {
                // One that says it is from long before what is sealed was not written then: it stays as it came, which is a break.
                var isTooOld = TimeOf(item.Id) < oldest;
                (isTooOld ? tooOld : unsigned).Add(new ActivityPlace(number, item.Id));
                item.Mac = isTooOld ? item.Mac : key.MacOfUnsigned(item);
            }

            seal = key.SealOf(number, seal, item.Id, item.Mac);
            item.SealNumber = number;
            item.Seal = seal;
        }

        var moved = key.Chain(number, seal, chain.AnchorNumber, chain.AnchorSeal);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await MoveAsync(context, chain, moved, cancellationToken))
        {
            // Another node has sealed them.
            return (new SealingResult(0, null, null), false);
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Some were removed meanwhile.
            return (new SealingResult(0, null, null), false);
        }

        await transaction.CommitAsync(cancellationToken);
        _highest = number;
        Report(unsigned, tooOld);
        return (new SealingResult(events.Count, moved, null), events.Count < BatchSize);
    }

    private void Report(List<ActivityPlace> unsigned, List<ActivityPlace> tooOld)
    {
        if (unsigned.Count > 0)
        {
            Log.UnsignedSealed(logger, unsigned.Count, unsigned[0].EventId, unsigned[0].Number!.Value);
        }

        if (tooOld.Count > 0)
        {
            Log.UnsignedTooOld(logger, tooOld.Count, tooOld[0].EventId, tooOld[0].Number!.Value);
        }

        if (unsigned.Count + tooOld.Count > 0)
        {
            Volatile.Write(ref _unsigned, new UnsignedSealed(time.GetUtcNow(), unsigned.Count + tooOld.Count, unsigned.Concat(tooOld).MinBy(place => place.Number)!));
        }
    }

    /// <summary>When the event of a number was written; null where it is behind the anchor.</summary>
    private static async Task<DateTimeOffset?> TimeOfAsync(AppDbContext context, long number, CancellationToken cancellationToken) =>
        TimeOf(await context.ActivityEvents.Where(item => item.SealNumber == number).Select(item => (Guid?)item.Id).SingleOrDefaultAsync(cancellationToken)
            ?? await context.ActivityRemovals.Where(item => item.Number == number).Select(item => (Guid?)item.EventId).SingleOrDefaultAsync(cancellationToken));

    /// <summary>What a UUID of version 7 begins with: milliseconds since 1970. Any other is from long ago.</summary>
    private static DateTimeOffset? TimeOf(Guid? id)
    {
        if (id is not { } known)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        known.TryWriteBytes(bytes, bigEndian: true, out _);
        return known.Version != 7 ? DateTimeOffset.UnixEpoch : DateTimeOffset.UnixEpoch.AddMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16);
    }

    /// <summary>From here on whoever seals, removes or begins anew waits for the end of the transaction, also where somebody took the row away.</summary>
    /// <returns>Whether it was missing.</returns>
    private static async Task<bool> LockAsync(AppDbContext context, ActivityKey key, CancellationToken cancellationToken)
    {
        var none = key.Chain(0, ActivityKey.NoSeal, 0, ActivityKey.NoSeal);
        var isNew = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ActivityChain" ("Id", "HeadNumber", "HeadSeal", "AnchorNumber", "AnchorSeal", "KeyNumber", "Mac")
            VALUES ({none.Id}, {none.HeadNumber}, {none.HeadSeal}, {none.AnchorNumber}, {none.AnchorSeal}, {none.KeyNumber}, {none.Mac})
            ON CONFLICT ("Id") DO NOTHING
            """,
            cancellationToken) == 1;
        if (!isNew)
        {
            await context.ActivityChains.ExecuteUpdateAsync(update => update.SetProperty(chain => chain.KeyNumber, chain => chain.KeyNumber), cancellationToken);
        }

        return isNew;
    }

    private static async Task<bool> MoveAsync(AppDbContext context, ActivityChain from, ActivityChain to, CancellationToken cancellationToken) =>
        await context.ActivityChains
            .Where(chain => chain.Mac == from.Mac && chain.HeadNumber == from.HeadNumber)
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(chain => chain.HeadNumber, to.HeadNumber)
                    .SetProperty(chain => chain.HeadSeal, to.HeadSeal)
                    .SetProperty(chain => chain.AnchorNumber, to.AnchorNumber)
                    .SetProperty(chain => chain.AnchorSeal, to.AnchorSeal)
                    .SetProperty(chain => chain.Mac, to.Mac),
                cancellationToken) == 1;
}

/// <summary>What came of sealing.</summary>
/// <param name="Count">How many events this node made links of the chain.</param>
/// <param name="Chain">As it is now, where it was read.</param>
/// <param name="Problem">Why nothing can be sealed, as the end of a sentence; null if it can.</param>
public sealed record SealingResult(int Count, ActivityChain? Chain, string? Problem);

/// <summary>Unsigned events that were sealed.</summary>
/// <param name="Time">When.</param>
/// <param name="Count">How many in that batch.</param>
/// <param name="First">The first of them.</param>
public sealed record UnsignedSealed(DateTimeOffset Time, int Count, ActivityPlace First);
