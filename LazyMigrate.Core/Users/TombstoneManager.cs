using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Users;

/// <summary>What administrators do with <see cref="Tombstone"/>s.</summary>
public sealed class TombstoneManager(IDbContextFactory<AppDbContext> contexts, ActivityFactory activity)
{
    /// <summary>How many a page of <see cref="ListAsync"/> has.</summary>
    public const int PageSize = 50;

    /// <summary>The latest first.</summary>
    /// <param name="identifier">Only those of this person; null for all.</param>
    /// <param name="page">From 0, of <see cref="PageSize"/> each.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<IReadOnlyList<Tombstone>> ListAsync(UserIdentifier? identifier = null, int page = 0, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(context.Tombstones.AsNoTracking(), identifier)
            .OrderByDescending(stone => stone.DeletedAt)
            .ThenByDescending(stone => stone.Id)
            .Skip(Math.Clamp(page, 0, int.MaxValue / PageSize) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
    }

    /// <summary>How many there are.</summary>
    public async Task<int> CountAsync(UserIdentifier? identifier = null, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(context.Tombstones, identifier).CountAsync(cancellationToken);
    }

    /// <summary>Lets the person come back: by a log-in, if the legacy database knows them, or by registering.</summary>
    /// <returns>False when there is no such tombstone.</returns>
    public async Task<bool> LiftAsync(Guid id, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Tombstones.FirstOrDefaultAsync(stone => stone.Id == id, cancellationToken) is not { } found)
        {
            return false;
        }

        context.Remove(found);
        if (found.LegacyId is not null)
        {
            // The others of the same person: of who was linked there is one with the legacy person's identifiers, too.
            context.RemoveRange(await context.Tombstones
                .Where(stone => stone.Id != id && stone.LegacyId == found.LegacyId && stone.CustomDatabaseId == found.CustomDatabaseId)
                .ToListAsync(cancellationToken));
        }

        context.Add(activity.Create(
            ActivityKinds.TombstoneLifted,
            actor,
            subjectName: found.NormalizedEmail ?? found.NormalizedUserName ?? found.NormalizedPhoneNumber,
            customDatabaseId: found.CustomDatabaseId));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else has just lifted it.
            return false;
        }
    }

    /// <summary>Those of a person whom the legacy database has accepted: any of the identifiers, or the legacy id.</summary>
    internal static IQueryable<Tombstone> Of(IQueryable<Tombstone> stones, AppUser user, string? legacyId) => stones.Where(
        stone => (user.NormalizedEmail != null && stone.NormalizedEmail == user.NormalizedEmail)
            || (user.NormalizedPhoneNumber != null && stone.NormalizedPhoneNumber == user.NormalizedPhoneNumber)
            || (user.NormalizedUserName != null && stone.NormalizedUserName == user.NormalizedUserName)
            || (legacyId != null && stone.LegacyId == legacyId && stone.CustomDatabaseId == user.CustomDatabaseId));

    internal static IQueryable<Tombstone> Of(IQueryable<Tombstone> stones, UserIdentifier? identifier) => identifier switch
    {
        null => stones,
        { Kind: IdentifierKind.Email } => stones.Where(stone => stone.NormalizedEmail == identifier.Canonical),
        { Kind: IdentifierKind.Phone } => stones.Where(stone => stone.NormalizedPhoneNumber == identifier.Canonical),
        _ => stones.Where(stone => stone.NormalizedUserName == identifier.Canonical),
    };
}
