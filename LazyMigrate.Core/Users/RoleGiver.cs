using LazyMigrate.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Users;

/// <summary>Finds roles by name, and makes those that do not exist yet.</summary>
internal static class RoleGiver
{
    /// <summary>The ids of roles, within the caller's transaction.</summary>
    /// <remarks>
    /// Several nodes can make the same role at once: the unique index lets one in, and the others wait for its transaction.
    /// They are made in the order of their names, and before anything else that others could wait for, so that no two
    /// transactions wait for each other.
    /// </remarks>
    public static async Task<IReadOnlyList<Guid>> FindOrAddAsync(AppDbContext context, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return [];
        }

        var wanted = names.DistinctBy(RoleName.Canonical).ToDictionary(name => RoleName.Canonical(name)!, StringComparer.Ordinal);
        var canonical = wanted.Keys.ToList();
        var there = await context.Roles.Where(role => canonical.Contains(role.NormalizedName!)).Select(role => role.NormalizedName!).ToListAsync(cancellationToken);
        foreach (var missing in canonical.Except(there).Order(StringComparer.Ordinal))
        {
            var role = new AppRole(wanted[missing]);
            await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Roles" ("Id", "Name", "NormalizedName", "ConcurrencyStamp") VALUES ({role.Id}, {role.Name}, {missing}, {role.ConcurrencyStamp})
                ON CONFLICT ("NormalizedName") DO NOTHING
                """,
                cancellationToken);
        }

        return await context.Roles.Where(role => canonical.Contains(role.NormalizedName!)).Select(role => role.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Gives a user roles that they do not have yet, with the caller's next save.</summary>
    public static void Give(AppDbContext context, Guid userId, IEnumerable<Guid> roleIds) =>
        context.AddRange(roleIds.Select(roleId => new IdentityUserRole<Guid> { UserId = userId, RoleId = roleId }));
}
