using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Security;

/// <summary>What a new password must be: long enough, not absurdly long, none of those guessed first, and not the person's own address or name.</summary>
internal sealed class PasswordRules : IPasswordValidator<AppUser>
{
    public const int ShortestLength = 8;
    public const int LongestLength = 256;

    /// <summary>The rules as a person is told them before typing.</summary>
    public static string Sentence => $"At least {ShortestLength} characters.";

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password)
    {
        if (password is { Length: > LongestLength })
        {
            return Failed("PasswordTooLong", $"Use at most {LongestLength} characters.");
        }

        if (password is not null && new[] { user.Email, user.UserName }.Contains(password, StringComparer.OrdinalIgnoreCase))
        {
            return Failed("PasswordIsIdentifier", "Do not use your e-mail address or user name as the password.");
        }

        // One that is too short is told so.
        if (password is { Length: >= ShortestLength } && CommonPasswords.Contain(password))
        {
            return Failed("PasswordCommon", "This password is one of those that are guessed first. Choose another.");
        }

        return Task.FromResult(IdentityResult.Success);
    }

    private static Task<IdentityResult> Failed(string code, string description) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = code, Description = description }));
}
