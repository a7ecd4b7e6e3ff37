using System.Diagnostics;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.UserMigration.Registering;
using LazyMigrate.Core.Users;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration.Reset;

/// <summary>Finds out who wants a new password, and mails them a link, or nobody.</summary>
/// <remarks>docs/flows.md, "Forgotten password". Each way leaves an event: only the administrator learns which it was.</remarks>
public sealed class PasswordForgottenHandler(
    MigratingUserManager users,
    MigratingUserStore store,
    CustomDatabaseManager databases,
    LegacyDirectory legacy,
    SecondFactorGuard factors,
    AccountTickets tickets,
    AccountLetters letters,
    OutboxWriter outbox,
    ActivityFactory activity,
    TimeProvider time,
    IOptions<MailOptions> mail,
    IOptions<LazyMigrationOptions> options) : IOutboxHandler
{
    public const string MessageKind = "password_forgotten";

    public string Kind => MessageKind;

    /// <summary>Only for errors of this server: a legacy database that fails is not asked again, and nobody gets a mail hours later.</summary>
    public int Attempts => 3;

    public async Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken)
    {
        var identifier = JsonSerializer.Deserialize<UserIdentifier>(payload)!;
        if (!mail.Value.IsConfigured)
        {
            return Nobody(identifier, "NoMailServer", "No mail server is configured (LazyMigrate:Mail).");
        }

        return await users.FindByIdentifierAsync(identifier) is { } user
            ? await ForLocalAsync(identifier, user, cancellationToken)
            : await ForLegacyAsync(identifier, cancellationToken);
    }

    private async Task<OutboxResult> ForLocalAsync(UserIdentifier identifier, AppUser user, CancellationToken cancellationToken)
    {
        if (user.IsDisabled)
        {
            return Nobody(identifier, "Disabled", "The user is disabled.", user.Id);
        }

        if (user.NormalizedEmail is not { } email)
        {
            return Nobody(identifier, "NoEmail", "The user has no e-mail address.", user.Id);
        }

        if (UnconfirmedAccount.Is(user) && user.LegacyId is not null)
        {
            return Nobody(identifier, "NotConfirmed", "The user has not confirmed the address, and is linked to somebody of the legacy database: nobody knows whose the account is.", user.Id);
        }

        if (await factors.MayBeMissingAsync(user, cancellationToken))
        {
            return Nobody(identifier, "SecondFactor", "People of the legacy database have second factors, and the user has not logged in with the old password yet, which would bring theirs.", user.Id);
        }

        var token = await users.GeneratePasswordResetTokenAsync(user);
        return Mailed(identifier, new ResetTicket(Local: new LocalReset(user.Id, token, email, identifier)), email, user.Id);
    }

    private async Task<OutboxResult> ForLegacyAsync(UserIdentifier identifier, CancellationToken cancellationToken)
    {
        var database = await databases.GetPublishedAsync(cancellationToken);
        if (database is not { Mode: MigrationMode.LazyMigration })
        {
            return Nobody(identifier, "NotMoving", "Not here, and nobody is moved now.");
        }

        if (await store.HasTombstoneAsync(identifier, cancellationToken))
        {
            return Nobody(identifier, "Deleted", "Deleted here.");
        }

        switch (await legacy.SearchAsync(database, identifier, cancellationToken))
        {
            case SearchOutcome.NotFound:
                return Nobody(identifier, "NoSuchUser", "Neither here nor in the legacy database.");
            case SearchOutcome.Failed failed:
                return Nobody(identifier, failed.Failure.Kind.ToString(), failed.Failure.Message, customDatabaseId: database.Id);
            case SearchOutcome.Invalid invalid:
                return Nobody(identifier, "Invalid", string.Join(" ", invalid.Problems.Select(problem => problem.Message)), customDatabaseId: database.Id);
            case SearchOutcome.Found found when !await store.MayBeMailedAsync(database.Id, found.Profile.Id, cancellationToken):
                return Nobody(identifier, "Conflict", "Decided by an administrator (Conflicts): rejected, or the address is somebody else's.", customDatabaseId: database.Id);
            case SearchOutcome.Found found:
                return await factors.FindProblemAsync(database.Id, found.Profile, cancellationToken) is { } unnamed
                    ? Nobody(identifier, "Invalid", unnamed.Message, customDatabaseId: database.Id)
                    : ForProfile(identifier, found.Profile, database);
            default:
                throw new UnreachableException();
        }
    }

    private OutboxResult.Done ForProfile(UserIdentifier identifier, LegacyProfile profile, PublishedDatabase database)
    {
        var mapped = LegacyProfileMapper.Map(
            profile,
            identifier,
            new MappedOrigin(database.Id, null, database.TrustsEmailVerified, options.Value.PhoneRegion, time.GetUtcNow()) { AllowedRoles = database.AllowedRoles });
        return (mapped, mapped.User.NormalizedEmail) switch
        {
            ({ IsUsable: false }, _) => Nobody(identifier, "Invalid", string.Join(" ", mapped.Problems.Select(problem => problem.Message)), customDatabaseId: database.Id),
            ({ User.IsDisabled: true }, _) => Nobody(identifier, "Blocked", "Blocked in the legacy database.", customDatabaseId: database.Id),
            (_, null) => Nobody(identifier, "NoEmail", "The legacy profile has no e-mail address.", customDatabaseId: database.Id),
            (_, { } email) => Mailed(identifier, new ResetTicket(Legacy: new LegacyReset(identifier, database.Id, profile.Id, email)), email, customDatabaseId: database.Id),
        };
    }

    private OutboxResult.Done Mailed(UserIdentifier identifier, ResetTicket ticket, string email, Guid? subjectId = null, Guid? customDatabaseId = null) => new()
    {
        Next = [LetterHandler.MessageFor(outbox, letters.ResetPassword(email, tickets.Protect(ticket, ResetTicket.Lifetime)))],
        Events = [activity.Create(ActivityKinds.PasswordResetMailed, subjectId: subjectId, subjectName: identifier.Canonical, customDatabaseId: customDatabaseId)],
    };

    private OutboxResult.Done Nobody(UserIdentifier identifier, string word, string detail, Guid? subjectId = null, Guid? customDatabaseId = null) => new()
    {
        Events = [activity.Create(ActivityKinds.PasswordResetNotMailed, subjectId: subjectId, subjectName: identifier.Canonical, customDatabaseId: customDatabaseId, outcome: word, detail: detail)],
    };
}
