using System.Data.Common;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>Decides a log-in before Identity does: whoever is here is Identity's, all others the legacy database's.</summary>
/// <remarks>Rows are those of docs/flows.md, "Log in".</remarks>
internal sealed class FirstLogIn<TUser>(
    AdoptedStore<TUser> store,
    ConfiguredDatabase database,
    UserMigrator migrator,
    IdentifierGate gate,
    DummyPassword dummy,
    AttemptLimiter limiter,
    LegacyOutage outage,
    MigrationTelemetry telemetry,
    IActivityRequest request,
    ActivityFactory activity,
    AdoptedRecords records,
    ILogger<FirstLogIn<TUser>> logger)
    where TUser : class, new()
{
    // A log-in runs to its end even when the browser leaves: a guess must not be withdrawn before it is counted.
    private static readonly CancellationToken s_toTheEnd = CancellationToken.None;

    /// <summary>Looks for the person here, and else asks.</summary>
    public async Task<FirstLogInResult<TUser>> DecideAsync(string typed, string password)
    {
        var identifier = password.Length <= LocalPasswordHasher.LongestPassword ? IdentifierParser.Parse(typed) : null;
        if (await FindAsync(typed, identifier) is { } known)
        {
            // Rows 2 to 5: as if nothing of this were there.
            return known;
        }

        try
        {
            return await ChargeAndAskAsync(typed, identifier, password);
        }
        catch (HashingBusyException)
        {
            // No outage: it says nothing of the legacy database.
            telemetry.Refused("Busy");
            UserMigration.Log.HashingBusy(logger);
            return new FirstLogInResult<TUser>(FirstLogInAnswer.TryAgainLater);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            Log.LogInUndecided(logger, exception);
            outage.ReportNotAsked();
            return new FirstLogInResult<TUser>(FirstLogInAnswer.TryAgainLater);
        }
    }

    private async Task<FirstLogInResult<TUser>> ChargeAndAskAsync(string typed, UserIdentifier? identifier, string password)
    {
        var charge = await limiter.ChargeAsync(identifier, request.Address, deviceId: null, s_toTheEnd);
        if (!charge.IsAllowed)
        {
            // Row 1.
            return new FirstLogInResult<TUser>(FirstLogInAnswer.TooManyAttempts);
        }

        var result = new FirstLogInResult<TUser>(FirstLogInAnswer.Refused);
        try
        {
            result = await AskAsync(typed, identifier, password);
        }
        finally
        {
            // The password was right, or nobody could look at it, or Identity counts it.
            await limiter.SettleAsync(charge, isRefunded: result.Answer != FirstLogInAnswer.Refused, s_toTheEnd);
        }

        if (charge.IsLast && result.Answer == FirstLogInAnswer.Refused)
        {
            await records.TryAddAsync(activity.Create(ActivityKinds.LoginThrottled, subjectName: identifier?.Canonical, outcome: "Throttled"));

            // As Identity says it of whoever is here: at the attempt that was one too many.
            return new FirstLogInResult<TUser>(FirstLogInAnswer.TooManyAttempts);
        }

        return result;
    }

    private async Task<FirstLogInResult<TUser>> AskAsync(string typed, UserIdentifier? identifier, string password)
    {
        if (identifier is null)
        {
            await dummy.VerifyAsync(password.Length <= LocalPasswordHasher.LongestPassword ? password : "");
            return new FirstLogInResult<TUser>(FirstLogInAnswer.Refused);
        }

        using var turn = await gate.EnterAsync(identifier.Canonical, s_toTheEnd);
        if (turn is null)
        {
            outage.ReportNotAsked();
            return new FirstLogInResult<TUser>(FirstLogInAnswer.TryAgainLater);
        }

        // Whoever waited may find that the same person, logging in twice at once, has just been moved.
        if (await FindAsync(typed, identifier) is { } known)
        {
            return known;
        }

        switch (await migrator.MigrateAsync(identifier, password, s_toTheEnd))
        {
            case UserMigrationOutcome.Moved moved:
                var user = await store.FindByLinkAsync(LegacyLink.Of(database.Current, moved.User.LegacyId!));
                return new FirstLogInResult<TUser>(user is null ? FirstLogInAnswer.Refused : FirstLogInAnswer.Moved, user);
            case UserMigrationOutcome.Blocked { PasswordWasRight: true }:
                return new FirstLogInResult<TUser>(FirstLogInAnswer.Blocked);
            case UserMigrationOutcome.Unavailable:
                return new FirstLogInResult<TUser>(FirstLogInAnswer.TryAgainLater);
            default:
                // One answer for all others, so that a stranger learns nothing.
                return new FirstLogInResult<TUser>(FirstLogInAnswer.Refused);
        }
    }

    private async Task<FirstLogInResult<TUser>?> FindAsync(string typed, UserIdentifier? identifier)
    {
        if ((await store.FindByNameAsync(typed) ?? (identifier is null ? null : await store.FindByNameAsync(identifier.Canonical))) is { } named)
        {
            return new FirstLogInResult<TUser>(FirstLogInAnswer.Known, named);
        }

        if (identifier is not { Kind: IdentifierKind.Email } || await store.FindByEmailAsync(identifier.Canonical) is not { Count: > 0 } owners)
        {
            return null;
        }

        // Whoever was moved by a user name could log in by e-mail before, and can now. Of others Identity does not look at the address here.
        return owners.Count == 1 && await store.LegacyKeyOfAsync(owners[0], LegacyLink.ProviderOf(database.Current)) is not null
            ? new FirstLogInResult<TUser>(FirstLogInAnswer.Known, owners[0])
            : new FirstLogInResult<TUser>(FirstLogInAnswer.Known);
    }
}

/// <summary>Whose a log-in is, or what came of it.</summary>
/// <param name="Answer">What.</param>
/// <param name="User">Who is known or moved; null for somebody known who cannot log in by what was typed.</param>
internal sealed record FirstLogInResult<TUser>(FirstLogInAnswer Answer, TUser? User = null)
    where TUser : class;

internal enum FirstLogInAnswer
{
    /// <summary>Here already: Identity decides.</summary>
    Known,

    /// <summary>Stored with the password just typed, or was so at the same moment.</summary>
    Moved,

    Refused,

    /// <summary>The password was right, but the legacy database has blocked the person.</summary>
    Blocked,

    TooManyAttempts,

    TryAgainLater,
}
