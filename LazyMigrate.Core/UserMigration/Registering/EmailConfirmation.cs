using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.UserMigration.Registering;

/// <summary>Does what the link proves that was mailed to an address.</summary>
/// <remarks>
/// The link proves that its reader owns the address, and not that it was they who registered with it: anybody can type anybody's
/// address. So the password is asked for, too, which only who registered knows; and who owns the address and does not know
/// it can choose another, which leaves nothing to whoever chose the first, and nothing of theirs.
/// </remarks>
public sealed class EmailConfirmation(
    MigratingUserManager users,
    UnconfirmedAccount unconfirmed,
    ProfileChange profile,
    AttemptLimiter limiter,
    HashingSlots hashing,
    AccountTickets tickets,
    TimeProvider time)
{
    // To its end also when the browser leaves: a guess must not be withdrawn before it is counted.
    private static readonly CancellationToken s_toTheEnd = CancellationToken.None;

    /// <summary>What a link may still be good for. Only using it tells for sure.</summary>
    public EmailLink Read(string? ticket) => tickets.Read<EmailTicket>(ticket) switch
    {
        { New: not null } => EmailLink.Creation,
        { UserId: not null, Stamp: null } => EmailLink.Registration,
        { UserId: not null } => EmailLink.Change,
        _ => EmailLink.Invalid,
    };

    /// <summary>The address that a link proves, as typed; null where it is good for nothing.</summary>
    public string? AddressOf(string? ticket) => tickets.Read<EmailTicket>(ticket)?.Email;

    /// <summary>Confirms the address of whoever knows the password.</summary>
    public async Task<EmailConfirmationOutcome> ConfirmAsync(string? text, string password)
    {
        try
        {
            return tickets.Read<EmailTicket>(text) switch
            {
                { New: { } wanted } ticket => await CreateAsync(ticket, wanted, password),
                { UserId: { } id, Stamp: { } stamp } ticket => await ChangeAsync(ticket, id, stamp, password),
                { UserId: { } id } ticket => await ConfirmAsync(ticket, id, password),
                _ => new EmailConfirmationOutcome.LinkInvalid(),
            };
        }
        catch (HashingBusyException)
        {
            return new EmailConfirmationOutcome.TryAgainLater();
        }
    }

    /// <summary>Confirms the address of whoever does not know the password: it, all sessions, and whatever was entered before are theirs no more who chose it.</summary>
    public async Task<EmailConfirmationOutcome> ChooseAsync(string? text, string newPassword)
    {
        try
        {
            return tickets.Read<EmailTicket>(text) switch
            {
                { New: { } wanted } ticket => await CreateAnewAsync(ticket, wanted, newPassword),
                { UserId: { } id, Stamp: null } ticket => await TakeOverAsync(ticket, id, newPassword),
                _ => new EmailConfirmationOutcome.LinkInvalid(),
            };
        }
        catch (HashingBusyException)
        {
            return new EmailConfirmationOutcome.TryAgainLater();
        }
    }

    private async Task<EmailConfirmationOutcome> CreateAsync(EmailTicket ticket, NewUser wanted, string password)
    {
        if (await users.FindByIdAsync(wanted.Id.ToString()) is not null)
        {
            // Whoever uses the link twice finds the address taken, by themselves.
            return new EmailConfirmationOutcome.Taken();
        }

        var user = UserOf(ticket, wanted);
        user.Name = wanted.Name;
        user.PasswordHash = wanted.PasswordHash;
        var charge = await limiter.ChargeAsync(wanted.Id, s_toTheEnd);
        if (!charge.IsAllowed)
        {
            return new EmailConfirmationOutcome.TooManyAttempts();
        }

        var isWrong = false;
        try
        {
            isWrong = password.Length > LocalPasswordHasher.LongestPassword || !(await hashing.VerifyAsync(user, wanted.PasswordHash, password)).IsRight;
        }
        finally
        {
            await limiter.SettleAsync(charge, isRefunded: !isWrong, s_toTheEnd);
        }

        return isWrong ? new EmailConfirmationOutcome.WrongPassword() : OutcomeOf(await users.CreateAsync(user), new EmailConfirmationOutcome.Created());
    }

    private async Task<EmailConfirmationOutcome> CreateAnewAsync(EmailTicket ticket, NewUser wanted, string newPassword)
    {
        if (await users.FindByIdAsync(wanted.Id.ToString()) is not null)
        {
            return new EmailConfirmationOutcome.Taken();
        }

        // Not the name: it is whoever's who chose the other password.
        var user = UserOf(ticket, wanted);
        if (await users.ValidateNewPasswordAsync(user, newPassword) is { Succeeded: false } refused)
        {
            return new EmailConfirmationOutcome.PasswordRefused(refused);
        }

        user.PasswordHash = await hashing.HashAsync(user, newPassword);
        return OutcomeOf(await users.CreateAsync(user), new EmailConfirmationOutcome.Created());
    }

    private async Task<EmailConfirmationOutcome> ConfirmAsync(EmailTicket ticket, Guid id, string password)
    {
        if (await FindUnconfirmedAsync(ticket, id) is not { } user)
        {
            return new EmailConfirmationOutcome.LinkInvalid();
        }

        if (await RefuseAsync(user, password) is { } refused)
        {
            return refused;
        }

        user.EmailConfirmed = true;
        return OutcomeOf(await users.UpdateAsync(user), new EmailConfirmationOutcome.Confirmed());
    }

    private async Task<EmailConfirmationOutcome> TakeOverAsync(EmailTicket ticket, Guid id, string newPassword)
    {
        if (await FindUnconfirmedAsync(ticket, id) is not { LegacyId: null } user)
        {
            return new EmailConfirmationOutcome.LinkInvalid();
        }

        if (await users.ValidateNewPasswordAsync(user, newPassword) is { Succeeded: false } refused)
        {
            return new EmailConfirmationOutcome.PasswordRefused(refused);
        }

        return await unconfirmed.TryReplaceAsync(user, await hashing.HashAsync(user, newPassword), s_toTheEnd)
            ? new EmailConfirmationOutcome.Chosen()
            : new EmailConfirmationOutcome.LinkInvalid();
    }

    private async Task<EmailConfirmationOutcome> ChangeAsync(EmailTicket ticket, Guid id, string stamp, string password)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { IsDisabled: false } user || user.SecurityStamp != stamp)
        {
            return new EmailConfirmationOutcome.LinkInvalid();
        }

        // Somebody else may have typed the reader's address as their own new one.
        return await RefuseAsync(user, password)
            ?? OutcomeOf(await profile.SetEmailAsync(user, ticket.Email, isConfirmed: true), new EmailConfirmationOutcome.Changed());
    }

    private async Task<AppUser?> FindUnconfirmedAsync(EmailTicket ticket, Guid id) =>
        await users.FindByIdAsync(id.ToString()) is { IsDisabled: false, EmailConfirmed: false } user && user.NormalizedEmail == users.NormalizeEmail(ticket.Email) ? user : null;

    private async Task<EmailConfirmationOutcome?> RefuseAsync(AppUser user, string password) => await profile.CheckPasswordAsync(user, password, s_toTheEnd) switch
    {
        null => new EmailConfirmationOutcome.TooManyAttempts(),
        false => new EmailConfirmationOutcome.WrongPassword(),
        true => null,
    };

    private AppUser UserOf(EmailTicket ticket, NewUser wanted) => new()
    {
        Id = wanted.Id,
        Email = ticket.Email,
        EmailConfirmed = true,
        Origin = UserOrigin.Registered,
        CreatedAt = time.GetUtcNow(),
    };

    private static EmailConfirmationOutcome OutcomeOf(IdentityResult result, EmailConfirmationOutcome success)
    {
        if (result.Succeeded)
        {
            return success;
        }

        var codes = result.Errors.Select(error => error.Code).ToList();
        return codes.Contains(MigratingUserManager.LegacyUnavailableCode) || codes.Contains(nameof(IdentityErrorDescriber.ConcurrencyFailure)) ? new EmailConfirmationOutcome.TryAgainLater()
            : codes.Any(code => code.StartsWith("Duplicate", StringComparison.Ordinal)) ? new EmailConfirmationOutcome.Taken()
            : new EmailConfirmationOutcome.LinkInvalid();
    }
}

/// <summary>What a link that proves an address is for.</summary>
public enum EmailLink
{
    /// <summary>Nothing: out of date, or made up.</summary>
    Invalid,

    /// <summary>The address that somebody registered with, where there is no account yet: following the link creates it.</summary>
    Creation,

    /// <summary>The address that somebody registered with.</summary>
    Registration,

    /// <summary>The new address of somebody who has had another one.</summary>
    Change,
}

/// <summary>What came of following a link that proves an address: exactly one of the nested records.</summary>
public abstract record EmailConfirmationOutcome
{
    private EmailConfirmationOutcome()
    {
    }

    /// <summary>The address of somebody who is here is theirs.</summary>
    public sealed record Confirmed : EmailConfirmationOutcome;

    /// <summary>The person is here now, and can log in.</summary>
    public sealed record Created : EmailConfirmationOutcome;

    /// <summary>The address has an account of its owner's, with the new password, in place of the one that was registered.</summary>
    public sealed record Chosen : EmailConfirmationOutcome;

    /// <summary>The person has the new address now; all sessions end.</summary>
    public sealed record Changed : EmailConfirmationOutcome;

    /// <summary>The password is not the one that was chosen; the link stays good.</summary>
    public sealed record WrongPassword : EmailConfirmationOutcome;

    /// <summary>Too many wrong passwords; the link stays good.</summary>
    public sealed record TooManyAttempts : EmailConfirmationOutcome;

    /// <summary>The new password will not do; the link stays good.</summary>
    public sealed record PasswordRefused(IdentityResult Result) : EmailConfirmationOutcome;

    /// <summary>The address is somebody's: perhaps because the link was used before.</summary>
    public sealed record Taken : EmailConfirmationOutcome;

    /// <summary>Whether the address is free cannot be known right now, or the user was changed at the same moment; the link stays good.</summary>
    public sealed record TryAgainLater : EmailConfirmationOutcome;

    /// <summary>Out of date, used, or made up.</summary>
    public sealed record LinkInvalid : EmailConfirmationOutcome;
}
