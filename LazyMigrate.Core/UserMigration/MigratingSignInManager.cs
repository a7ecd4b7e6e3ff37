using System.Security.Claims;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Identity's sign-in manager, which asks the legacy database about whoever is not in the local store.</summary>
public sealed class MigratingSignInManager(
    MigratingUserManager users,
    UserMigrator migrator,
    IdentifierGate gate,
    DummyPassword dummy,
    ActivityFactory activity,
    ActivityWriter writer,
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

    /// <summary>Signs a person in by e-mail, phone number or user name; moves them first where they are not here yet.</summary>
    /// <returns>A <see cref="MigratingSignInResult"/> where the legacy database had a say, else Identity's own.</returns>
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        if (IdentifierParser.Parse(userName, migrationOptions.Value.PhoneRegion) is not { } identifier)
        {
            dummy.Verify(password);
            return SignInResult.Failed;
        }

        if (await users.FindByIdentifierAsync(identifier) is { } user)
        {
            return await SignInKnownAsync(user, identifier, password, isPersistent, lockoutOnFailure);
        }

        using var turn = await gate.EnterAsync(identifier.Canonical, s_toTheEnd);
        if (turn is null)
        {
            return new MigratingSignInResult(SignInRefusal.TryAgainLater);
        }

        // Whoever waited may find that the same person, logging in twice at once, has just been moved.
        return await users.FindByIdentifierAsync(identifier) is { } moved
            ? await SignInKnownAsync(moved, identifier, password, isPersistent, lockoutOnFailure)
            : await SignInUnknownAsync(identifier, password, isPersistent);
    }

    /// <summary>Every sign-in ends here, also that of whoever has just registered.</summary>
    public override async Task SignInWithClaimsAsync(AppUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
        await users.TouchLastLoginAsync(user);
    }

    /// <summary>Rows 2, 3 and 4: no script is called for this person, ever again.</summary>
    private async Task<SignInResult> SignInKnownAsync(AppUser user, UserIdentifier identifier, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var result = await SignInLocallyAsync(user, password, isPersistent, lockoutOnFailure);
        await RecordAsync(result, user, identifier);
        return result;
    }

    /// <summary>Rows 6 to 15.</summary>
    private async Task<SignInResult> SignInUnknownAsync(UserIdentifier identifier, string password, bool isPersistent)
    {
        switch (await migrator.MigrateAsync(identifier, password, s_toTheEnd))
        {
            case UserMigrationOutcome.Moved moved:
                var signedIn = await PreSignInCheck(moved.User) ?? await SignInOrTwoFactorAsync(moved.User, isPersistent);
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

    private async Task<SignInResult> SignInLocallyAsync(AppUser user, string password, bool isPersistent, bool lockoutOnFailure)
    {
        if (user.PasswordHash is null)
        {
            dummy.Verify(password);
            return SignInResult.Failed;
        }

        if (!user.IsDisabled)
        {
            return await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure);
        }

        // That the account is disabled is said only to whoever knows the password.
        return await users.CheckPasswordAsync(user, password) ? new MigratingSignInResult(SignInRefusal.Blocked) : SignInResult.Failed;
    }

    private async Task RecordAsync(SignInResult result, AppUser user, UserIdentifier identifier)
    {
        var (kind, word) = result switch
        {
            { Succeeded: true } => (ActivityKinds.LoginSucceeded, "Succeeded"),
            { RequiresTwoFactor: true } => (ActivityKinds.LoginSucceeded, "TwoFactorRequired"),
            { IsLockedOut: true } => (ActivityKinds.LoginRefused, "LockedOut"),
            MigratingSignInResult { Refusal: SignInRefusal.Blocked } => (ActivityKinds.LoginBlocked, "Disabled"),
            _ => (ActivityKinds.LoginRefused, "WrongPassword"),
        };
        var actor = result.Succeeded ? new ActivityActor(user.Id, user.DisplayName) : null;
        await writer.WriteAsync(activity.Create(kind, actor, user.Id, identifier.Canonical, outcome: word), s_toTheEnd);
    }
}

/// <summary>A refusal that the person is told about.</summary>
public sealed class MigratingSignInResult : SignInResult
{
    public MigratingSignInResult(SignInRefusal refusal)
    {
        Refusal = refusal;
        IsNotAllowed = refusal == SignInRefusal.Blocked;
    }

    public SignInRefusal Refusal { get; }
}

/// <summary>What the person is told beyond "does not exist or wrong password".</summary>
public enum SignInRefusal
{
    /// <summary>The password was right, but the person may not log in: ask support.</summary>
    Blocked,

    /// <summary>The legacy database could not be asked.</summary>
    TryAgainLater,
}
