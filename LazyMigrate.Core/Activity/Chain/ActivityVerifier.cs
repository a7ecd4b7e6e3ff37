using System.Security.Cryptography;
using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Activity.Chain;

/// <summary>Finds out whether activity is as it was written: nothing altered, missing, added or moved.</summary>
public sealed class ActivityVerifier(IDbContextFactory<AppDbContext> contexts, ActivityKeys keys)
{
    private const int BatchSize = 1000;

    /// <summary>Checks every event from the anchor on, all as they are at this moment: other nodes may go on writing, sealing and removing.</summary>
    /// <param name="expected">A head that was noted earlier, outside the database: it must still be in the chain. Null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ActivityVerification> VerifyAsync(ActivityHead? expected, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await context.BeginSnapshotAsync(cancellationToken);
        var chain = await context.ActivityChains.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (chain is null)
        {
            return await context.StoredKeys.AnyAsync(key => key.Name.StartsWith(ActivityKeys.Prefix), cancellationToken)
                ? Broken(0, null, null, "The head of the chain is missing.")
                : await context.ActivityEvents.AnyAsync(item => item.Mac != null || item.SealNumber != null, cancellationToken) ? Broken(0, null, null, "There are events that were signed, and neither a chain nor a key.")
                : expected is not null ? Broken(0, expected.Number, null, "There is no chain, and a head of one was expected.")
                : new ActivityVerification(0, await CountUnsealedAsync(context, cancellationToken), null, null, null);
        }

        if (await keys.FindAsync(chain.KeyNumber, cancellationToken) is not { } key)
        {
            return Broken(0, null, null, $"Key {chain.KeyNumber}, which the chain was made with, cannot be decrypted, so nothing can be checked.") with { IsChecked = false };
        }

        if (!key.Made(chain))
        {
            return Broken(0, chain.HeadNumber, null, "The head of the chain is not as LazyMigrate wrote it.");
        }

        var walk = new Walk(key, chain, expected);
        for (var isLast = false; !isLast;)
        {
            var number = walk.Number;
            var batch = await context.ActivityEvents.AsNoTracking()
                .Where(item => item.SealNumber > number)
                .OrderBy(item => item.SealNumber)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            isLast = batch.Count < BatchSize;
            var upTo = isLast ? long.MaxValue : batch[^1].SealNumber!.Value;
            var removals = await context.ActivityRemovals.AsNoTracking()
                .Where(item => item.Number > number && item.Number <= upTo)
                .OrderBy(item => item.Number)
                .ToListAsync(cancellationToken);
            foreach (var link in batch.Select(item => new Link(item.SealNumber!.Value, item, null))
                .Concat(removals.Select(item => new Link(item.Number, null, item)))
                .OrderBy(link => link.Number))
            {
                if (walk.Check(link) is { } found)
                {
                    return Broken(walk.Count, found.Number, found.EventId, found.Reason);
                }
            }
        }

        return await EndAsync(context, walk, chain, cancellationToken);
    }

    private static async Task<ActivityVerification> EndAsync(AppDbContext context, Walk walk, ActivityChain chain, CancellationToken cancellationToken)
    {
        if (chain.HeadNumber > walk.Number)
        {
            return Broken(walk.Count, walk.Number + 1, null, $"The end is missing: numbers {walk.Number + 1} to {chain.HeadNumber}.");
        }

        if (chain.HeadNumber < walk.Number || !CryptographicOperations.FixedTimeEquals(chain.HeadSeal, walk.Seal))
        {
            return Broken(walk.Count, walk.Number, null, "The head of the chain is another than the last event's.");
        }

        if (walk.Expected is { } expected && !walk.HasExpected)
        {
            return Broken(walk.Count, expected.Number, null, "The head that was noted is not in the chain: the activity was set back.");
        }

        return await CheckUnsealedAsync(context, walk, chain, cancellationToken);
    }

    /// <summary>Events that have not been sealed yet are signed all the same.</summary>
    private static async Task<ActivityVerification> CheckUnsealedAsync(AppDbContext context, Walk walk, ActivityChain chain, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var item in context.ActivityEvents.AsNoTracking().Where(item => item.SealNumber == null).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            count++;
            if (!walk.IsSigned(item, number: null))
            {
                return Broken(walk.Count, null, item.Id, Walk.NotSigned);
            }
        }

        return new ActivityVerification(walk.Count, count, chain.AnchorNumber, new ActivityHead(chain.HeadNumber, Convert.ToHexStringLower(chain.HeadSeal)), null)
        {
            UnsignedCount = walk.UnsignedCount,
            FirstUnsigned = walk.FirstUnsigned,
        };
    }

    private static async Task<long> CountUnsealedAsync(AppDbContext context, CancellationToken cancellationToken) =>
        await context.ActivityEvents.LongCountAsync(item => item.SealNumber == null, cancellationToken);

    private static ActivityVerification Broken(long count, long? number, Guid? eventId, string reason) =>
        new(count, 0, null, null, new ActivityBreak(number, eventId, reason));

    private sealed record Link(long Number, ActivityEvent? Event, ActivityRemoval? Removal)
    {
        public Guid EventId => Event?.Id ?? Removal!.EventId;
    }

    /// <summary>From link to link.</summary>
    private sealed class Walk(ActivityKey key, ActivityChain chain, ActivityHead? expected)
    {
        public const string NotSigned = "It was altered, or LazyMigrate did not write it.";

        public ActivityHead? Expected => expected;

        public bool HasExpected { get; private set; } = expected is not null && Is(expected, chain.AnchorNumber, chain.AnchorSeal);

        public long Number { get; private set; } = chain.AnchorNumber;

        public byte[] Seal { get; private set; } = chain.AnchorSeal;

        public long Count { get; private set; }

        public long UnsignedCount { get; private set; }

        public ActivityPlace? FirstUnsigned { get; private set; }

        /// <summary>Whether the event is as it was written, or, where it came unsigned, as it was when it was sealed.</summary>
        public bool IsSigned(ActivityEvent item, long? number)
        {
            if (item.Mac is not { } mac)
            {
                return false;
            }

            if (CryptographicOperations.FixedTimeEquals(mac, key.MacOf(item)))
            {
                return true;
            }

            var isUnsigned = number is null ? mac.Length == 0 : CryptographicOperations.FixedTimeEquals(mac, key.MacOfUnsigned(item));
            if (isUnsigned)
            {
                UnsignedCount++;
                FirstUnsigned ??= new ActivityPlace(number, item.Id);
            }

            return isUnsigned;
        }

        public ActivityBreak? Check(Link link)
        {
            var number = Number + 1;
            if (link.Number < number)
            {
                return new ActivityBreak(link.Number, link.Event?.Id, "It is there although it was removed.");
            }

            if (link.Number > number)
            {
                return new ActivityBreak(number, null, link.Number == number + 1 ? "It is missing." : $"Numbers {number} to {link.Number - 1} are missing.");
            }

            if (link.Removal is { } removal ? !key.Made(removal) : !IsSigned(link.Event!, number))
            {
                return new ActivityBreak(number, link.EventId, NotSigned);
            }

            var seal = key.SealOf(number, Seal, link.EventId, link.Event?.Mac ?? link.Removal?.EventMac);
            if (link.Event is { } item && (item.Seal is null || !CryptographicOperations.FixedTimeEquals(item.Seal, seal)))
            {
                return new ActivityBreak(number, item.Id, "It does not follow the one before it: it was put in, moved, or sealed by something else.");
            }

            Number = number;
            Seal = seal;
            Count++;
            HasExpected |= expected is not null && Is(expected, number, seal);
            return null;
        }

        private static bool Is(ActivityHead head, long number, byte[] seal) =>
            head.Number == number && string.Equals(head.Seal, Convert.ToHexString(seal), StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>What a check of the activity found.</summary>
/// <param name="Checked">How many sealed events were right, up to the first that was not.</param>
/// <param name="Unsealed">How many are written and not sealed yet.</param>
/// <param name="AnchorNumber">Events up to this number are not part of the chain any more.</param>
/// <param name="Head">The end of the chain; null where there is none, or it is broken.</param>
/// <param name="FirstBreak">What is wrong first; null where nothing is.</param>
public sealed record ActivityVerification(long Checked, long Unsealed, long? AnchorNumber, ActivityHead? Head, ActivityBreak? FirstBreak)
{
    /// <summary>How many events have no signature of whoever wrote them: a node that cannot decrypt the key did, or somebody who wants it to look like that.</summary>
    public long UnsignedCount { get; init; }

    /// <summary>The first of them.</summary>
    public ActivityPlace? FirstUnsigned { get; init; }

    /// <summary>False where this node cannot decrypt the key: then <see cref="FirstBreak"/> says so, and nothing about the activity.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>Whether everything is as LazyMigrate wrote it. Of unsigned events nobody can say so, although nothing else is wrong.</summary>
    public bool IsIntact => FirstBreak is null && UnsignedCount == 0;
}

/// <summary>Where an event is.</summary>
/// <param name="Number">The place in the chain; null where it is not sealed yet.</param>
/// <param name="EventId">The event.</param>
public sealed record ActivityPlace(long? Number, Guid EventId);

/// <summary>An end of the chain, as it is noted elsewhere.</summary>
/// <param name="Number">Of the event that was sealed last.</param>
/// <param name="Seal">Its seal, in hexadecimal.</param>
public sealed record ActivityHead(long Number, string Seal);

/// <summary>Where the activity is not as it was written.</summary>
/// <param name="Number">The place in the chain.</param>
/// <param name="EventId">The event that is there.</param>
/// <param name="Reason">In a sentence.</param>
public sealed record ActivityBreak(long? Number, Guid? EventId, string Reason);
