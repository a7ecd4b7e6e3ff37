using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted to log in.</summary>
internal sealed class LoginForm
{
    public const int LongestIdentifier = 254;

    /// <summary>A legacy password may be longer than a new one; beyond this it is no password, and is not hashed.</summary>
    public const int LongestPassword = 4096;

    public string Identifier { get; set; } = "";

    public string Password { get; set; } = "";

    public bool RememberMe { get; set; }

    /// <summary>What the field is filled with: what is too long to be anybody's identifier is not sent back.</summary>
    public string ShownIdentifier => Identifier.Length <= LongestIdentifier ? Identifier : "";

    public async Task<SignInResult> LogInAsync(SignInManager<AppUser> signIn) =>
        Identifier.Length <= LongestIdentifier && Password.Length <= LongestPassword
            ? await signIn.PasswordSignInAsync(Identifier, Password, RememberMe, lockoutOnFailure: true)
            : SignInResult.Failed;
}
