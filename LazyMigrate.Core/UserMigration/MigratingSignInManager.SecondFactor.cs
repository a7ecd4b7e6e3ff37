using System.Security.Claims;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.AspNetCore.Identity;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration;

// What is asked for between the right password and being signed in.
public sealed partial class MigratingSignInManager
{
    private PendingSecondFactor? _pending;

    /// <summary>Whoever has a second factor is asked for it, always: Identity's own answer is no where the secret cannot be found.</summary>
    public override Task<bool> IsTwoFactorEnabledAsync(AppUser user) => Task.FromResult(user.TwoFactorEnabled);

    /// <summary>Who has given the right password and owes a code; null when nobody does, or their password was changed since.</summary>
    public override async Task<AppUser?> GetTwoFactorAuthenticationUserAsync() => (await FindPendingAsync()).User;

    /// <summary>Lets in whoever has given the right password, by the code of their authenticator app.</summary>
    /// <param name="code">As typed.</param>
    /// <param name="isPersistent">Whether the session outlives the browser; also where it was asked for with the password.</param>
    /// <param name="rememberClient">Ignored: each log-in needs a code.</param>
    /// <returns><see cref="SignInRefusal.StartAgain"/> where the password has to be given again.</returns>
    public override async Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient)
    {
        var (user, pending) = await FindPendingAsync();
        if (user is null)
        {
            return new MigratingSignInResult(SignInRefusal.StartAgain);
        }

        if (user.IsDisabled)
        {
            return new MigratingSignInResult(SignInRefusal.Blocked);
        }

        if (await PreSignInCheck(user) is { } refused)
        {
            return refused;
        }

        var identifier = pending!.Identifier;
        switch (await totp.CheckAsync(user.Id, code, identifier is null ? null : device.IdFor(identifier), s_toTheEnd))
        {
            case TotpAnswer.TooMany:
                telemetry.Refused("Throttled");
                return new MigratingSignInResult(SignInRefusal.TooManyAttempts);
            case TotpAnswer.TooManyToday:
                telemetry.Refused("Throttled");
                return new MigratingSignInResult(SignInRefusal.TooManyCodesToday);
            case TotpAnswer.Wrong:
                await RefuseCodeAsync();
                return SignInResult.Failed;
            case TotpAnswer.LastWrong:
                await RefuseCodeAsync();
                await writer.WriteAsync(About(ActivityKinds.LoginThrottled, "Throttled"), s_toTheEnd);
                return SignInResult.Failed;
        }

        _pending = null;
        await cookie.ForgetAsync();

        // RFC 8176: more than one factor.
        await SignInWithClaimsAsync(user, isPersistent || pending.IsPersistent, [new Claim("amr", "mfa")]);
        if (identifier is not null)
        {
            device.Remember(identifier);
        }

        await writer.WriteAsync(About(ActivityKinds.LoginSucceeded, "Succeeded", new ActivityActor(user.Id, user.DisplayName)), s_toTheEnd);
        return SignInResult.Success;

        ActivityEvent About(string kind, string word, ActivityActor? actor = null) =>
            activity.Create(kind, actor, user.Id, identifier?.Canonical ?? user.DisplayName, outcome: word);

        Task RefuseCodeAsync()
        {
            telemetry.Refused("WrongCode");
            return writer.WriteAsync(About(ActivityKinds.LoginRefused, "WrongCode"), s_toTheEnd);
        }
    }

    /// <summary>The app is the only second factor there is: another provider's code lets nobody in, and the app's is counted like on its own page.</summary>
    public override async Task<SignInResult> TwoFactorSignInAsync(string provider, string code, bool isPersistent, bool rememberClient) =>
        provider == Options.Tokens.AuthenticatorTokenProvider
            ? await TwoFactorAuthenticatorSignInAsync(code, isPersistent, rememberClient)
            : SignInResult.Failed;

    /// <summary>There are no recovery codes: none lets anybody in. Identity's own are not counted.</summary>
    public override Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) => Task.FromResult(SignInResult.Failed);

    /// <summary>Signs in, or notes who owes a code.</summary>
    protected override async Task<SignInResult> SignInOrTwoFactorAsync(AppUser user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false)
    {
        if (bypassTwoFactor || !user.TwoFactorEnabled)
        {
            return await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor: true);
        }

        _pending = new PendingSecondFactor(user.Id, await users.GetSecurityStampAsync(user), isPersistent, _identifier);
        await cookie.KeepAsync(_pending.ToPrincipal());
        return SignInResult.TwoFactorRequired;
    }

    private async Task<(AppUser? User, PendingSecondFactor? Pending)> FindPendingAsync()
    {
        // Of this request, as an API that gets password and code together asks; else of the page before.
        var pending = _pending ?? PendingSecondFactor.Of(await cookie.ReadAsync());
        return pending is not null
            && await users.FindByIdAsync(pending.UserId.ToString()) is { } user
            && pending.Stamp == await users.GetSecurityStampAsync(user)
            ? (user, pending)
            : (null, null);
    }
}
