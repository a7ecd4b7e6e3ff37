using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;

namespace LazyMigrate.Core.UserMigration.Conflicts;

/// <summary>A conflict with both sides as they are now, and what can be decided about it.</summary>
/// <param name="Conflict">The legacy side.</param>
/// <param name="Users">The users here.</param>
/// <param name="Linked">Who the legacy person is here; null where they are nobody.</param>
/// <param name="IdentifierOwnerId">Whose the identifier is that they typed, now.</param>
public sealed record ConflictReading(MigrationConflict Conflict, IReadOnlyList<ConflictUser> Users, AppUser? Linked, Guid? IdentifierOwnerId)
{
    /// <summary>What collides now; less than at the last attempt where a user here has changed since.</summary>
    public ConflictFields Fields => Users.Aggregate(ConflictFields.None, (fields, user) => fields | user.Fields);

    /// <summary>Why the legacy person cannot be linked to this user; null where they can.</summary>
    public string? ProblemOfLink(ConflictUser user)
    {
        var name = user.User.DisplayName;
        if (user.IsAdministrator)
        {
            return $"{name} has a role of this console. A legacy database must never decide who an administrator is.";
        }

        if (Users.FirstOrDefault(other => other != user && other.Fields.HasFlag(ConflictFields.LegacyId)) is { } same)
        {
            return $"{same.User.DisplayName} has this legacy id already.";
        }

        if (user.User.LegacyId is not null && !user.Fields.HasFlag(ConflictFields.LegacyId))
        {
            return $"{name} has the legacy id {user.User.LegacyId} already, which never changes.";
        }

        if (user is { HasPassword: true, Fields: ConflictFields.Email, User.EmailConfirmed: false })
        {
            return $"{name} has not confirmed this address: anybody could have registered with it. Let them confirm it first.";
        }

        return IdentifierOwnerId is { } ownerId && ownerId != user.User.Id
            ? $"The {Conflict.IdentifierKind.FieldOf().Words()} that they log in with is another user’s here."
            : null;
    }

    /// <summary>Why the two cannot be kept apart; null where they can.</summary>
    public string? ProblemOfKeepingApart
    {
        get
        {
            if (Users.FirstOrDefault(user => user.Fields.HasFlag(ConflictFields.LegacyId)) is { } same)
            {
                return $"{same.User.DisplayName} came from the legacy database with this legacy id: they are one person there.";
            }

            if (IdentifierOwnerId is not { } ownerId)
            {
                return null;
            }

            var owner = Users.FirstOrDefault(user => user.User.Id == ownerId)?.User.DisplayName ?? "A user here";
            var problem = $"They log in with the {Conflict.IdentifierKind.FieldOf().Words()} {Conflict.Identifier}, which is {owner}’s here, and without it they would be nobody.";
            return Conflict.IdentifierKind == IdentifierKind.Phone
                // A phone number has no page of its own.
                ? problem
                : $"{problem} Once {owner} has another one (under “Profile” of their account), they are moved at the next log-in.";
        }
    }
}

/// <summary>A user here whom a legacy person collides with.</summary>
/// <param name="User">As they are now.</param>
/// <param name="Fields">What collides now.</param>
/// <param name="IsAdministrator">Whether they have a role of the console.</param>
/// <param name="HasPassword">Whether they have one here; the hash itself is not read out.</param>
public sealed record ConflictUser(AppUser User, ConflictFields Fields, bool IsAdministrator, bool HasPassword)
{
    internal static ConflictFields FieldsOf(MigrationConflict conflict, AppUser user)
    {
        var fields = ConflictFields.None;
        Compare(ConflictFields.Email, conflict.NormalizedEmail, user.NormalizedEmail);
        Compare(ConflictFields.Phone, conflict.NormalizedPhoneNumber, user.NormalizedPhoneNumber);
        Compare(ConflictFields.UserName, conflict.NormalizedUserName, user.NormalizedUserName);
        Compare(ConflictFields.LegacyId, conflict.LegacyId, user.CustomDatabaseId == conflict.CustomDatabaseId ? user.LegacyId : null);
        return fields;

        void Compare(ConflictFields field, string? theirs, string? here)
        {
            if (theirs is not null && theirs == here)
            {
                fields |= field;
            }
        }
    }
}
