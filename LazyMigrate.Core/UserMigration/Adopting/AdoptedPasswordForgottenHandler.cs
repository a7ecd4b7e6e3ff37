using System.Text.Encodings.Web;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.UserMigration.Reset;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>Finds out who wants a new password, and has the application mail them a code, or nobody.</summary>
/// <remarks>As <c>/forgotPassword</c> of <c>MapIdentityApi</c> does, but after its answer; and for people of the legacy database, too.</remarks>
internal sealed class AdoptedPasswordForgottenHandler<TUser>(
    UserManager<TUser> users,
    AdoptedStore<TUser> store,
    ConfiguredDatabase configured,
    LegacyDirectory legacy,
    SecondFactorGuard factors,
    AdoptedRecords records,
    AccountTickets tickets,
    IEmailSender<TUser> sender,
    ActivityFactory activity,
    TimeProvider time) : IOutboxHandler
    where TUser : class, new()
{
    public const string MessageKind = "adopted_password_forgotten";

    public string Kind => MessageKind;

    /// <summary>Only for errors of the application: a legacy database that fails is not asked again, and nobody gets a mail hours later.</summary>
    public int Attempts => 3;

    public static OutboxMessage MessageFor(OutboxWriter outbox, string email) => outbox.Create(MessageKind, new Wish(email));

    public async Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken)
    {
        var email = JsonSerializer.Deserialize<Wish>(payload)!.Email;
        var owners = await store.FindByEmailAsync(email);
        return owners.Count switch
        {
            1 when await users.IsEmailConfirmedAsync(owners[0]) => await MailAsync(owners[0], email, await users.GeneratePasswordResetTokenAsync(owners[0])),
            0 when IdentifierParser.CanonicalEmail(email) is { } canonical => await ForLegacyAsync(new UserIdentifier(IdentifierKind.Email, canonical), cancellationToken),

            // Not confirmed, or of several people: Identity mails nobody.
            _ => Nobody(email, "NotConfirmed"),
        };
    }

    private async Task<OutboxResult> ForLegacyAsync(UserIdentifier identifier, CancellationToken cancellationToken)
    {
        var database = configured.Current;
        if (database.Mode != MigrationMode.LazyMigration)
        {
            return Nobody(identifier.Canonical, "NotMoving");
        }

        if (await store.FindByNameAsync(identifier.Canonical) is not null)
        {
            return Nobody(identifier.Canonical, "Conflict", "The address is the user name of somebody here who has another one.");
        }

        if (await records.IsDeletedAsync(identifier, cancellationToken))
        {
            return Nobody(identifier.Canonical, "Deleted", "Deleted here.");
        }

        return await legacy.SearchAsync(database, identifier, cancellationToken) switch
        {
            SearchOutcome.Found found when await factors.FindProblemAsync(database.Id, found.Profile, cancellationToken) is { } unnamed => Nobody(identifier.Canonical, "Invalid", unnamed.Message),
            SearchOutcome.Found found => await ForProfileAsync(identifier, found.Profile, database),
            SearchOutcome.Failed failed => Nobody(identifier.Canonical, failed.Failure.Kind.ToString(), failed.Failure.Message),
            SearchOutcome.Invalid invalid => Nobody(identifier.Canonical, "Invalid", string.Join(" ", invalid.Problems.Select(problem => problem.Message))),
            _ => Nobody(identifier.Canonical, "NoSuchUser", "Neither here nor in the legacy database."),
        };
    }

    private async Task<OutboxResult> ForProfileAsync(UserIdentifier identifier, LegacyProfile profile, PublishedDatabase database)
    {
        var mapped = LegacyProfileMapper.Map(profile, identifier, new MappedOrigin(database.Id, null, database.TrustsEmailVerified, null, time.GetUtcNow()));
        if (!mapped.IsUsable || mapped.User.IsDisabled)
        {
            return Nobody(identifier.Canonical, mapped.IsUsable ? "Blocked" : "Invalid", string.Join(" ", mapped.Problems.Select(problem => problem.Message)));
        }

        // For the mail alone: it is never stored.
        var guest = new TUser();
        await store.Users.SetUserNameAsync(guest, identifier.Canonical, CancellationToken.None);
        await store.Emails.SetEmailAsync(guest, mapped.User.Email, CancellationToken.None);
        var ticket = new ResetTicket(Legacy: new LegacyReset(identifier, database.Id, profile.Id, identifier.Canonical));
        return await MailAsync(guest, mapped.User.Email!, tickets.Protect(ticket, ResetTicket.Lifetime));
    }

    private async Task<OutboxResult> MailAsync(TUser user, string email, string token)
    {
        await sender.SendPasswordResetCodeAsync(user, email, HtmlEncoder.Default.Encode(ResetCode.Of(token)));
        return new OutboxResult.Done { Events = [activity.Create(ActivityKinds.PasswordResetMailed, subjectName: email)] };
    }

    private OutboxResult.Done Nobody(string email, string word, string? detail = null) => new()
    {
        Events = [activity.Create(ActivityKinds.PasswordResetNotMailed, subjectName: email, customDatabaseId: configured.Current.Id, outcome: word, detail: detail)],
    };

    private sealed record Wish(string Email);
}
