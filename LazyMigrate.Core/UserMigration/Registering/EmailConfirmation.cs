using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.UserMigration.Registering;

/// <summary>Does what the link proves that was mailed to an address.</summary>
public sealed class EmailConfirmation(MigratingUserManager users, ProfileChange profile, AccountTickets tickets, TimeProvider time)
{
    /// <summary>Whether a link may still be good. Only using it tells for sure.</summary>
    public bool IsReadable(string? ticket) => tickets.Read<EmailTicket>(ticket) is not null;

    public async Task<EmailConfirmationOutcome> ConfirmAsync(string? text) => tickets.Read<EmailTicket>(text) switch
    {
        { New: { } wanted } ticket => await CreateAsync(ticket, wanted),
        { UserId: { } id, Stamp: { } stamp } ticket => await ChangeAsync(ticket, id, stamp),
        { UserId: { } id } ticket => await ConfirmAsync(ticket, id),
        _ => EmailConfirmationOutcome.LinkInvalid,
    };

    private async Task<EmailConfirmationOutcome> CreateAsync(EmailTicket ticket, NewUser wanted)
    {
        var user = new AppUser
        {
            Email = ticket.Email,
            EmailConfirmed = true,
            Name = wanted.Name,
            PasswordHash = wanted.PasswordHash,
            Origin = UserOrigin.Registered,
            CreatedAt = time.GetUtcNow(),
        };

        // Whoever uses the link twice finds the address taken, by themselves.
        return OutcomeOf(await users.CreateAsync(user), EmailConfirmationOutcome.Created);
    }

    private async Task<EmailConfirmationOutcome> ConfirmAsync(EmailTicket ticket, Guid id)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } user || user.NormalizedEmail != users.NormalizeEmail(ticket.Email))
        {
            return EmailConfirmationOutcome.LinkInvalid;
        }

        user.EmailConfirmed = true;
        return OutcomeOf(await users.UpdateAsync(user), EmailConfirmationOutcome.Confirmed);
    }

    private async Task<EmailConfirmationOutcome> ChangeAsync(EmailTicket ticket, Guid id, string stamp)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { IsDisabled: false } user || user.SecurityStamp != stamp)
        {
            return EmailConfirmationOutcome.LinkInvalid;
        }

        return OutcomeOf(await profile.SetEmailAsync(user, ticket.Email, isConfirmed: true), EmailConfirmationOutcome.Changed);
    }

    private static EmailConfirmationOutcome OutcomeOf(IdentityResult result, EmailConfirmationOutcome success) =>
        result.Succeeded ? success
        : result.Errors.Any(error => error.Code == MigratingUserManager.LegacyUnavailableCode) ? EmailConfirmationOutcome.TryAgainLater
        : result.Errors.Any(error => error.Code.StartsWith("Duplicate", StringComparison.Ordinal)) ? EmailConfirmationOutcome.Taken
        : EmailConfirmationOutcome.LinkInvalid;
}

/// <summary>What came of following a link that proves an address.</summary>
public enum EmailConfirmationOutcome
{
    /// <summary>The address of somebody who is here is theirs.</summary>
    Confirmed,

    /// <summary>The person is here now, and can log in.</summary>
    Created,

    /// <summary>The person has the new address now; all sessions end.</summary>
    Changed,

    /// <summary>The address is somebody's: perhaps because the link was used before.</summary>
    Taken,

    /// <summary>Whether the address is free cannot be known right now; the link stays good.</summary>
    TryAgainLater,

    /// <summary>Out of date, used, or made up.</summary>
    LinkInvalid,
}
