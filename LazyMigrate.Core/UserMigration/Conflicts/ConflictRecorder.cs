using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration.Conflicts;

/// <summary>Stores that the legacy database accepts somebody who cannot be moved: one row a legacy person, which counts.</summary>
/// <remarks>Only a right password, or a link that was mailed, leads here; a look-up for a registration does not, because anybody can cause it.</remarks>
public sealed class ConflictRecorder(IDbContextFactory<AppDbContext> contexts, ActivityFactory activity, TimeProvider time)
{
    /// <summary>Counts one attempt.</summary>
    /// <param name="identifier">What was typed.</param>
    /// <param name="accepted">Whom the legacy database has accepted.</param>
    /// <param name="owners">Whose what is here.</param>
    /// <param name="existingId">The local user without a password that the identifier is of, if there is one.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>What is decided about it; null where there is nothing to decide any more, or nothing may be kept of the person.</returns>
    internal async Task<ConflictState?> RecordAsync(
        UserIdentifier identifier,
        AppUser accepted,
        IReadOnlyList<(string Field, Guid OwnerId)> owners,
        Guid? existingId,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (accepted is not { CustomDatabaseId: { } databaseId, LegacyId: { } legacyId }
            || !await IsConflictAsync(context, accepted, owners, existingId, cancellationToken)
            || await context.Tombstones.AnyAsync(stone => stone.CustomDatabaseId == databaseId && stone.LegacyId == legacyId, cancellationToken))
        {
            // A person who was deleted here has the right to be forgotten, and the user may be another one by now.
            return null;
        }

        var seen = Of(identifier, accepted, databaseId, legacyId, owners);
        try
        {
            return await StoreAsync(context, seen, existingId, cancellationToken);
        }
        catch (Exception exception) when (ForeignKeyViolation.Is(exception))
        {
            // The user here, or the whole custom database, was removed in between.
            return null;
        }
    }

    private async Task<ConflictState> StoreAsync(AppDbContext context, MigrationConflict seen, Guid? existingId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await MigrationConflict.Of(context.MigrationConflicts, seen.CustomDatabaseId, seen.LegacyId).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            var isStored = known is null ? await TryAddAsync(seen, cancellationToken) : await TryCountAsync(context, known, seen, existingId, cancellationToken);
            if (isStored)
            {
                // Who was kept apart and collides again collides elsewhere: that is open.
                return known?.State is ConflictState.Linked or ConflictState.Rejected ? known.State : ConflictState.Open;
            }
        }
    }

    /// <summary>False where everything is the existing user's, who has no other legacy id: they have only changed since they were read.</summary>
    private static async Task<bool> IsConflictAsync(AppDbContext context, AppUser accepted, IReadOnlyList<(string Field, Guid OwnerId)> owners, Guid? existingId, CancellationToken cancellationToken) =>
        owners.Any(owner => owner.OwnerId != existingId)
        || await context.Users.AnyAsync(
            user => user.Id == existingId && user.LegacyId != null && (user.LegacyId != accepted.LegacyId || user.CustomDatabaseId != accepted.CustomDatabaseId),
            cancellationToken);

    private MigrationConflict Of(UserIdentifier identifier, AppUser accepted, Guid databaseId, string legacyId, IReadOnlyList<(string Field, Guid OwnerId)> owners)
    {
        var now = time.GetUtcNow();
        var conflict = new MigrationConflict
        {
            CustomDatabaseId = databaseId,
            LegacyId = legacyId,
            ScriptVersionId = accepted.MigratedByVersionId,
            IdentifierKind = identifier.Kind,
            Identifier = identifier.Canonical,
            Email = accepted.Email,
            NormalizedEmail = accepted.NormalizedEmail,
            EmailConfirmed = accepted.EmailConfirmed,
            NormalizedPhoneNumber = accepted.NormalizedPhoneNumber,
            UserName = accepted.UserName,
            NormalizedUserName = accepted.NormalizedUserName,
            Name = accepted.Name,
            FirstSeenAt = now,
            LastSeenAt = now,
            Count = 1,
        };
        foreach (var (field, ownerId) in owners)
        {
            switch (field)
            {
                case "email":
                    (conflict.Fields, conflict.EmailOwnerId) = (conflict.Fields | ConflictFields.Email, ownerId);
                    break;
                case "phone":
                    (conflict.Fields, conflict.PhoneOwnerId) = (conflict.Fields | ConflictFields.Phone, ownerId);
                    break;
                case "username":
                    (conflict.Fields, conflict.UserNameOwnerId) = (conflict.Fields | ConflictFields.UserName, ownerId);
                    break;
                default:
                    (conflict.Fields, conflict.LegacyIdOwnerId) = (conflict.Fields | ConflictFields.LegacyId, ownerId);
                    break;
            }
        }

        return conflict;
    }

    private async Task<bool> TryAddAsync(MigrationConflict conflict, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(conflict);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            // Another attempt of the same person was first: this one counts up.
            return false;
        }
    }

    /// <summary>One statement, which changes nothing where somebody has decided, or seen something else, since it was read.</summary>
    private async Task<bool> TryCountAsync(AppDbContext context, MigrationConflict known, MigrationConflict seen, Guid? existingId, CancellationToken cancellationToken)
    {
        var row = context.MigrationConflicts.Where(conflict => conflict.Id == known.Id && conflict.Stamp == known.Stamp);
        switch (known.State)
        {
            case ConflictState.Rejected:
                return true;
            case ConflictState.Linked:
                // What they typed is another user's here, and stays that user's.
                return existingId is not null || await TryKnowByAsync(context, row, known, seen, cancellationToken);
            case ConflictState.Open when IsSame(known, seen):
                return await row.ExecuteUpdateAsync(
                    update => update
                        .SetProperty(conflict => conflict.Count, conflict => conflict.Count + 1)
                        .SetProperty(conflict => conflict.LastSeenAt, seen.LastSeenAt),
                    cancellationToken) == 1;
        }

        return await row.ExecuteUpdateAsync(
            update => update
                .SetProperty(conflict => conflict.Count, conflict => conflict.Count + 1)
                .SetProperty(conflict => conflict.LastSeenAt, seen.LastSeenAt)
                .SetProperty(conflict => conflict.ScriptVersionId, seen.ScriptVersionId)
                .SetProperty(conflict => conflict.IdentifierKind, seen.IdentifierKind)
                .SetProperty(conflict => conflict.Identifier, seen.Identifier)
                .SetProperty(conflict => conflict.Email, seen.Email)
                .SetProperty(conflict => conflict.NormalizedEmail, seen.NormalizedEmail)
                .SetProperty(conflict => conflict.EmailConfirmed, seen.EmailConfirmed)
                .SetProperty(conflict => conflict.NormalizedPhoneNumber, seen.NormalizedPhoneNumber)
                .SetProperty(conflict => conflict.UserName, seen.UserName)
                .SetProperty(conflict => conflict.NormalizedUserName, seen.NormalizedUserName)
                .SetProperty(conflict => conflict.Name, seen.Name)
                .SetProperty(conflict => conflict.Fields, seen.Fields)
                .SetProperty(conflict => conflict.EmailOwnerId, seen.EmailOwnerId)
                .SetProperty(conflict => conflict.PhoneOwnerId, seen.PhoneOwnerId)
                .SetProperty(conflict => conflict.UserNameOwnerId, seen.UserNameOwnerId)
                .SetProperty(conflict => conflict.LegacyIdOwnerId, seen.LegacyIdOwnerId)
                .SetProperty(conflict => conflict.State, ConflictState.Open)
                .SetProperty(conflict => conflict.DecidedById, (Guid?)null)
                .SetProperty(conflict => conflict.DecidedByName, (string?)null)
                .SetProperty(conflict => conflict.DecidedAt, (DateTimeOffset?)null)
                .SetProperty(conflict => conflict.UserId, (Guid?)null)
                .SetProperty(conflict => conflict.Stamp, seen.Stamp),
            cancellationToken) == 1;
    }

    /// <summary>By what a linked person has typed, and the legacy database has accepted, they are known here from the next log-in on; by nothing else of the profile.</summary>
    private async Task<bool> TryKnowByAsync(AppDbContext context, IQueryable<MigrationConflict> row, MigrationConflict known, MigrationConflict seen, CancellationToken cancellationToken)
    {
        var before = seen.IdentifierKind switch
        {
            IdentifierKind.Email => known.NormalizedEmail,
            IdentifierKind.Phone => known.NormalizedPhoneNumber,
            _ => known.NormalizedUserName,
        };
        if (before == seen.Identifier)
        {
            return true;
        }

        await using var transaction = await context.BeginWithoutOnlyWriterAsync(cancellationToken);

        // Whose the one before was says nothing of this one.
        var rows = seen.IdentifierKind switch
        {
            IdentifierKind.Email => await row.ExecuteUpdateAsync(
                update => update.SetProperty(conflict => conflict.NormalizedEmail, seen.Identifier).SetProperty(conflict => conflict.EmailOwnerId, (Guid?)null),
                cancellationToken),
            IdentifierKind.Phone => await row.ExecuteUpdateAsync(
                update => update.SetProperty(conflict => conflict.NormalizedPhoneNumber, seen.Identifier).SetProperty(conflict => conflict.PhoneOwnerId, (Guid?)null),
                cancellationToken),
            _ => await row.ExecuteUpdateAsync(
                update => update.SetProperty(conflict => conflict.NormalizedUserName, seen.Identifier).SetProperty(conflict => conflict.UserNameOwnerId, (Guid?)null),
                cancellationToken),
        };
        if (rows != 1)
        {
            return false;
        }

        context.Add(activity.Create(
            ActivityKinds.ConflictIdentifierChanged,
            subjectId: known.UserId,
            subjectName: seen.Identifier,
            customDatabaseId: seen.CustomDatabaseId,
            scriptVersionId: seen.ScriptVersionId,
            detail: $"The {seen.IdentifierKind.FieldOf().Words()} of the legacy person is {seen.Identifier} now; before: {before ?? "none"}. Legacy id {seen.LegacyId}."));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static bool IsSame(MigrationConflict known, MigrationConflict seen) => Compared(known).Equals(Compared(seen));

    // Each time it is seen there may be something else to decide, which whoever looks at the page must not decide unseen.
    private static object Compared(MigrationConflict conflict) => (
        (conflict.IdentifierKind, conflict.Identifier, conflict.Fields, conflict.ScriptVersionId),
        (conflict.EmailOwnerId, conflict.PhoneOwnerId, conflict.UserNameOwnerId, conflict.LegacyIdOwnerId),
        (conflict.Email, conflict.EmailConfirmed, conflict.NormalizedPhoneNumber, conflict.UserName, conflict.Name));
}
