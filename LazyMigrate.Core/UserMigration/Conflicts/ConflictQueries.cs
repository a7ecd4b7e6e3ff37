using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration.Conflicts;

/// <summary>Reads conflicts for the people who decide about them.</summary>
public sealed class ConflictQueries(IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>How many a page of <see cref="ListAsync"/> has: each is as large as a form.</summary>
    public const int PageSize = 10;

    /// <summary>How many are open.</summary>
    public async Task<int> CountOpenAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.MigrationConflicts.CountAsync(conflict => conflict.State == ConflictState.Open, cancellationToken);
    }

    /// <summary>How many there are in each state; states without any are left out.</summary>
    public async Task<IReadOnlyDictionary<ConflictState, int>> CountAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.MigrationConflicts
            .GroupBy(conflict => conflict.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    /// <summary>Those in one state, the last attempt first.</summary>
    /// <param name="state">Which.</param>
    /// <param name="page">From 0, of <see cref="PageSize"/> each.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<IReadOnlyList<ConflictReading>> ListAsync(ConflictState state, int page = 0, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var conflicts = await context.MigrationConflicts
            .AsNoTracking()
            .Where(conflict => conflict.State == state)
            .OrderByDescending(conflict => conflict.LastSeenAt)
            .ThenByDescending(conflict => conflict.Id)
            .Skip(Math.Clamp(page, 0, int.MaxValue / PageSize) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
        var readings = new List<ConflictReading>(conflicts.Count);
        foreach (var conflict in conflicts)
        {
            readings.Add(await ReadAsync(context, conflict, cancellationToken));
        }

        return readings;
    }

    /// <summary>A conflict with the users here, as they are now.</summary>
    internal static async Task<ConflictReading> ReadAsync(AppDbContext context, MigrationConflict conflict, CancellationToken cancellationToken)
    {
        // Also whoever has come to collide since, and not only those of the last attempt.
        var ids = conflict.OwnerIds.ToList();
        var people = await context.Users
            .AsNoTracking()
            .Where(user => ids.Contains(user.Id)
                || user.Id == conflict.UserId
                || (conflict.NormalizedEmail != null && user.NormalizedEmail == conflict.NormalizedEmail)
                || (conflict.NormalizedPhoneNumber != null && user.NormalizedPhoneNumber == conflict.NormalizedPhoneNumber)
                || (conflict.NormalizedUserName != null && user.NormalizedUserName == conflict.NormalizedUserName)
                || (user.LegacyId == conflict.LegacyId && user.CustomDatabaseId == conflict.CustomDatabaseId))
            .OrderBy(user => user.Id)
            .ToListAsync(cancellationToken);
        ids = people.ConvertAll(user => user.Id);
        var roles = await context.UserRoles
            .Where(link => ids.Contains(link.UserId))
            .Join(context.Roles, link => link.RoleId, role => role.Id, (link, role) => new { link.UserId, role.NormalizedName })
            .ToListAsync(cancellationToken);
        return new ConflictReading(
            conflict,
            people.ConvertAll(user => SideOf(user, conflict, isAdministrator: roles.Any(role => role.UserId == user.Id && ConsoleRoles.Contain(role.NormalizedName!)))),
            people.Find(user => user.Id == conflict.UserId),
            people.Find(user => conflict.Identifier == conflict.IdentifierKind switch
            {
                IdentifierKind.Email => user.NormalizedEmail,
                IdentifierKind.Phone => user.NormalizedPhoneNumber,
                _ => user.NormalizedUserName,
            })?.Id);
    }

    private static ConflictUser SideOf(AppUser user, MigrationConflict conflict, bool isAdministrator)
    {
        var hasPassword = user.PasswordHash is not null;
        (user.PasswordHash, user.SecurityStamp) = (null, null);
        return new ConflictUser(user, ConflictUser.FieldsOf(conflict, user), isAdministrator, hasPassword);
    }
}
