using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Users;

/// <summary>Makes the first administrator, once.</summary>
public sealed class FirstAdministrator(UserManager<AppUser> users, RoleManager<AppRole> roles, AppDbContext context, ActivityFactory activity, TimeProvider time)
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

        if (await roles.FindByNameAsync(ConsoleRoles.Owner) is not { } owner)
        {
            owner = new AppRole(ConsoleRoles.Owner);
            var created = await roles.CreateAsync(owner);
            if (!created.Succeeded)
            {
                return (null, created);
            }
        }

        // Stored by the same save as the user: a process that dies in between leaves no user without the role, whose address
        // would then be taken.
        var user = new AppUser { Email = email.Trim(), EmailConfirmed = true, Origin = UserOrigin.CreatedByAdmin, CreatedAt = time.GetUtcNow() };
        var link = context.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = owner.Id });
        var told = context.Add(activity.Create(ActivityKinds.SetupCompleted, subjectId: user.Id, subjectName: users.NormalizeEmail(user.Email)));
        var result = await users.CreateAsync(user, password);
        if (result.Succeeded)
        {
            return (user, result);
        }

        link.State = EntityState.Detached;
        told.State = EntityState.Detached;
        return (null, result);
    }
}
