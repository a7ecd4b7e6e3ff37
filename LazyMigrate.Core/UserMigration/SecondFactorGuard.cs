using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Keeps a forgotten password from being the way around a second factor that only the legacy database knows of.</summary>
/// <remarks>
/// Whoever forgot the password before they moved is moved with what <c>searchUser</c> returns. Where people are known to have second
/// factors, a profile that does not name them says nothing of this person's: they are not moved by it.
/// </remarks>
public sealed class SecondFactorGuard(IPublishedDatabases databases)
{
    private static readonly ProfileProblem s_notNamed = new(
        "mfa_factors",
        "People of this legacy database have second factors, and `searchUser` does not say whether this person has one: let it return `mfa_factors`, as `login` does, and [] for people without.",
        IsFatal: true);

    /// <summary>Remembers that people of the custom database have second factors, if this person has one: also one that cannot be read.</summary>
    public Task NoteAsync(Guid customDatabaseId, bool hasSecondFactor, CancellationToken cancellationToken) =>
        hasSecondFactor ? databases.NoteSecondFactorsAsync(customDatabaseId, cancellationToken) : Task.CompletedTask;

    /// <summary>Whether a user who came from the legacy database may have a second factor there that is not here yet: who has never logged in by the old password, and so did not bring it.</summary>
    public async Task<bool> MayBeMissingAsync(AppUser user, CancellationToken cancellationToken) =>
        user is { PasswordHash: null, LegacyId: not null, TwoFactorEnabled: false, CustomDatabaseId: { } id } && await databases.HasSecondFactorsAsync(id, cancellationToken);

    /// <returns>Why nobody can be moved with this profile who has not given the old password, or null.</returns>
    public async Task<ProfileProblem?> FindProblemAsync(Guid customDatabaseId, LegacyProfile profile, CancellationToken cancellationToken) =>
        profile is { Totp: null, NamesSecondFactors: false } && await databases.HasSecondFactorsAsync(customDatabaseId, cancellationToken) ? s_notNamed : null;
}
