using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration;

/// <summary>This server's own users. Event and message are stored in the transaction of the move.</summary>
internal sealed class LocalAppUsers(MigratingUserStore store, MigratingUserManager users, OutboxWriter outbox, ConflictRecorder conflicts) : ILocalPeople
{
    public Task<bool> IsWeakAsync(AppUser user, string password) => users.IsWeakAsync(user, password);

    public Task<bool> CheckPasswordAsync(AppUser user, string password) => users.CheckPasswordAsync(user, password);

    public OutboxMessage MovedMessage(PublishedDatabase database, UserIdentifier identifier, AppUser user) =>
        UserMigratedHandler.MessageFor(outbox, database, user);

    public Task<MoveResult> TryMoveAsync(UserIdentifier identifier, AppUser user, LegacyGrants grants, ActivityEvent moved, OutboxMessage? message, CancellationToken cancellationToken)
    {
        Add(message);
        return store.TryMoveAsync(identifier, user, grants, moved, cancellationToken);
    }

    public Task<MoveResult> TryLinkAsync(AppUser existing, AppUser accepted, LegacyGrants grants, ActivityEvent linked, OutboxMessage? message, CancellationToken cancellationToken)
    {
        Add(message);
        return store.TryLinkAsync(existing, accepted, grants, linked, cancellationToken);
    }

    public Task<AppUser?> FindAgainAsync(UserIdentifier identifier, AppUser accepted, CancellationToken cancellationToken) =>
        store.FindAgainAsync(identifier, cancellationToken);

    public Task<IReadOnlyList<(string Field, Guid OwnerId)>> FindOwnersAsync(AppUser user, CancellationToken cancellationToken) =>
        store.FindOwnersAsync(user, cancellationToken);

    public Task<ConflictState?> RecordConflictAsync(UserIdentifier identifier, AppUser accepted, IReadOnlyList<(string Field, Guid OwnerId)> owners, AppUser? existing, CancellationToken cancellationToken) =>
        conflicts.RecordAsync(identifier, accepted, owners, existing?.Id, cancellationToken);

    private void Add(OutboxMessage? message)
    {
        if (message is not null)
        {
            store.Context.Add(message);
        }
    }
}
