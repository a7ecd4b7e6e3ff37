using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration;

/// <summary>The side that people are moved to: this server's own users, or those of an application that has adopted lazy migration.</summary>
/// <remarks>People are described by <see cref="AppUser"/> on both; what an application stores of one is its own user type.</remarks>
public interface ILocalPeople
{
    /// <summary>Whether the rules for new passwords refuse this one, and that means something here.</summary>
    Task<bool> IsWeakAsync(AppUser user, string password);

    /// <exception cref="Users.Passwords.HashingBusyException">The turn did not come in time.</exception>
    Task<bool> CheckPasswordAsync(AppUser user, string password);

    /// <summary>Makes the message that has <c>userMigrated</c> run once the move is committed.</summary>
    OutboxMessage MovedMessage(PublishedDatabase database, UserIdentifier identifier, AppUser user);

    /// <summary>Stores the person with password hash, legacy id and what the profile grants together, or nothing of it; with it the event and the message, if there is one.</summary>
    Task<MoveResult> TryMoveAsync(UserIdentifier identifier, AppUser user, LegacyGrants grants, ActivityEvent moved, OutboxMessage? message, CancellationToken cancellationToken);

    /// <summary>Gives an existing person without a password what the legacy database accepted, or nothing of it; with it the event and the message, if there is one.</summary>
    Task<MoveResult> TryLinkAsync(AppUser existing, AppUser accepted, LegacyGrants grants, ActivityEvent linked, OutboxMessage? message, CancellationToken cancellationToken);

    /// <summary>The person as they are stored now, whatever this request has read before.</summary>
    /// <param name="identifier">What was typed.</param>
    /// <param name="accepted">Whom the legacy database has accepted for it.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    Task<AppUser?> FindAgainAsync(UserIdentifier identifier, AppUser accepted, CancellationToken cancellationToken);

    /// <summary>Which of the person's identifiers already belong to somebody.</summary>
    /// <returns>Field names, for example <c>email</c>, each with whose it is.</returns>
    Task<IReadOnlyList<(string Field, Guid OwnerId)>> FindOwnersAsync(AppUser user, CancellationToken cancellationToken);

    /// <summary>Shows the conflict to administrators, where they have a page for it.</summary>
    /// <param name="identifier">What was typed.</param>
    /// <param name="accepted">Whom the legacy database has accepted for it.</param>
    /// <param name="owners">Whose what is.</param>
    /// <param name="existing">The local user without a password that the identifier is of, if there is one.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>What was decided about it; null where it is not shown.</returns>
    Task<ConflictState?> RecordConflictAsync(UserIdentifier identifier, AppUser accepted, IReadOnlyList<(string Field, Guid OwnerId)> owners, AppUser? existing, CancellationToken cancellationToken);
}
