using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Security;

internal static class NewUserRules
{
    /// <summary>Everything that is wrong with what somebody typed to become a user. Creating tells the first problem only.</summary>
    public static async Task<IdentityResult> ValidateNewAsync(this UserManager<AppUser> users, AppUser user, string password)
    {
        var errors = new List<IdentityError>();
        foreach (var validator in users.UserValidators)
        {
            errors.AddRange((await validator.ValidateAsync(users, user)).Errors);
        }

        foreach (var validator in users.PasswordValidators)
        {
            errors.AddRange((await validator.ValidateAsync(users, user, password)).Errors);
        }

        return errors.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. errors]);
    }
}
