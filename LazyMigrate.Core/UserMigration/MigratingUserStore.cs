using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Identity's store, which can also take in a user from the legacy database in one transaction.</summary>
public sealed class MigratingUserStore(AppDbContext context, IdentityErrorDescriber? describer = null)
    : UserStore<AppUser, AppRole, AppDbContext, Guid>(context, describer)
{
    /// <summary>Finds a user by the canonical form of one identifier.</summary>
    public Task<AppUser?> FindByIdentifierAsync(UserIdentifier identifier, CancellationToken cancellationToken) => identifier.Kind switch
    {
        IdentifierKind.Email => Users.SingleOrDefaultAsync(user => user.NormalizedEmail == identifier.Canonical, cancellationToken),
        IdentifierKind.Phone => Users.SingleOrDefaultAsync(user => user.NormalizedPhoneNumber == identifier.Canonical, cancellationToken),
        _ => Users.SingleOrDefaultAsync(user => user.NormalizedUserName == identifier.Canonical, cancellationToken),
    };

    /// <summary>Stores the user, their password hash and the event of the move together, or nothing of it.</summary>
    /// <returns>False when a unique index refused the user: one of the identifiers, or the legacy id, is taken.</returns>
    public async Task<bool> TryMoveAsync(AppUser user, ActivityEvent moved, CancellationToken cancellationToken)
    {
        Context.Add(user);
        Context.Add(moved);
        try
        {
            await Context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            Context.ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>Which of the user's identifiers already belong to somebody.</summary>
    /// <returns>Field names, for example <c>email</c>, each with whose it is.</returns>
    public async Task<IReadOnlyList<(string Field, Guid OwnerId)>> FindOwnersAsync(AppUser user, CancellationToken cancellationToken)
    {
        var owners = await Users
            .Where(other =>
                (user.NormalizedEmail != null && other.NormalizedEmail == user.NormalizedEmail)
                || (user.NormalizedPhoneNumber != null && other.NormalizedPhoneNumber == user.NormalizedPhoneNumber)
                || (user.NormalizedUserName != null && other.NormalizedUserName == user.NormalizedUserName)
                || (user.LegacyId != null && other.LegacyId == user.LegacyId && other.CustomDatabaseId == user.CustomDatabaseId))
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var taken = new List<(string, Guid)>();
        foreach (var owner in owners)
        {
            Compare("email", user.NormalizedEmail, owner.NormalizedEmail, owner.Id);
            Compare("phone", user.NormalizedPhoneNumber, owner.NormalizedPhoneNumber, owner.Id);
            Compare("username", user.NormalizedUserName, owner.NormalizedUserName, owner.Id);
            Compare("id", user.LegacyId, owner.CustomDatabaseId == user.CustomDatabaseId ? owner.LegacyId : null, owner.Id);
        }

        return taken;

        void Compare(string field, string? mine, string? theirs, Guid ownerId)
        {
            if (mine is not null && mine == theirs)
            {
                taken.Add((field, ownerId));
            }
        }
    }
}
