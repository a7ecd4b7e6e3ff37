using System.Diagnostics;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration.Registering;

/// <summary>Changes somebody's e-mail address or user name. The new one must be free in both stores, as for a registration; the legacy id stays.</summary>
/// <remarks>Who may do it is the caller's to check; for the person, <see cref="CheckPasswordAsync"/> does.</remarks>
public sealed class ProfileChange(
    MigratingUserManager users,
    MigratingUserStore store,
    RegistrationGuard guard,
    AttemptLimiter limiter,
    AccountTickets tickets,
    AccountLetters letters,
    OutboxWriter outbox,
    ActivityFactory activity,
    IOptions<MailOptions> mail)
{
    /// <summary>Checks the current password of whoever is signed in; wrong guesses are counted.</summary>
    /// <returns>Null when there were too many.</returns>
    /// <exception cref="HashingBusyException">The turn did not come in time.</exception>
    public async Task<bool?> CheckPasswordAsync(AppUser user, string password, CancellationToken cancellationToken)
    {
        if (user.IsDisabled)
        {
            return false;
        }

        var charge = await limiter.ChargeAsync(user.Id, cancellationToken);
        if (!charge.IsAllowed)
        {
            return null;
        }

        var isWrong = false;
        try
        {
            isWrong = password.Length > LocalPasswordHasher.LongestPassword || !await users.CheckPasswordAsync(user, password);
        }
        finally
        {
            await limiter.SettleAsync(charge, isRefunded: !isWrong, CancellationToken.None);
        }

        return !isWrong;
    }

    /// <summary>Changes the address; where mail is configured, only when the link is followed that the new address is mailed.</summary>
    /// <returns>Whether a mail was sent in place of the change, and what is wrong.</returns>
    public async Task<(bool IsMailed, IdentityResult Result)> ChangeEmailAsync(AppUser user, string email, CancellationToken cancellationToken)
    {
        if (!mail.Value.IsConfigured || users.NormalizeEmail(email) == user.NormalizedEmail)
        {
            return (false, await SetEmailAsync(user, email, isConfirmed: false));
        }

        if (await CheckAsync(user, IdentifierKind.Email, IdentifierParser.CanonicalEmail(email)) is { } problem)
        {
            return (false, IdentityResult.Failed(problem));
        }

        var ticket = tickets.Protect(new EmailTicket(email.Trim()) { UserId = user.Id, Stamp = user.SecurityStamp }, EmailTicket.Lifetime);
        await outbox.EnqueueAsync(LetterHandler.MessageFor(outbox, letters.ChangeEmail(email.Trim(), ticket)), cancellationToken);
        return (true, IdentityResult.Success);
    }

    /// <summary>Gives the person an address; all other sessions end.</summary>
    /// <param name="user">Who.</param>
    /// <param name="email">As typed.</param>
    /// <param name="isConfirmed">Whether it was proved to be theirs.</param>
    public async Task<IdentityResult> SetEmailAsync(AppUser user, string email, bool isConfirmed)
    {
        var canonical = IdentifierParser.CanonicalEmail(email);
        if (canonical is not null && canonical == user.NormalizedEmail)
        {
            user.Email = email.Trim();
            return await users.UpdateAsync(user);
        }

        if (await CheckAsync(user, IdentifierKind.Email, canonical) is { } problem)
        {
            return IdentityResult.Failed(problem);
        }

        if (mail.Value.IsConfigured && user.Email is { } before)
        {
            // Stored by the same save: whoever's address it was learns of it, in case it was not them.
            store.Context.Add(LetterHandler.MessageFor(outbox, letters.EmailChanged(before)));
        }

        user.Email = email.Trim();
        user.EmailConfirmed = isConfirmed;
        return await SaveAsync(user, "E-mail", users.ErrorDescriber.DuplicateEmail(email));
    }

    /// <summary>Gives the person a user name; all other sessions end.</summary>
    public async Task<IdentityResult> SetUserNameAsync(AppUser user, string userName)
    {
        var canonical = IdentifierParser.CanonicalUserName(userName);
        if (canonical is not null && canonical == user.NormalizedUserName)
        {
            user.UserName = userName.Trim();
            return await users.UpdateAsync(user);
        }

        if (await CheckAsync(user, IdentifierKind.UserName, canonical) is { } problem)
        {
            return IdentityResult.Failed(problem);
        }

        user.UserName = userName.Trim();
        return await SaveAsync(user, "User name", users.ErrorDescriber.DuplicateUserName(userName));
    }

    /// <returns>Why the person cannot have it, or null.</returns>
    private async Task<IdentityError?> CheckAsync(AppUser user, IdentifierKind kind, string? canonical)
    {
        var isEmail = kind == IdentifierKind.Email;
        if (canonical is null)
        {
            return isEmail ? users.ErrorDescriber.InvalidEmail(null) : users.ErrorDescriber.InvalidUserName(null);
        }

        return await guard.CheckAsync([new UserIdentifier(kind, canonical)], CancellationToken.None, user) switch
        {
            RegistrationAnswer.Free => null,
            RegistrationAnswer.Unknown => MigratingUserManager.TryAgainLater,
            RegistrationAnswer.KnownHere or RegistrationAnswer.KnownInLegacy or RegistrationAnswer.DeletedHere =>
                isEmail ? users.ErrorDescriber.DuplicateEmail(canonical) : users.ErrorDescriber.DuplicateUserName(canonical),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<IdentityResult> SaveAsync(AppUser user, string what, IdentityError taken)
    {
        store.Context.Add(activity.Create(ActivityKinds.IdentifierChanged, new ActivityActor(user.Id, user.DisplayName), user.Id, user.DisplayName, detail: $"{what} changed."));
        try
        {
            var result = await users.UpdateSecurityStampAsync(user);
            if (!result.Succeeded)
            {
                store.Context.ChangeTracker.Clear();
            }

            return result;
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            // Somebody took it since it was checked.
            store.Context.ChangeTracker.Clear();
            return IdentityResult.Failed(taken);
        }
    }
}
