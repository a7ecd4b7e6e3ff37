using System.Linq.Expressions;
using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Users;

/// <summary>Reads users for the console.</summary>
public sealed class UserQueries(IDbContextFactory<AppDbContext> contexts)
{
    private const int LargestPage = 200;

    public async Task<UserPage> ListAsync(UserListRequest request, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var users = Filter(context.Users.AsNoTracking(), request);
        var total = await users.CountAsync(cancellationToken);
        var size = Math.Clamp(request.PageSize, 1, LargestPage);
        var page = await Sort(users, request)
            .Skip(Math.Max(0, request.Page) * size)
            .Take(size)
            .Select(user => new UserListItem(
                user.Id,
                user.Name,
                user.Email,
                user.EmailConfirmed,
                user.UserName,
                user.PhoneNumber,
                user.Origin,
                user.CreatedAt,
                user.MigratedAt,
                user.LastLoginAt,
                user.IsDisabled))
            .ToListAsync(cancellationToken);
        return new UserPage(page, total);
    }

    /// <summary>One user, or null when there is none of that id.</summary>
    public async Task<UserDetail?> GetAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
        {
            return null;
        }

        var roles = await context.UserRoles
            .Where(link => link.UserId == id)
            .Join(context.Roles, link => link.RoleId, role => role.Id, (_, role) => role.Name!)
            .ToListAsync(cancellationToken);
        var database = await context.CustomDatabases
            .Where(database => database.Id == user.CustomDatabaseId)
            .Select(database => database.Name)
            .FirstOrDefaultAsync(cancellationToken);
        var version = await context.ScriptVersions
            .Where(version => version.Id == user.MigratedByVersionId)
            .Select(version => (int?)version.Number)
            .FirstOrDefaultAsync(cancellationToken);
        var hasPassword = user.PasswordHash is not null;
        user.PasswordHash = null;
        user.SecurityStamp = null;
        return new UserDetail(user, roles, hasPassword, database, version);
    }

    /// <summary>How many users there are of each origin.</summary>
    public async Task<IReadOnlyDictionary<UserOrigin, int>> CountByOriginAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users
            .GroupBy(user => user.Origin)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    private static IQueryable<AppUser> Filter(IQueryable<AppUser> users, UserListRequest request)
    {
        if (request.Origin is { } origin)
        {
            users = users.Where(user => user.Origin == origin);
        }

        var search = request.Search?.Trim();
        if (string.IsNullOrEmpty(search))
        {
            return users;
        }

        var colon = search.IndexOf(':', StringComparison.Ordinal);
        var exact = colon < 0 ? "" : search[(colon + 1)..].Trim();
        switch (colon < 0 ? "" : search[..colon].ToLowerInvariant())
        {
            case "id":
                return Guid.TryParse(exact, out var id) ? users.Where(user => user.Id == id) : users.Where(_ => false);
            case "legacy":
                return users.Where(user => user.LegacyId == exact);
            case "email":
                return users.Where(user => user.NormalizedEmail == IdentifierParser.CanonicalEmail(exact));
            case "phone":
                return users.Where(user => user.NormalizedPhoneNumber == IdentifierParser.CanonicalPhone(exact));
            case "username":
                return users.Where(user => user.NormalizedUserName == IdentifierParser.CanonicalUserName(exact));
        }

        // Canonical forms are lower case, so a prefix of theirs can use the unique indexes; names are compared as written.
        var canonical = search.Normalize().ToLowerInvariant();
        var phone = search.StartsWith('+') ? "+" + new string(search.Where(char.IsAsciiDigit).ToArray()) : canonical;
        return users.Where(user =>
            user.NormalizedEmail!.StartsWith(canonical)
            || user.NormalizedUserName!.StartsWith(canonical)
            || user.NormalizedPhoneNumber!.StartsWith(phone)
            || user.Name!.StartsWith(search)
            || user.FamilyName!.StartsWith(search));
    }

    private static IQueryable<AppUser> Sort(IQueryable<AppUser> users, UserListRequest request)
    {
        Expression<Func<AppUser, object?>> key = request.Order switch
        {
            UserListOrder.Email => user => user.NormalizedEmail,
            UserListOrder.UserName => user => user.NormalizedUserName,
            UserListOrder.Name => user => user.Name,
            UserListOrder.MigratedAt => user => user.MigratedAt,
            UserListOrder.LastLoginAt => user => user.LastLoginAt,
            _ => user => user.CreatedAt,
        };

        // The id breaks ties, or a row could appear on two pages.
        return request.Descending
            ? users.OrderByDescending(key).ThenByDescending(user => user.Id)
            : users.OrderBy(key).ThenBy(user => user.Id);
    }
}
