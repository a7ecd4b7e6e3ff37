using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration.Reset;

/// <summary>What the link to choose a new password carries: one of the two.</summary>
/// <param name="Local">For somebody who is here.</param>
/// <param name="Legacy">For somebody who is not moved yet.</param>
internal sealed record ResetTicket(LocalReset? Local = null, LegacyReset? Legacy = null)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
}

/// <param name="UserId">Who.</param>
/// <param name="Token">Identity's own, which ends with the security stamp: at any change of the password.</param>
/// <param name="Email">The canonical address that it was mailed to, which is proved by following the link.</param>
/// <param name="Identifier">What was typed.</param>
internal sealed record LocalReset(Guid UserId, string Token, string Email, UserIdentifier Identifier);

/// <param name="Identifier">What was typed.</param>
/// <param name="CustomDatabaseId">Where the person was found.</param>
/// <param name="LegacyId">Who it was.</param>
/// <param name="Email">The canonical address that it was mailed to.</param>
internal sealed record LegacyReset(UserIdentifier Identifier, Guid CustomDatabaseId, string LegacyId, string Email);
