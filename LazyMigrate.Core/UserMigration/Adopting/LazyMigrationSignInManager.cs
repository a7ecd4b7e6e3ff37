using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>An application's sign-in manager, which asks the legacy database about whoever is not here. An application's own derives from it.</summary>
/// <remarks>Its constructor is that of Identity's, so that nothing changes for what derives from it.</remarks>
public class LazyMigrationSignInManager<TUser>(
    UserManager<TUser> userManager,
    IHttpContextAccessor contextAccessor,
    IUserClaimsPrincipalFactory<TUser> claimsFactory,
    IOptions<IdentityOptions> optionsAccessor,
    ILogger<SignInManager<TUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<TUser> confirmation)
    : SignInManager<TUser>(userManager, contextAccessor, claimsFactory, optionsAccessor, logger, schemes, confirmation)
    where TUser : class, new()
{
    /// <summary>Signs a person in by what they type; moves them first where they are not here yet.</summary>
    /// <param name="userName">The user name, or any identifier of somebody who is not here.</param>
    /// <param name="password">The password.</param>
    /// <param name="isPersistent">Whether the session outlives the browser.</param>
    /// <param name="lockoutOnFailure">Of people who are here, as always; attempts at others are counted in any case.</param>
    /// <returns>A <see cref="TryAgainLaterResult"/> where the legacy database could not be asked, else Identity's own.</returns>
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        ArgumentNullException.ThrowIfNull(userName);
        ArgumentNullException.ThrowIfNull(password);
        var services = ((LazyMigrationUserManager<TUser>)UserManager).Services;
        var decided = await services.GetRequiredService<FirstLogIn<TUser>>().DecideAsync(userName, password);
        var result = decided switch
        {
            { Answer: FirstLogInAnswer.Known, User: { } known } => await PasswordSignInAsync(known, password, isPersistent, lockoutOnFailure),
            { Answer: FirstLogInAnswer.Known } => await RefuseAsync(services, password),
            { Answer: FirstLogInAnswer.Moved, User: { } moved } => await PreSignInCheck(moved) ?? await SignInOrTwoFactorAsync(moved, isPersistent),
            { Answer: FirstLogInAnswer.Blocked } => SignInResult.NotAllowed,
            { Answer: FirstLogInAnswer.TooManyAttempts } when lockoutOnFailure => SignInResult.LockedOut,
            { Answer: FirstLogInAnswer.TryAgainLater } => new TryAgainLaterResult(),
            _ => SignInResult.Failed,
        };

        // One answer to everybody's wrong password while the legacy database is out of order: an outage would tell who is here already.
        var isRefused = result is { Succeeded: false, RequiresTwoFactor: false, IsLockedOut: false, IsNotAllowed: false };
        return isRefused && services.GetRequiredService<LegacyOutage>().IsOn ? new TryAgainLaterResult() : result;
    }

    private static async Task<SignInResult> RefuseAsync(IServiceProvider services, string password)
    {
        try
        {
            await services.GetRequiredService<DummyPassword>().VerifyAsync(password.Length <= LocalPasswordHasher.LongestPassword ? password : "");
        }
        catch (HashingBusyException)
        {
            return new TryAgainLaterResult();
        }

        return SignInResult.Failed;
    }
}

/// <summary>Nobody could say whether the password is right. <c>MapIdentityApi</c> answers 401 with <c>"detail": "TryAgainLater"</c>.</summary>
public sealed class TryAgainLaterResult : SignInResult
{
    public override string ToString() => "TryAgainLater";
}
