using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Identity's store, which can also take in a user from the legacy database in one transaction.</summary>
public sealed class MigratingUserStore(AppDbContext context, TotpProtector totp, TimeProvider time, IdentityErrorDescriber? describer = null)
    : UserStore<AppUser, AppRole, AppDbContext, Guid>(context, describer), IKnownPeople
{
    /// <summary>Finds a user by the canonical form of one identifier: their own, else one of the legacy person they were linked to (docs/conflicts.md).</summary>
    public async Task<AppUser?> FindByIdentifierAsync(UserIdentifier identifier, CancellationToken cancellationToken) =>
        await FindByOwnIdentifierAsync(identifier, cancellationToken)
        ?? await MigrationConflict.LinkedBy(Context.MigrationConflicts, identifier)
            .OrderBy(conflict => conflict.DecidedAt)
            .ThenBy(conflict => conflict.Id)
            .Join(Users, conflict => conflict.UserId, user => user.Id, (_, user) => user)
            .FirstOrDefaultAsync(cancellationToken);

    private Task<AppUser?> FindByOwnIdentifierAsync(UserIdentifier identifier, CancellationToken cancellationToken) => identifier.Kind switch
    {
        IdentifierKind.Email => Users.SingleOrDefaultAsync(user => user.NormalizedEmail == identifier.Canonical, cancellationToken),
        IdentifierKind.Phone => Users.SingleOrDefaultAsync(user => user.NormalizedPhoneNumber == identifier.Canonical, cancellationToken),
        _ => Users.SingleOrDefaultAsync(user => user.NormalizedUserName == identifier.Canonical, cancellationToken),
    };

    /// <summary>As <see cref="FindByIdentifierAsync"/>, but as they are stored now, whatever this request has read before.</summary>
    public Task<AppUser?> FindAgainAsync(UserIdentifier identifier, CancellationToken cancellationToken)
    {
        Context.ChangeTracker.Clear();
        return FindByIdentifierAsync(identifier, cancellationToken);
    }

    public async Task<bool> IsHereAsync(UserIdentifier identifier, Guid? self, CancellationToken cancellationToken) =>
        await FindByOwnIdentifierAsync(identifier, cancellationToken) is not null
        || await MigrationConflict.LinkedBy(Context.MigrationConflicts, identifier).AnyAsync(conflict => conflict.UserId != self, cancellationToken);

    public Task<bool> HasTombstoneAsync(UserIdentifier identifier, CancellationToken cancellationToken) =>
        TombstoneManager.Of(Context.Tombstones, identifier).AnyAsync(cancellationToken);

    /// <summary>Whether a legacy person may be mailed a link by which they move: not whom an administrator has rejected, nor to an address that was said to be somebody else's.</summary>
    internal Task<bool> MayBeMailedAsync(Guid customDatabaseId, string legacyId, CancellationToken cancellationToken) =>
        MigrationConflict.Of(Context.MigrationConflicts, customDatabaseId, legacyId).AllAsync(
            conflict => conflict.State != ConflictState.Rejected
                && (conflict.State != ConflictState.KeptApart || (conflict.Fields & ConflictFields.Email) == ConflictFields.None),
            cancellationToken);

    /// <summary>Identity's secret of the authenticator app, as base 32; kept encrypted.</summary>
    public override async Task<string?> GetAuthenticatorKeyAsync(AppUser user, CancellationToken cancellationToken) =>
        await Context.TotpFactors.FindAsync([user.Id], cancellationToken) is { } factor && totp.TryUnprotect(factor.ProtectedSecret) is { } secret
            ? Base32.Encode(secret)
            : null;

    /// <summary>Replaces the secret; stored with the user, as all that Identity's stores are told. Codes of steps that are used up stay so.</summary>
    public override async Task SetAuthenticatorKeyAsync(AppUser user, string key, CancellationToken cancellationToken)
    {
        var secret = totp.Protect(Base32.TryDecode(key, out var bytes) ? bytes : throw new ArgumentException("The key is not base 32.", nameof(key)));
        if (await Context.TotpFactors.FindAsync([user.Id], cancellationToken) is { } factor)
        {
            factor.ProtectedSecret = secret;
        }
        else
        {
            Context.Add(new TotpFactor { UserId = user.Id, ProtectedSecret = secret, CreatedAt = time.GetUtcNow() });
        }
    }

    /// <summary>Stores the user, their password hash, roles and second factor and the event of the move together, or nothing of it.</summary>
    /// <remarks>Where an administrator has decided to keep them apart from a user here, without what is that user's; never without what was typed.</remarks>
    public async Task<MoveResult> TryMoveAsync(UserIdentifier identifier, AppUser user, LegacyGrants grants, ActivityEvent moved, CancellationToken cancellationToken)
    {
        await using var transaction = await Context.BeginWithoutOnlyWriterAsync(cancellationToken);
        if (!await IsMovingAsync(user.CustomDatabaseId, cancellationToken))
        {
            Context.ChangeTracker.Clear();
            return MoveResult.NotMoving;
        }

        // Nobody decides while people are moved: both lock the custom databases.
        var conflict = await MigrationConflict.Of(Context.MigrationConflicts, user.CustomDatabaseId, user.LegacyId).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (conflict is { State: ConflictState.Rejected })
        {
            Context.ChangeTracker.Clear();
            return MoveResult.Rejected;
        }

        var left = conflict is { State: ConflictState.KeptApart } ? conflict.Fields & ~identifier.Kind.FieldOf() : ConflictFields.None;
        var giveBack = left.LeaveOut(user);
        var roles = await RoleGiver.FindOrAddAsync(Context, grants.Roles, cancellationToken);
        Context.Add(user);
        Give(user, roles, grants);
        Context.Add(moved);
        if (left != ConflictFields.None)
        {
            Context.Entry(moved).Property(item => item.Detail).CurrentValue = $"Without their {left.Words()}: kept apart from a user here. {moved.Detail}".TrimEnd();
        }

        try
        {
            await Context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            Context.ChangeTracker.Clear();
            giveBack();
            return MoveResult.Taken;
        }

        if (conflict is not null)
        {
            await SettleConflictAsync(conflict.Id, user.Id, cancellationToken);
        }

        // After the insert, which waits for a deletion of the same person that is not committed yet: asked before it, that
        // deletion's tombstone could come in between.
        if (await TombstoneManager.Of(Context.Tombstones, user, user.LegacyId).AnyAsync(cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            Context.ChangeTracker.Clear();
            return MoveResult.Deleted;
        }

        await transaction.CommitAsync(cancellationToken);
        return MoveResult.Moved;
    }

    /// <summary>Gives an existing user without a password what the legacy database accepted: password, legacy id and the event of it together, or nothing of it.</summary>
    /// <param name="existing">As it was read.</param>
    /// <param name="accepted">The profile as a user, with the password's hash.</param>
    /// <param name="grants">What it gives besides; roles and a second factor that the user has stay.</param>
    /// <param name="linked">The event.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<MoveResult> TryLinkAsync(AppUser existing, AppUser accepted, LegacyGrants grants, ActivityEvent linked, CancellationToken cancellationToken)
    {
        await using var transaction = await Context.BeginWithoutOnlyWriterAsync(cancellationToken);
        try
        {
            if (!await IsMovingAsync(accepted.CustomDatabaseId, cancellationToken))
            {
                return MoveResult.NotMoving;
            }

            var conflict = await MigrationConflict.Of(Context.MigrationConflicts, accepted.CustomDatabaseId, accepted.LegacyId).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (conflict is { State: ConflictState.Rejected })
            {
                return MoveResult.Rejected;
            }

            if (conflict is { State: ConflictState.KeptApart } && conflict.UserId != existing.Id)
            {
                return MoveResult.KeptApart;
            }

            // Whoever has the legacy id is the person, whatever else of theirs is somebody else's.
            if (conflict is { State: ConflictState.Open } && existing.LegacyId is null && conflict.OwnerIds.Contains(existing.Id))
            {
                return MoveResult.Undecided;
            }

            var roles = await RoleGiver.FindOrAddAsync(Context, grants.Roles, cancellationToken);
            Context.Add(linked);
            await Context.SaveChangesAsync(cancellationToken);
            var stamp = Guid.NewGuid().ToString();
            var rows = await Context.Users
                .Where(user => user.Id == existing.Id
                    && user.PasswordHash == null
                    && !user.IsDisabled
                    && (user.LegacyId == null || (user.LegacyId == accepted.LegacyId && user.CustomDatabaseId == accepted.CustomDatabaseId)))
                .ExecuteUpdateAsync(
                    update => update
                        .SetProperty(user => user.PasswordHash, accepted.PasswordHash)
                        .SetProperty(user => user.MustChangePassword, accepted.MustChangePassword)
                        .SetProperty(user => user.LegacyId, accepted.LegacyId)
                        .SetProperty(user => user.CustomDatabaseId, accepted.CustomDatabaseId)
                        .SetProperty(user => user.MigratedAt, accepted.MigratedAt)
                        .SetProperty(user => user.MigratedByVersionId, accepted.MigratedByVersionId)
                        .SetProperty(user => user.TwoFactorEnabled, user => user.TwoFactorEnabled || accepted.TwoFactorEnabled)
                        .SetProperty(user => user.ConcurrencyStamp, stamp),
                    cancellationToken);
            var isDeleted = await Context.Tombstones.AnyAsync(
                stone => stone.LegacyId == accepted.LegacyId && stone.CustomDatabaseId == accepted.CustomDatabaseId,
                cancellationToken);
            if (rows == 1 && !isDeleted)
            {
                var held = await Context.UserRoles.Where(link => link.UserId == existing.Id).Select(link => link.RoleId).ToListAsync(cancellationToken);
                var hasFactor = await Context.TotpFactors.AnyAsync(factor => factor.UserId == existing.Id, cancellationToken);
                Give(existing, roles.Except(held), hasFactor ? grants with { ProtectedTotpSecret = null } : grants);
                await Context.SaveChangesAsync(cancellationToken);
                if (conflict is not null)
                {
                    await SettleConflictAsync(conflict.Id, existing.Id, cancellationToken);
                }

                await transaction.CommitAsync(cancellationToken);
                return MoveResult.Moved;
            }

            await transaction.RollbackAsync(cancellationToken);
            return isDeleted ? MoveResult.Deleted : MoveResult.Taken;
        }
        catch (Exception exception) when (UniqueViolation.Is(exception))
        {
            return MoveResult.Taken;
        }
        finally
        {
            Context.ChangeTracker.Clear();
        }
    }

    /// <summary>While the script ran, the switch may have been turned, or the sample removed with all its users: after that nobody may come from it.</summary>
    private Task<bool> IsMovingAsync(Guid? customDatabaseId, CancellationToken cancellationToken) =>
        Context.CustomDatabases.AnyAsync(database => database.Id == customDatabaseId && database.Mode == MigrationMode.LazyMigration, cancellationToken);

    /// <summary>Somebody moved in spite of their conflict: one that nobody has decided is over, and what was decided goes with the user from now on.</summary>
    private async Task SettleConflictAsync(Guid id, Guid userId, CancellationToken cancellationToken)
    {
        await Context.MigrationConflicts.Where(conflict => conflict.Id == id && conflict.State == ConflictState.Open).ExecuteDeleteAsync(cancellationToken);
        await Context.MigrationConflicts.Where(conflict => conflict.Id == id).ExecuteUpdateAsync(update => update.SetProperty(conflict => conflict.UserId, userId), cancellationToken);
    }

    private void Give(AppUser user, IEnumerable<Guid> roleIds, LegacyGrants grants)
    {
        RoleGiver.Give(Context, user.Id, roleIds);
        if (grants.ProtectedTotpSecret is { } secret)
        {
            Context.Add(new TotpFactor { UserId = user.Id, ProtectedSecret = secret, CreatedAt = time.GetUtcNow() });
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

/// <summary>What came of storing somebody whom the legacy database accepted.</summary>
public enum MoveResult
{
    /// <summary>Committed.</summary>
    Moved,

    /// <summary>An identifier or the legacy id is somebody's; or the existing user is not as they were.</summary>
    Taken,

    /// <summary>The person was deleted here.</summary>
    Deleted,

    /// <summary>Nobody is moved any more, since the script was asked.</summary>
    NotMoving,

    /// <summary>An administrator has decided that this legacy person is not moved.</summary>
    Rejected,

    /// <summary>An administrator has decided that this legacy person is not the existing user.</summary>
    KeptApart,

    /// <summary>No administrator has decided yet whether this legacy person is the existing user.</summary>
    Undecided,

    /// <summary>The rules of the application that has adopted lazy migration refuse the person.</summary>
    Refused,
}
