using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>An application's store of users, by the interfaces of Identity; of Entity Framework it takes the transaction that makes a move whole.</summary>
internal sealed class AdoptedStore<TUser>(IUserStore<TUser> store, ILookupNormalizer normalizer)
    where TUser : class
{
    public IUserStore<TUser> Users => store;

    public IUserEmailStore<TUser> Emails => (IUserEmailStore<TUser>)store;

    public IUserLoginStore<TUser> Logins => (IUserLoginStore<TUser>)store;

    public IUserPasswordStore<TUser> Passwords => (IUserPasswordStore<TUser>)store;

    public DbContext Context => ContextOf(store)!;

    /// <summary>What this store lacks.</summary>
    public IEnumerable<string> FindProblems()
    {
        var missing = new List<string>();
        missing.AddRange(store is IUserLoginStore<TUser> ? [] : [nameof(IUserLoginStore<TUser>)]);
        missing.AddRange(store is IUserPasswordStore<TUser> ? [] : [nameof(IUserPasswordStore<TUser>)]);
        missing.AddRange(store is IUserEmailStore<TUser> ? [] : [nameof(IUserEmailStore<TUser>)]);
        missing.AddRange(store is IQueryableUserStore<TUser> ? [] : [nameof(IQueryableUserStore<TUser>)]);
        if (missing.Count > 0)
        {
            yield return $"The user store {store.GetType().Name} does not implement {string.Join(", ", missing)}: the link to the legacy id and the password could not be stored.";
        }

        if (ContextOf(store) is null)
        {
            yield return $"The user store {store.GetType().Name} is not one of Entity Framework (AddEntityFrameworkStores): user and legacy id could not be stored in one transaction.";
        }
    }

    public Task<TUser?> FindByNameAsync(string name) => store.FindByNameAsync(normalizer.NormalizeName(name), CancellationToken.None);

    public Task<TUser?> FindByLinkAsync(LegacyLink link) => Logins.FindByLoginAsync(link.Provider, link.Key, CancellationToken.None);

    /// <summary>Who has an address; at most two, because Identity's index on it is not unique.</summary>
    public Task<List<TUser>> FindByEmailAsync(string email)
    {
        var normalized = normalizer.NormalizeEmail(email);
        return ((IQueryableUserStore<TUser>)store).Users
            .Where(user => EF.Property<string?>(user, nameof(IdentityUser.NormalizedEmail)) == normalized)
            .Take(2)
            .ToListAsync();
    }

    /// <summary>The key of the user's row in the legacy database, or null for whoever does not come from there.</summary>
    public async Task<string?> LegacyKeyOfAsync(TUser user, string provider) =>
        (await Logins.GetLoginsAsync(user, CancellationToken.None)).FirstOrDefault(login => login.LoginProvider == provider)?.ProviderKey;

    private static DbContext? ContextOf(IUserStore<TUser> store) =>
        store.GetType().GetProperties().FirstOrDefault(property => property.Name == "Context" && typeof(DbContext).IsAssignableFrom(property.PropertyType))?.GetValue(store) as DbContext;
}
