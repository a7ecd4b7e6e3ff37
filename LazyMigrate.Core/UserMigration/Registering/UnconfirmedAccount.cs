using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Conflicts;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration.Registering;

/// <summary>An account that somebody registered with an address that nobody has proved to be theirs.</summary>
/// <remarks>
/// It may be a stranger's. Whoever proves the address without the password gets an account of their own in its place, with another
/// id: whatever hung on the first, here or in an application that knows its id, is not theirs.
/// </remarks>
public sealed class UnconfirmedAccount(MigratingUserManager users, MigratingUserStore store, ActivityFactory activity, ILoginDevice device, TimeProvider time)
{
    /// <summary>Whether an account is one.</summary>
    public static bool Is(AppUser user) => user is { EmailConfirmed: false, Origin: UserOrigin.Registered };

    /// <summary>Replaces it: removal and creation are one transaction, and of two who try it at once one is too late.</summary>
    /// <param name="user">As read.</param>
    /// <param name="passwordHash">Of the password that whoever owns the address has chosen.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>False where nothing is changed: the account was changed meanwhile, or is linked to somebody of the legacy database, about whom an administrator has to decide.</returns>
    public async Task<bool> TryReplaceAsync(AppUser user, string passwordHash, CancellationToken cancellationToken)
    {
        if (user.LegacyId is not null)
        {
            return false;
        }

        var owner = new AppUser
        {
            Email = user.Email,
            NormalizedEmail = users.NormalizeEmail(user.Email),
            EmailConfirmed = true,
            Origin = UserOrigin.Registered,
            CreatedAt = time.GetUtcNow(),
            PasswordHash = passwordHash,

            // Only an administrator lifts what one has set.
            LockoutEnd = user.LockoutEnd,
        };
        var context = store.Context;

        // No tombstone: it is the owner's address, who comes in the same moment.
        context.RemoveRange(await MigrationConflict.OnlyAbout(context.MigrationConflicts, [user.Id]).ToListAsync(cancellationToken));
        context.Remove(user);
        context.Add(owner);
        context.Add(activity.Create(ActivityKinds.UserDeleted, subjectId: user.Id, subjectName: user.DisplayName, detail: $"Registered by whoever did not confirm the address; its owner has the account {owner.Id} in its place."));
        context.Add(activity.Create(ActivityKinds.PasswordReset, subjectId: owner.Id, subjectName: owner.DisplayName, detail: $"By a link mailed to the address; the account {user.Id} that was registered with it is removed with all that was entered."));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || UniqueViolation.Is(exception))
        {
            context.ChangeTracker.Clear();
            return false;
        }

        // Whoever registered may have used up the attempts.
        device.Remember(new UserIdentifier(IdentifierKind.Email, owner.NormalizedEmail!));
        return true;
    }
}
