using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users.Conflicts;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Users;

/// <summary>What is left of a deleted person, so that the legacy database does not bring them back: by which they would be known again, and nothing else.</summary>
public sealed class Tombstone
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateTimeOffset DeletedAt { get; init; }

    public string? NormalizedEmail { get; init; }

    public string? NormalizedPhoneNumber { get; init; }

    public string? NormalizedUserName { get; init; }

    public Guid? CustomDatabaseId { get; init; }

    public string? LegacyId { get; init; }

    /// <summary>Of a user who is being deleted.</summary>
    public static Tombstone Of(AppUser user, DateTimeOffset now) => new()
    {
        DeletedAt = now,
        NormalizedEmail = user.NormalizedEmail,
        NormalizedPhoneNumber = user.NormalizedPhoneNumber,
        NormalizedUserName = user.NormalizedUserName,
        CustomDatabaseId = user.CustomDatabaseId,
        LegacyId = user.LegacyId,
    };

    /// <summary>Of a legacy person who is a user that is being deleted: by their identifiers, too, nobody else may register. Without what is another user's.</summary>
    private static Tombstone Of(MigrationConflict conflict, DateTimeOffset now) => new()
    {
        DeletedAt = now,
        NormalizedEmail = IsAnothers(conflict, conflict.EmailOwnerId) ? null : conflict.NormalizedEmail,
        NormalizedPhoneNumber = IsAnothers(conflict, conflict.PhoneOwnerId) ? null : conflict.NormalizedPhoneNumber,
        NormalizedUserName = IsAnothers(conflict, conflict.UserNameOwnerId) ? null : conflict.NormalizedUserName,
        CustomDatabaseId = conflict.CustomDatabaseId,
        LegacyId = conflict.LegacyId,
    };

    /// <summary>What becomes of conflicts when users are deleted, in the transaction of that: of those they were linked by, tombstones; open ones about them alone are over.</summary>
    internal static async Task ForgetConflictsAsync(AppDbContext context, IReadOnlyCollection<Guid> userIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var linked = await context.MigrationConflicts
            .AsNoTracking()
            .Where(conflict => conflict.State == ConflictState.Linked && conflict.UserId != null && userIds.Contains(conflict.UserId.Value))
            .ToListAsync(cancellationToken);
        context.AddRange(linked.Select(conflict => Of(conflict, now)));
        await MigrationConflict.OnlyAbout(context.MigrationConflicts, userIds).ExecuteDeleteAsync(cancellationToken);
    }

    private static bool IsAnothers(MigrationConflict conflict, Guid? ownerId) => ownerId is not null && ownerId != conflict.UserId;
}
