using System.Globalization;
using System.Linq.Expressions;
using System.Text;
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
            .Skip(Math.Clamp(request.Page, 0, int.MaxValue / size) * size)
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
                user.IsDisabled,
                user.MustChangePassword,
                user.TwoFactorEnabled))
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

    /// <summary>The first roles of users by name, to choose from; none of the console's.</summary>
    public async Task<IReadOnlyList<string>> ListRolesAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var roles = await context.Roles
            .OrderBy(role => role.NormalizedName)
            .Take(LargestPage)
            .Select(role => new { role.Name, role.NormalizedName })
            .ToListAsync(cancellationToken);
        return [.. roles.Where(role => !ConsoleRoles.Contain(role.NormalizedName!)).Select(role => role.Name!)];
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

    /// <summary>How many users are people of a legacy database: moved, imported or linked.</summary>
    /// <param name="customDatabaseId">Of which; null for any.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<int> CountMovedAsync(Guid? customDatabaseId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.CountAsync(user => user.LegacyId != null && (customDatabaseId == null || user.CustomDatabaseId == customDatabaseId), cancellationToken);
    }

    private static IQueryable<AppUser> Filter(IQueryable<AppUser> users, UserListRequest request)
    {
        if (request.Origin is { } origin)
        {
            users = users.Where(user => user.Origin == origin);
        }

        if (request.MustChangePassword)
        {
            users = users.Where(user => user.MustChangePassword);
        }

        if (request.HasSecondFactor)
        {
            users = users.Where(user => user.TwoFactorEnabled);
        }

        if (request.IsDisabled)
        {
            users = users.Where(user => user.IsDisabled);
        }

        var search = request.Search?.Trim();
        if (string.IsNullOrEmpty(search))
        {
            return users;
        }

        // A lone surrogate is in nobody's name, and PostgreSQL has no text that holds a zero.
        if (search.Contains('\0') || search.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            return users.Where(_ => false);
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
                return IdentifierParser.CanonicalEmail(exact) is { } email ? users.Where(user => user.NormalizedEmail == email) : users.Where(_ => false);
            case "phone":
                return IdentifierParser.CanonicalPhone(exact) is { } number ? users.Where(user => user.NormalizedPhoneNumber == number) : users.Where(_ => false);
            case "username":
                return IdentifierParser.CanonicalUserName(exact) is { } userName ? users.Where(user => user.NormalizedUserName == userName) : users.Where(_ => false);
        }

        return WithPrefix(users, search);
    }

    // One pass over the table: 10 to 90 ms with 100,000 users, on SQLite and on PostgreSQL. Indexes would not help while names
    // are searched, too: they are in other columns, and case matters to an index.
    private static IQueryable<AppUser> WithPrefix(IQueryable<AppUser> users, string search)
    {
        var lower = search.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        if (search.Contains('@', StringComparison.Ordinal))
        {
            return users.Where(user => user.NormalizedEmail!.StartsWith(lower));
        }

        if (search.StartsWith('+'))
        {
            var digits = "+" + new string(search.Where(char.IsAsciiDigit).ToArray());
            return users.Where(user => user.NormalizedPhoneNumber!.StartsWith(digits));
        }

#pragma warning disable CA1304, CA1311, CA1862 // Translated to SQL, which knows only the forms without a culture.
        if (Ascii.IsValid(lower))
        {
            return users.Where(user =>
                user.NormalizedEmail!.StartsWith(lower)
                || user.NormalizedUserName!.StartsWith(lower)
                || user.Name!.ToLower().StartsWith(lower)
                || user.FamilyName!.ToLower().StartsWith(lower));
        }

        // SQLite ignores the case of ASCII letters only, so "özge" is also looked for as "Özge".
        var title = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(lower);
        return users.Where(user =>
            user.NormalizedEmail!.StartsWith(lower)
            || user.NormalizedUserName!.StartsWith(lower)
            || user.Name!.StartsWith(search)
            || user.Name!.StartsWith(title)
            || user.Name!.ToLower().StartsWith(lower)
            || user.FamilyName!.StartsWith(search)
            || user.FamilyName!.StartsWith(title)
            || user.FamilyName!.ToLower().StartsWith(lower));
#pragma warning restore CA1304, CA1311, CA1862
    }

    private static IQueryable<AppUser> Sort(IQueryable<AppUser> users, UserListRequest request)
    {
        (Expression<Func<AppUser, object?>> key, Expression<Func<AppUser, bool>>? isMissing) = request.Order switch
        {
            UserListOrder.Email => (user => user.NormalizedEmail, user => user.NormalizedEmail == null),
            UserListOrder.UserName => (user => user.NormalizedUserName, user => user.NormalizedUserName == null),
            UserListOrder.Name => (user => user.Name, user => user.Name == null),
            UserListOrder.MigratedAt => (user => user.MigratedAt, user => user.MigratedAt == null),
            UserListOrder.LastLoginAt => (user => user.LastLoginAt, user => user.LastLoginAt == null),
            _ => ((Expression<Func<AppUser, object?>>)(user => user.CreatedAt), (Expression<Func<AppUser, bool>>?)null),
        };

        // Who has none comes last in either direction. SQLite would put them first when ascending, PostgreSQL when descending.
        var sorted = isMissing is null
            ? request.Descending ? users.OrderByDescending(key) : users.OrderBy(key)
            : request.Descending ? users.OrderBy(isMissing).ThenByDescending(key) : users.OrderBy(isMissing).ThenBy(key);

        // The id breaks ties, or a row could appear on two pages.
        return request.Descending ? sorted.ThenByDescending(user => user.Id) : sorted.ThenBy(user => user.Id);
    }
}
