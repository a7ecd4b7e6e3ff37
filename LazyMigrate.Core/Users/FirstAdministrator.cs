using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users;

/// <summary>Makes the first administrator, once.</summary>
public sealed class FirstAdministrator(UserManager<AppUser> users, RoleManager<AppRole> roles, TimeProvider time)
{
    /// <summary>Whether there is an administrator.</summary>
    public async Task<bool> ExistsAsync() => (await users.GetUsersInRoleAsync(ConsoleRoles.Owner)).Count > 0;

    /// <summary>Creates the first administrator.</summary>
    /// <returns>The user, or what is wrong with the address or the password.</returns>
    public async Task<(AppUser? User, IdentityResult Result)> CreateAsync(string email, string password)
    {
        if (await ExistsAsync())
        {
            return (null, IdentityResult.Failed(new IdentityError { Code = "AdministratorExists", Description = "There is an administrator already. Log in instead." }));
        }

        if (!await roles.RoleExistsAsync(ConsoleRoles.Owner))
        {
            var created = await roles.CreateAsync(new AppRole(ConsoleRoles.Owner));
            if (!created.Succeeded)
            {
                return (null, created);
            }
        }

        var user = new AppUser { Email = email.Trim(), EmailConfirmed = true, Origin = UserOrigin.CreatedByAdmin, CreatedAt = time.GetUtcNow() };
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded)
        {
            return (null, result);
        }

        result = await users.AddToRoleAsync(user, ConsoleRoles.Owner);
        return result.Succeeded ? (user, result) : (null, result);
    }
}
