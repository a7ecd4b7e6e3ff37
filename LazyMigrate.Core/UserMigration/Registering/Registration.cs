using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration.Registering;

/// <summary>Takes in people who register by themselves.</summary>
/// <remarks>Rows are those of docs/flows.md, "Register".</remarks>
public sealed class Registration(
    MigratingUserManager users,
    MigratingUserStore store,
    HashingSlots hashing,
    AttemptLimiter limiter,
    AccountTickets tickets,
    AccountLetters letters,
    OutboxWriter outbox,
    IActivityRequest request,
    IOptions<MailOptions> mail,
    IOptions<RegistrationOptions> options)
{
    /// <summary>Registers somebody whose input was checked.</summary>
    public async Task<RegistrationOutcome> RegisterAsync(AppUser user, string password, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return new RegistrationOutcome.SwitchedOff();
        }

        return options.Value.NeutralAnswers && mail.Value.IsConfigured
            ? await AskByMailAsync(user, password, cancellationToken)
            : await CreateAsync(user, password);
    }

    private async Task<RegistrationOutcome> CreateAsync(AppUser user, string password)
    {
        OutboxMessage? message = null;
        if (mail.Value.IsConfigured && user.Email is { } email)
        {
            // Stored by the same save as the user.
            var ticket = tickets.Protect(new EmailTicket(email) { UserId = user.Id }, EmailTicket.Lifetime);
            store.Context.Add(message = LetterHandler.MessageFor(outbox, letters.ConfirmEmail(email, ticket)));
        }

        var result = await users.CreateAsync(user, password);
        if (result.Succeeded)
        {
            return new RegistrationOutcome.Created(user);
        }

        if (message is not null)
        {
            store.Context.Entry(message).State = EntityState.Detached;
        }

        return new RegistrationOutcome.Refused(result);
    }

    /// <summary>Nobody is looked up yet; the hash costs everybody the same.</summary>
    private async Task<RegistrationOutcome> AskByMailAsync(AppUser user, string password, CancellationToken cancellationToken)
    {
        try
        {
            var hash = await hashing.HashAsync(user, password);
            if (IdentifierParser.CanonicalEmail(user.Email) is { } email
                && await limiter.MayMailAsync(new UserIdentifier(IdentifierKind.Email, email), request.Address, cancellationToken))
            {
                var ticket = new EmailTicket(user.Email!) { New = new NewUser(user.Id, user.Name, hash) };
                await outbox.EnqueueAsync(outbox.Create(RegistrationHandler.MessageKind, ticket), cancellationToken);
            }

            return new RegistrationOutcome.CheckYourMail();
        }
        catch (HashingBusyException)
        {
            return new RegistrationOutcome.Refused(IdentityResult.Failed(MigratingUserManager.TryAgainLater));
        }
    }
}

/// <summary>What came of a registration: exactly one of the nested records.</summary>
public abstract record RegistrationOutcome
{
    private RegistrationOutcome()
    {
    }

    /// <summary>Row 1.</summary>
    public sealed record SwitchedOff : RegistrationOutcome;

    /// <summary>Row 5.</summary>
    public sealed record Created(AppUser User) : RegistrationOutcome;

    /// <summary>Rows 2, 3 and 4.</summary>
    public sealed record Refused(IdentityResult Result) : RegistrationOutcome;

    /// <summary>All rows, where answers are neutral.</summary>
    public sealed record CheckYourMail : RegistrationOutcome;
}
