using System.Security.Claims;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Identity's sign-in manager, which asks the legacy database about whoever is not in the local store.</summary>
public sealed partial class MigratingSignInManager(
    MigratingUserManager users,
    UserMigrator migrator,
    IdentifierGate gate,
    DummyPassword dummy,
    AttemptLimiter limiter,
    TotpVerifier totp,
    ISecondFactorCookie cookie,
    ILoginDevice device,
    LegacyOutage outage,
    IActivityRequest request,
    ActivityFactory activity,
    ActivityWriter writer,
    MigrationTelemetry telemetry,
    IOptions<LazyMigrationOptions> migrationOptions,
    IHttpContextAccessor contextAccessor,
    IUserClaimsPrincipalFactory<AppUser> claimsFactory,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<AppUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<AppUser> confirmation)
    : SignInManager<AppUser>(users, contextAccessor, claimsFactory, options, logger, schemes, confirmation)
{
    // A log-in runs to its end even when the browser leaves: a guess must not be withdrawn before it is counted.
    private static readonly CancellationToken s_toTheEnd = CancellationToken.None;

    private static readonly MigratingSignInResult s_tooBusy = new(SignInRefusal.TryAgainLater);
    private static readonly IdentityError s_disabled = new() { Code = "Disabled", Description = "Your account is disabled." };

    private UserIdentifier? _identifier;

    /// <summary>Signs a person in by e-mail, phone number or user name; moves them first where they are not here yet.</summary>
    /// <param name="userName">Any identifier.</param>
    /// <param name="password">The password.</param>
    /// <param name="isPersistent">Whether the session outlives the browser.</param>
    /// <param name="lockoutOnFailure">Ignored: every attempt is counted, of whomever.</param>
    /// <returns>A <see cref="MigratingSignInResult"/> where there is more to say than that it failed, else Identity's own.</returns>
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var identifier = password.Length <= LocalPasswordHasher.LongestPassword
            ? IdentifierParser.Parse(userName, migrationOptions.Value.PhoneRegion)
            : null;
        _identifier = identifier;
        var deviceId = identifier is null ? null : device.IdFor(identifier);
        var charge = await limiter.ChargeAsync(identifier, request.Address, deviceId, s_toTheEnd);
        if (!charge.IsAllowed)
        {
            // Row 1. Nobody was looked up: the answer and its time are the same for whoever exists and whoever does not.
            telemetry.Refused("Throttled");
            return new MigratingSignInResult(SignInRefusal.TooManyAttempts);
        }

        var result = SignInResult.Failed;
        var isRefunded = false;
        try
        {
            result = await TryAsync(identifier, password, isPersistent);

            // The password was right, or nobody could look at it.
            isRefunded = result is { Succeeded: true } or { RequiresTwoFactor: true } or MigratingSignInResult { Refusal: SignInRefusal.Blocked or SignInRefusal.TryAgainLater };
        }
        finally
        {
            await (result is MigratingSignInResult { Refusal: SignInRefusal.TryAgainLater } && result != s_tooBusy
                ? limiter.SettleUnansweredAsync(charge, s_toTheEnd)
                : limiter.SettleAsync(charge, isRefunded, s_toTheEnd));
        }

        if (charge.IsLast && !isRefunded)
        {
            await writer.WriteAsync(activity.Create(ActivityKinds.LoginThrottled, subjectName: identifier?.Canonical, outcome: "Throttled"), s_toTheEnd);
        }

        if (result.Succeeded)
        {
            device.Remember(identifier!);
        }

        if (result.Succeeded || result.RequiresTwoFactor)
        {
            return result;
        }

        // One sentence for everybody while the legacy database is out of order, and as many tries: people who are here already
        // are looked at all the same, and an outage would tell who they are.
        return charge.IsSpent ? new MigratingSignInResult(SignInRefusal.TooManyAttempts)
            : outage.IsOn ? new MigratingSignInResult(SignInRefusal.TryAgainLater)
            : result;
    }

    /// <summary>Not supported: it would look at a password without counting the attempt.</summary>
    public override Task<SignInResult> PasswordSignInAsync(AppUser user, string password, bool isPersistent, bool lockoutOnFailure) => Uncounted();

    /// <summary>Not supported: it would look at a password without counting the attempt.</summary>
    public override Task<SignInResult> CheckPasswordSignInAsync(AppUser user, string password, bool lockoutOnFailure) => Uncounted();

    /// <summary>Whoever is disabled cannot, whichever way they come.</summary>
    public override async Task<bool> CanSignInAsync(AppUser user) => !user.IsDisabled && await base.CanSignInAsync(user);

    /// <summary>Changes the password of whoever is signed in; wrong guesses at the current one are counted.</summary>
    /// <returns>Null when there were too many.</returns>
    public async Task<IdentityResult?> ChangePasswordAsync(AppUser user, string currentPassword, string newPassword)
    {
        if (user.IsDisabled)
        {
            return IdentityResult.Failed(s_disabled);
        }

        var charge = await limiter.ChargeAsync(user.Id, s_toTheEnd);
        if (!charge.IsAllowed)
        {
            return null;
        }

        IdentityResult? result = null;
        try
        {
            result = await users.ChangePasswordAsync(user, currentPassword, newPassword);
        }
        finally
        {
            var wasWrong = result?.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)) ?? false;
            await limiter.SettleAsync(charge, isRefunded: !wasWrong, s_toTheEnd);
        }

        if (result.Succeeded)
        {
            await RefreshSignInAsync(user);
        }

        return result;
    }

    /// <summary>Ends the sessions of whoever is disabled, whatever their stamp: one that was renewed at the last moment, too.</summary>
    public override async Task<bool> ValidateSecurityStampAsync(AppUser? user, string? securityStamp) =>
        user is { IsDisabled: false } && await base.ValidateSecurityStampAsync(user, securityStamp);

    /// <summary>Every sign-in ends here, also that of whoever has just registered.</summary>
    public override async Task SignInWithClaimsAsync(AppUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
        await users.TouchLastLoginAsync(user);
    }

    private async Task<SignInResult> TryAsync(UserIdentifier? identifier, string password, bool isPersistent)
    {
        try
        {
            if (identifier is not null)
            {
                return await DecideAsync(identifier, password, isPersistent);
            }

            await dummy.VerifyAsync(password.Length <= LocalPasswordHasher.LongestPassword ? password : "");
            return SignInResult.Failed;
        }
        catch (HashingBusyException)
        {
            telemetry.Refused("Busy");
            Log.HashingBusy(Logger);
            return s_tooBusy;
        }
    }

    private async Task<SignInResult> DecideAsync(UserIdentifier identifier, string password, bool isPersistent)
    {
        if (await users.FindByIdentifierAsync(identifier) is { } known && !await MayBeLinkedAsync(known))
        {
            return await SignInKnownAsync(known, identifier, password, isPersistent);
        }

        AppUser? existing;
        using (var turn = await gate.EnterAsync(identifier.Canonical, s_toTheEnd))
        {
            if (turn is null)
            {
                outage.ReportNotAsked();
                telemetry.Refused("Busy");
                return new MigratingSignInResult(SignInRefusal.TryAgainLater);
            }

            // Whoever waited may find that the same person, logging in twice at once, has just been moved.
            existing = await users.FindAgainAsync(identifier);
            if (existing is null || await MayBeLinkedAsync(existing))
            {
                return await SignInByLegacyAsync(identifier, password, isPersistent, existing);
            }
        }

        // Outside: nobody waits for the hash of somebody who is here.
        return await SignInKnownAsync(existing, identifier, password, isPersistent);
    }

    /// <summary>Row 5: the user has no password, and the legacy database may give them one. Never an administrator: it would decide about the console.</summary>
    private async Task<bool> MayBeLinkedAsync(AppUser user) =>
        user is { PasswordHash: null, IsDisabled: false } && !await users.IsLockedOutAsync(user) && !await users.IsInRoleAsync(user, ConsoleRoles.Owner);

    /// <summary>Rows 2, 3 and 4: no script is called for this person, ever again.</summary>
    private async Task<SignInResult> SignInKnownAsync(AppUser user, UserIdentifier identifier, string password, bool isPersistent)
    {
        var charge = AttemptCharge.Nothing;
        if (!IsOwn(identifier, user))
        {
            charge = await limiter.ChargeAliasAsync(user.Id, s_toTheEnd);
            if (!charge.IsAllowed)
            {
                // Not "too many attempts": that would tell which identifiers are one account's.
                await dummy.VerifyAsync(password);
                telemetry.Refused("Throttled");
                await writer.WriteAsync(activity.Create(ActivityKinds.LoginRefused, subjectId: user.Id, subjectName: identifier.Canonical, outcome: "Throttled"), s_toTheEnd);
                return SignInResult.Failed;
            }
        }

        var isRight = true;
        try
        {
            isRight = await users.CheckPasswordAsync(user, password);
        }
        finally
        {
            await limiter.SettleAsync(charge, isRefunded: isRight, s_toTheEnd);
        }

        // That somebody is disabled is said only to whoever knows the password; that they are locked out, to nobody.
        var result = !isRight ? SignInResult.Failed
            : user.IsDisabled ? new MigratingSignInResult(SignInRefusal.Blocked)
            : await PreSignInCheck(user) ?? await SignInOrTwoFactorAsync(user, isPersistent);
        await RecordAsync(result, user, identifier);
        return result;
    }

    private static bool IsOwn(UserIdentifier identifier, AppUser user) => identifier.Canonical == identifier.Kind switch
    {
        IdentifierKind.Email => user.NormalizedEmail,
        IdentifierKind.Phone => user.NormalizedPhoneNumber,
        _ => user.NormalizedUserName,
    };

    /// <summary>Rows 5 to 16.</summary>
    private async Task<SignInResult> SignInByLegacyAsync(UserIdentifier identifier, string password, bool isPersistent, AppUser? existing)
    {
        switch (await migrator.MigrateAsync(identifier, password, s_toTheEnd, existing))
        {
            case UserMigrationOutcome.Moved moved:
                // Another log-in of theirs may have moved them, and an administrator disabled them, while this one waited.
                var signedIn = moved.User.IsDisabled ? new MigratingSignInResult(SignInRefusal.Blocked) : await PreSignInCheck(moved.User) ?? await SignInOrTwoFactorAsync(moved.User, isPersistent);
                await RecordAsync(signedIn, moved.User, identifier);
                return signedIn;
            case UserMigrationOutcome.Blocked { PasswordWasRight: true }:
                return new MigratingSignInResult(SignInRefusal.Blocked);
            case UserMigrationOutcome.Unavailable:
                return new MigratingSignInResult(SignInRefusal.TryAgainLater);
            default:
                // One answer for all others, so that a stranger learns nothing.
                return SignInResult.Failed;
        }
    }

    private static Task<SignInResult> Uncounted() => Task.FromException<SignInResult>(
        new NotSupportedException("Attempts are counted by what a person types: call PasswordSignInAsync with the identifier, not with the user."));

    private async Task RecordAsync(SignInResult result, AppUser user, UserIdentifier identifier)
    {
        var (kind, word) = result switch
        {
            { Succeeded: true } => (ActivityKinds.LoginSucceeded, "Succeeded"),
            { RequiresTwoFactor: true } => (ActivityKinds.LoginSecondFactor, "TwoFactorRequired"),
            { IsLockedOut: true } => (ActivityKinds.LoginRefused, "LockedOut"),
            MigratingSignInResult { Refusal: SignInRefusal.Blocked } => (ActivityKinds.LoginBlocked, "Disabled"),
            _ => (ActivityKinds.LoginRefused, "WrongPassword"),
        };
        if (kind != ActivityKinds.LoginSucceeded)
        {
            telemetry.Refused(word);
        }

        var actor = result.Succeeded ? new ActivityActor(user.Id, user.DisplayName) : null;
        await writer.WriteAsync(activity.Create(kind, actor, user.Id, identifier.Canonical, outcome: word), s_toTheEnd);
    }
}
