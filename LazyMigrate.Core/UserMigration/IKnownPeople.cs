using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Which identifiers the local side keeps from being registered, before the legacy database is asked.</summary>
public interface IKnownPeople
{
    /// <summary>Whether somebody here has this identifier.</summary>
    Task<bool> IsHereAsync(UserIdentifier identifier, CancellationToken cancellationToken);

    /// <summary>Whether a person with this identifier was deleted.</summary>
    Task<bool> HasTombstoneAsync(UserIdentifier identifier, CancellationToken cancellationToken);
}
