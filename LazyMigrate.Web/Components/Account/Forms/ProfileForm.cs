using LazyMigrate.Core.UserMigration.Registering;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted to change one's e-mail address or user name.</summary>
internal sealed class ProfileForm
{
    public string Email { get; set; } = "";

    public string UserName { get; set; } = "";

    public string Current { get; set; } = "";

    public static FormErrors NoErrors() => new(nameof(Email), nameof(UserName), nameof(Current));

    public static ProfileForm Of(AppUser user) => new() { Email = user.Email ?? "", UserName = user.UserName ?? "" };

    /// <summary>Changes what differs. An empty field leaves what was there.</summary>
    /// <returns>Whether a mail was sent, and what is wrong.</returns>
    public async Task<(bool IsMailed, FormErrors Errors)> ChangeAsync(ProfileChange change, AppUser user)
    {
        var errors = NoErrors();
        try
        {
            switch (await change.CheckPasswordAsync(user, Current, CancellationToken.None))
            {
                case null:
                    errors.Add(LoginRefusal.TooManyAttempts);
                    return (false, errors);
                case false:
                    errors.Add(nameof(Current), FormErrors.WrongCurrent);
                    return (false, errors);
            }
        }
        catch (HashingBusyException)
        {
            errors.Add(NotNow);
            return (false, errors);
        }

        if (UserName.Trim() is { Length: > 0 } userName && userName != user.UserName)
        {
            var result = await change.SetUserNameAsync(user, userName);
            AddUserName(errors, result);
        }

        if (!errors.Any && Email.Trim() is { Length: > 0 } email && email != user.Email)
        {
            var (isMailed, result) = await change.ChangeEmailAsync(user, email, CancellationToken.None);
            AddEmail(errors, result);
            return (isMailed, errors);
        }

        return (false, errors);
    }

    private static void AddUserName(FormErrors errors, IdentityResult result)
    {
        if (result.Succeeded)
        {
            return;
        }

        switch (result.Errors.First().Code)
        {
            case nameof(IdentityErrorDescriber.InvalidUserName):
                errors.Add(nameof(UserName), "Use letters of one alphabet, digits and . _ - only.");
                break;
            case nameof(IdentityErrorDescriber.DuplicateUserName):
                errors.Add(nameof(UserName), "Somebody else has this user name.");
                break;
            default:
                errors.Add(NotNow);
                break;
        }
    }

    private static void AddEmail(FormErrors errors, IdentityResult result)
    {
        if (result.Succeeded)
        {
            return;
        }

        switch (result.Errors.First().Code)
        {
            case nameof(IdentityErrorDescriber.InvalidEmail):
                errors.Add(nameof(Email), "Enter an e-mail address such as anna@example.org.");
                break;
            case nameof(IdentityErrorDescriber.DuplicateEmail):
                errors.Add(nameof(Email), "Somebody else has this e-mail address.");
                break;
            default:
                errors.Add(NotNow);
                break;
        }
    }

    private const string NotNow = "This change is not possible right now. Please try again in a few minutes.";
}
