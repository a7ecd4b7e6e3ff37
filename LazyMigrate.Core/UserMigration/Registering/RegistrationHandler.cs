using System.Diagnostics;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Users;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration.Registering;

/// <summary>Tells by mail what the page did not: whether the address was free.</summary>
public sealed class RegistrationHandler(
    RegistrationGuard guard,
    AccountTickets tickets,
    AccountLetters letters,
    OutboxWriter outbox,
    ActivityFactory activity) : IOutboxHandler
{
    public const string MessageKind = "registration";

    public string Kind => MessageKind;

    /// <summary>Over about ten minutes: row 4, "try again later", is done for the person, who waits for a mail.</summary>
    public int Attempts => 7;

    public async Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken)
    {
        var ticket = JsonSerializer.Deserialize<EmailTicket>(payload)!;
        var identifier = new UserIdentifier(IdentifierKind.Email, IdentifierParser.CanonicalEmail(ticket.Email)!);
        switch (await guard.CheckAsync([identifier], cancellationToken))
        {
            case RegistrationAnswer.Free:
                return Mailed(letters.FinishRegistration(ticket.Email, tickets.Protect(ticket, EmailTicket.Lifetime)));
            case RegistrationAnswer.KnownHere:
                return Mailed(letters.AlreadyHere(ticket.Email), Event(ActivityKinds.RegisterRefusedLocal));
            case RegistrationAnswer.KnownInLegacy known:
                return Mailed(letters.AlreadyInLegacy(ticket.Email), Event(ActivityKinds.RegisterRefusedLegacy, known.CustomDatabaseId));
            case RegistrationAnswer.DeletedHere:
                return new OutboxResult.Done { Events = [Event(ActivityKinds.RegisterRefusedLocal)] };
            case RegistrationAnswer.Unknown unknown:
                return new OutboxResult.Postponed(unknown.Failure.Message);
            default:
                throw new UnreachableException();
        }

        ActivityEvent Event(string kind, Guid? customDatabaseId = null) =>
            activity.Create(kind, subjectName: identifier.Canonical, customDatabaseId: customDatabaseId, outcome: nameof(IdentifierKind.Email));
    }

    private OutboxResult.Done Mailed(Letter letter, params ActivityEvent[] events) => new() { Next = [LetterHandler.MessageFor(outbox, letter)], Events = events };
}
