using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Which identifiers the local side keeps from being registered, before the legacy database is asked.</summary>
public interface IKnownPeople
{
    /// <summary>Whether somebody here has this identifier, or is known by it.</summary>
    /// <param name="identifier">Which.</param>
    /// <param name="self">Who wants it, if that is somebody who is here: by what they alone are known is not somebody else's.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    Task<bool> IsHereAsync(UserIdentifier identifier, Guid? self, CancellationToken cancellationToken);

    /// <summary>Whether a person with this identifier was deleted.</summary>
    Task<bool> HasTombstoneAsync(UserIdentifier identifier, CancellationToken cancellationToken);
}
