using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration.Reset;

/// <summary>Takes the wish for a new password in. Nobody is looked up yet, here or in the legacy database, so that neither the answer nor its time can tell who exists.</summary>
public sealed class PasswordForgotten(OutboxWriter outbox, AttemptLimiter limiter, IActivityRequest request, IOptions<LazyMigrationOptions> options)
{
    /// <summary>Sees to it that a mail is sent, if there is whom to send it to.</summary>
    /// <param name="typed">E-mail, phone number or user name as a person typed it.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task AskAsync(string typed, CancellationToken cancellationToken)
    {
        var identifier = IdentifierParser.Parse(typed, options.Value.PhoneRegion);
        if (await limiter.MayMailAsync(identifier, request.Address, cancellationToken) && identifier is not null)
        {
            await outbox.EnqueueAsync(outbox.Create(PasswordForgottenHandler.MessageKind, identifier), cancellationToken);
        }
    }
}
