using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users;

/// <summary>Replaces Identity's validator: a user needs any one identifier, not a user name, and each must have a canonical form.</summary>
public sealed class AppUserValidator(IdentityErrorDescriber describer) : IUserValidator<AppUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user)
    {
        var errors = new List<IdentityError>();
        if (user is { Email: null, UserName: null, PhoneNumber: null })
        {
            errors.Add(new IdentityError { Code = "IdentifierMissing", Description = "Give an e-mail address, a phone number or a user name." });
        }

        if (user.Email is not null && IdentifierParser.CanonicalEmail(user.Email) is null)
        {
            errors.Add(describer.InvalidEmail(user.Email));
        }

        if (user.UserName is not null && IdentifierParser.CanonicalUserName(user.UserName) is null)
        {
            errors.Add(describer.InvalidUserName(user.UserName));
        }

        if (user.PhoneNumber is not null && IdentifierParser.CanonicalPhone(user.PhoneNumber) is null)
        {
            errors.Add(new IdentityError { Code = "InvalidPhoneNumber", Description = "Write the phone number internationally, for example +49 30 901820." });
        }

        return Task.FromResult(errors.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. errors]));
    }
}
