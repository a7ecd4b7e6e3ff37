using LazyMigrate.Core.Users;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted to log in.</summary>
internal sealed class LoginForm
{
    public const int LongestIdentifier = 254;

    public string Identifier { get; set; } = "";

    public string Password { get; set; } = "";

    public bool RememberMe { get; set; }

    /// <summary>What the field is filled with: what is too long to be anybody's identifier is not sent back.</summary>
    public string ShownIdentifier => Identifier.Length <= LongestIdentifier ? Identifier : "";

    /// <summary>Signs in, or not: a refusal comes at a time that does not tell its reason.</summary>
    public async Task<SignInResult> LogInAsync(SignInManager<AppUser> signIn, FailureDelay delay)
    {
        // What is too long is refused like everything that can be nobody's.
        var result = await signIn.PasswordSignInAsync(Identifier, Password, RememberMe, lockoutOnFailure: true);
        if (!result.Succeeded && !result.RequiresTwoFactor)
        {
            await delay.WaitAsync();
        }

        return result;
    }
}
