using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users.Attempts;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Users.SecondFactors;

/// <summary>Accepts codes of authenticator apps, each step once, on all nodes together.</summary>
public sealed class TotpVerifier(IDbContextFactory<AppDbContext> contexts, TotpProtector protector, AttemptLimiter limiter, TimeProvider time)
{
    // The longest code with spaces that people type; everything else is wrong without a look.
    private const int LongestTyped = 32;

    /// <summary>Checks a code of whoever is logging in; wrong ones are counted.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="typed">The code, as typed.</param>
    /// <param name="deviceId">A device that this person has logged in on before, or null.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<TotpAnswer> CheckAsync(Guid userId, string typed, string? deviceId, CancellationToken cancellationToken)
    {
        var charge = await limiter.ChargeSecondFactorAsync(userId, deviceId, cancellationToken);
        if (!charge.IsAllowed)
        {
            return charge.IsRefusedToday ? TotpAnswer.TooManyToday : TotpAnswer.TooMany;
        }

        var isRight = false;
        try
        {
            isRight = await TryUseAsync(userId, typed, cancellationToken);
        }
        finally
        {
            await limiter.SettleAsync(charge, isRefunded: isRight, CancellationToken.None);
        }

        return isRight ? TotpAnswer.Right : charge.IsLast ? TotpAnswer.LastWrong : TotpAnswer.Wrong;
    }

    /// <summary>Uses a code up.</summary>
    /// <returns>False when it is wrong, or was used already.</returns>
    private async Task<bool> TryUseAsync(Guid userId, string typed, CancellationToken cancellationToken)
    {
        if (typed.Length > LongestTyped)
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.TotpFactors.AsNoTracking().FirstOrDefaultAsync(factor => factor.UserId == userId, cancellationToken) is not { } factor
            || protector.TryUnprotect(factor.ProtectedSecret) is not { } secret
            || TotpCode.FindStep(secret, typed, time.GetUtcNow(), factor.LastStep) is not { } step)
        {
            return false;
        }

        // One statement decides: of many who send the same code at once, one is let in.
        return await context.TotpFactors
            .Where(row => row.UserId == userId && row.ProtectedSecret == factor.ProtectedSecret && row.LastStep < step)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.LastStep, step), cancellationToken) == 1;
    }
}

/// <summary>What came of a code.</summary>
public enum TotpAnswer
{
    /// <summary>It is used up now.</summary>
    Right,

    /// <summary>It is wrong, or was used already.</summary>
    Wrong,

    /// <summary>As <see cref="Wrong"/>, and the next one is not looked at.</summary>
    LastWrong,

    /// <summary>It was not looked at.</summary>
    TooMany,

    /// <summary>It was not looked at, nor will another one be before a day is over.</summary>
    TooManyToday,
}
