using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.Users.Attempts;

/// <summary>Counts attempts to guess a password, before each of them is looked at: exact, whatever the concurrency, on all nodes together.</summary>
/// <remarks>
/// A charge is one statement that counts up only below the limit: a window never holds more charges than the limit. Who finds
/// it reached by attempts that are still being looked at waits for what comes of them, so that many right passwords at once are
/// all let in, and of many wrong ones exactly the limit is looked at. It knows nothing of users: whoever does not exist is
/// counted like everybody else. Attempts that the legacy database did not answer are counted apart (docs/decisions, 9): they
/// use up what a stranger is told of, not what the person has.
/// </remarks>
public sealed class AttemptLimiter(
    IDbContextFactory<AppDbContext> contexts,
    AttemptKeys keys,
    TimeProvider time,
    IOptions<ThrottleOptions> options)
{
    // Who waits longer is refused; longer than this nothing is looked at that has not died with its node.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_betweenSweeps = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    // Nobody logs in on more devices within minutes; without it, each cookie that somebody collects would be worth more guesses.
    private const int DevicesTimes = 5;

    // A node has no more attempts at once than could be allowed, so that few ask the database again.
    private readonly KeyedGate _identifiers = new(options.Value.AttemptsPerIdentifier, s_longestWait);
    private readonly KeyedGate _devices = new(DevicesTimes * options.Value.AttemptsPerIdentifier, s_longestWait);
    private readonly KeyedGate _addresses = new(options.Value.AttemptsPerAddress, s_longestWait);
    private long _sweptAt;

    /// <summary>Charges one attempt. Whoever was allowed calls <see cref="SettleAsync"/> in the end.</summary>
    /// <param name="identifier">What was typed; null when it can be nobody's, which only the address is charged for.</param>
    /// <param name="address">Where it comes from, if known.</param>
    /// <param name="deviceId">A device that this person has logged in on before. It has a count of its own in place of the other two, so that strangers cannot use them up; all devices of an identifier together have five times as many.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<AttemptCharge> ChargeAsync(UserIdentifier? identifier, string? address, string? deviceId, CancellationToken cancellationToken)
    {
        if (deviceId is not null && identifier is not null)
        {
            var limits = options.Value;
            return await ChargeBothAsync(
                () => ChargeIdentifierAsync("device", deviceId, cancellationToken),
                () => ChargeAsync(_devices, $"devices:{identifier.Kind}", identifier.Canonical, DevicesTimes * limits.AttemptsPerIdentifier, limits.IdentifierWindow, cancellationToken));
        }

        // The address first: who is refused by it must not use up what a person has.
        var byAddress = AttemptCharge.Nothing;
        if (NetworkOf(address) is { } network)
        {
            var limits = options.Value;
            byAddress = await ChargeAsync(_addresses, "address", network, limits.AttemptsPerAddress, limits.AddressWindow, cancellationToken);
        }

        if (!byAddress.IsAllowed || identifier is null)
        {
            return byAddress;
        }

        var byIdentifier = await ChargeIdentifierAsync($"identifier:{identifier.Kind}", identifier.Canonical, cancellationToken);
        if (!byIdentifier.IsAllowed)
        {
            await SettleAsync(byAddress, isRefunded: false, cancellationToken);
            return byIdentifier;
        }

        return byIdentifier with { IsSpent = byAddress.IsSpent || byIdentifier.IsSpent, Counts = [.. byAddress.Counts, .. byIdentifier.Counts] };
    }

    /// <summary>Charges one attempt by whoever is signed in, for example with the current password when changing it.</summary>
    public Task<AttemptCharge> ChargeAsync(Guid userId, CancellationToken cancellationToken) =>
        ChargeIdentifierAsync("user", userId.ToString(), cancellationToken);

    /// <summary>Charges one attempt at a user by what is theirs only because they were linked: all such identifiers together have one count, or each would be worth more guesses at the same password.</summary>
    public Task<AttemptCharge> ChargeAliasAsync(Guid userId, CancellationToken cancellationToken) =>
        ChargeIdentifierAsync("alias", userId.ToString(), cancellationToken);

    /// <summary>Charges one code of a second factor, for the window and for the day: counts of its own, which a password that is known does not refund.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="deviceId">A device that this person has logged in on before. It has counts of its own: whoever knows only the password cannot use them up.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<AttemptCharge> ChargeSecondFactorAsync(Guid userId, string? deviceId, CancellationToken cancellationToken)
    {
        var user = userId.ToString();
        return deviceId is null
            ? ChargeCodeAsync(_identifiers, "second-factor", user, times: 1, cancellationToken)
            : ChargeBothAsync(
                () => ChargeCodeAsync(_identifiers, "second-factor-device", $"{user} {deviceId}", times: 1, cancellationToken),
                () => ChargeCodeAsync(_devices, "second-factor-devices", user, DevicesTimes, cancellationToken));
    }

    /// <summary>Counts a wish for a mail, by where it comes from and by what was typed, whether or not anybody gets one.</summary>
    /// <returns>False when there were too many.</returns>
    public async Task<bool> MayMailAsync(UserIdentifier? identifier, string? address, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        if (NetworkOf(address) is { } network)
        {
            var byAddress = await ChargeAsync(_addresses, "mail-address", network, limits.AttemptsPerAddress, limits.AddressWindow, cancellationToken);
            await SettleAsync(byAddress, isRefunded: false, cancellationToken);
            if (!byAddress.IsAllowed)
            {
                return false;
            }
        }

        if (identifier is null)
        {
            return true;
        }

        var byIdentifier = await ChargeAsync(_identifiers, $"mail:{identifier.Kind}", identifier.Canonical, limits.MailsPerIdentifier, limits.MailWindow, cancellationToken);
        await SettleAsync(byIdentifier, isRefunded: false, cancellationToken);
        return byIdentifier.IsAllowed;
    }

    /// <summary>Says that an attempt was looked at.</summary>
    /// <param name="charge">What it was charged.</param>
    /// <param name="isRefunded">Whether it does not count, because the password was right or this server was too busy to look at it.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task SettleAsync(AttemptCharge charge, bool isRefunded, CancellationToken cancellationToken) =>
        SettleAsync(charge, isRefunded ? 1 : 0, unanswered: 0, cancellationToken);

    /// <summary>Says that the legacy database did not answer: the attempt moves from one count to the other.</summary>
    public Task SettleUnansweredAsync(AttemptCharge charge, CancellationToken cancellationToken) =>
        SettleAsync(charge, refund: 1, unanswered: 1, cancellationToken);

    private async Task SettleAsync(AttemptCharge charge, int refund, int unanswered, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            foreach (var count in charge.Counts)
            {
                await context.AttemptCounts
                    .Where(row => row.Key == count.Key && row.EndsAt == count.EndsAt)
                    .ExecuteUpdateAsync(
                        update => update
                            .SetProperty(row => row.Pending, row => row.Pending - 1)
                            .SetProperty(row => row.Count, row => row.Count - refund)
                            .SetProperty(row => row.Unanswered, row => row.Unanswered + unanswered),
                        cancellationToken);
            }
        }
        finally
        {
            foreach (var count in charge.Counts)
            {
                count.Turn.Dispose();
            }
        }
    }

    /// <summary>What counts as one address: whoever has an IPv6 address usually has its whole /64.</summary>
    internal static string? NetworkOf(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return null;
        }

        if (parsed.IsIPv4MappedToIPv6)
        {
            parsed = parsed.MapToIPv4();
        }

        return parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? $"{Convert.ToHexStringLower(parsed.GetAddressBytes().AsSpan(0, 8))}/64"
            : parsed.ToString();
    }

    private Task<AttemptCharge> ChargeCodeAsync(KeyedGate gate, string purpose, string value, int times, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        return ChargeBothAsync(
            () => ChargeAsync(gate, purpose, value, times * limits.AttemptsPerIdentifier, limits.IdentifierWindow, cancellationToken),
            async () => await ChargeAsync(gate, $"{purpose}-day", value, times * limits.CodesPerDay, s_day, cancellationToken) is { IsAllowed: true } charge ? charge : AttemptCharge.RefusedToday);
    }

    /// <summary>Charges two counts, or none: whoever the second refuses is given back what the first took, because nothing was looked at.</summary>
    private async Task<AttemptCharge> ChargeBothAsync(Func<Task<AttemptCharge>> chargeFirst, Func<Task<AttemptCharge>> chargeSecond)
    {
        var first = await chargeFirst();
        if (!first.IsAllowed)
        {
            return first;
        }

        var second = AttemptCharge.Refused;
        try
        {
            second = await chargeSecond();
        }
        finally
        {
            if (!second.IsAllowed)
            {
                await SettleAsync(first, isRefunded: true, CancellationToken.None);
            }
        }

        return second.IsAllowed
            ? second with { IsLast = first.IsLast || second.IsLast, IsSpent = first.IsSpent || second.IsSpent, Counts = [.. first.Counts, .. second.Counts] }
            : second;
    }

    private Task<AttemptCharge> ChargeIdentifierAsync(string purpose, string value, CancellationToken cancellationToken) =>
        ChargeAsync(_identifiers, purpose, value, options.Value.AttemptsPerIdentifier, options.Value.IdentifierWindow, cancellationToken);

    private async Task<AttemptCharge> ChargeAsync(KeyedGate gate, string purpose, string value, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        var key = await keys.OfAsync(purpose, value, cancellationToken);
        var turn = await gate.EnterAsync(key, cancellationToken);
        if (turn is null)
        {
            return AttemptCharge.Refused;
        }

        try
        {
            var charge = await TryChargeAsync(key, turn, limit, window, cancellationToken);
            turn = charge.IsAllowed ? null : turn;
            return charge;
        }
        finally
        {
            turn?.Dispose();
        }
    }

    private async Task<AttemptCharge> TryChargeAsync(string key, IDisposable turn, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < s_longestWait;)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var end = now + (long)window.TotalMilliseconds;

            // PostgreSQL and SQLite have the same upsert. Its WHERE decides with the row locked: at the limit no row comes back.
            var charged = await context.AttemptCounts
                .FromSql($"""
                    INSERT INTO "AttemptCounts" AS held ("Key", "Count", "Pending", "Unanswered", "EndsAt") VALUES ({key}, 1, 1, 0, {end})
                    ON CONFLICT ("Key") DO UPDATE SET
                        "Count" = CASE WHEN held."EndsAt" <= {now} THEN 1 ELSE held."Count" + 1 END,
                        "Pending" = CASE WHEN held."EndsAt" <= {now} THEN 1 ELSE held."Pending" + 1 END,
                        "Unanswered" = CASE WHEN held."EndsAt" <= {now} THEN 0 ELSE held."Unanswered" END,
                        "EndsAt" = CASE WHEN held."EndsAt" <= {now} THEN excluded."EndsAt" ELSE held."EndsAt" END
                    WHERE held."Count" < {limit} OR held."EndsAt" <= {now}
                    RETURNING "Key", "Count", "Pending", "Unanswered", "EndsAt"
                    """)
                .AsNoTracking()
                .ToListAsync(cancellationToken);
            await SweepAsync(context, now, cancellationToken);
            if (charged is [var count])
            {
                return new AttemptCharge(true, count.Count == limit, [new ChargedCount(key, count.EndsAt, turn)]) { IsSpent = count.Count + count.Unanswered > limit };
            }

            if (await context.AttemptCounts.AnyAsync(row => row.Key == key && row.Pending == 0 && row.Count >= limit && row.EndsAt > now, cancellationToken))
            {
                break;
            }

            await Task.Delay(s_betweenTries, cancellationToken);
        }

        return AttemptCharge.Refused;
    }

    // In passing, once a minute: nothing waits for it, and the table holds no more than some minutes of attempts.
    private async Task SweepAsync(AppDbContext context, long now, CancellationToken cancellationToken)
    {
        var sweptAt = Interlocked.Read(ref _sweptAt);
        if (now - sweptAt >= (long)s_betweenSweeps.TotalMilliseconds && Interlocked.CompareExchange(ref _sweptAt, now, sweptAt) == sweptAt)
        {
            await context.AttemptCounts.Where(row => row.EndsAt <= now).ExecuteDeleteAsync(cancellationToken);
        }
    }
}

/// <summary>What one attempt was charged.</summary>
/// <param name="IsAllowed">Whether the password may be looked at.</param>
/// <param name="IsLast">Whether the next attempt is refused, if this one fails.</param>
/// <param name="Counts">The counts that were charged.</param>
public sealed record AttemptCharge(bool IsAllowed, bool IsLast, IReadOnlyList<ChargedCount> Counts)
{
    /// <summary>Whether the limit is passed once those are counted that the legacy database did not answer: who is refused now is told of too many attempts, like somebody who is here.</summary>
    public bool IsSpent { get; init; }

    /// <summary>Whether the count of a whole day has refused it.</summary>
    public bool IsRefusedToday { get; init; }

    internal static AttemptCharge Nothing { get; } = new(true, false, []);

    internal static AttemptCharge Refused { get; } = new(false, false, []);

    internal static AttemptCharge RefusedToday { get; } = Refused with { IsRefusedToday = true };
}

/// <summary>A count that was charged.</summary>
/// <param name="Key">Whose.</param>
/// <param name="EndsAt">Its window.</param>
/// <param name="Turn">The place on this node.</param>
public sealed record ChargedCount(string Key, long EndsAt, IDisposable Turn);
