using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted to change one's password.</summary>
internal sealed class ChangePasswordForm
{
    public string Current { get; set; } = "";

    public string Password { get; set; } = "";

    public static FormErrors NoErrors() => new(nameof(Current), nameof(Password));

    public async Task<FormErrors> ChangeAsync(MigratingSignInManager signIn, AppUser user)
    {
        var errors = NoErrors();
        if (Password == Current)
        {
            errors.Add(nameof(Password), "Choose another password than the current one.");
            return errors;
        }

        try
        {
            if (Current.Length > LocalPasswordHasher.LongestPassword)
            {
                errors.Add(nameof(Current), FormErrors.WrongCurrent);
            }
            else if (await signIn.ChangePasswordAsync(user, Current, Password) is { } result)
            {
                errors.Add(result);
            }
            else
            {
                errors.Add(LoginRefusal.TooManyAttempts);
            }
        }
        catch (HashingBusyException)
        {
            errors.Add("This is not possible right now. Please try again in a few minutes.");
        }

        return errors;
    }
}
