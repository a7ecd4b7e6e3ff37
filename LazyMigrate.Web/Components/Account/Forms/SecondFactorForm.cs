using LazyMigrate.Core.UserMigration;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted after the password, by whoever has a second factor.</summary>
internal sealed class SecondFactorForm
{
    public const int LongestCode = 16;

    public string Code { get; set; } = "";

    /// <summary>Signs in, or not: wrong codes come back at a time that does not tell how wrong they are.</summary>
    public async Task<SignInResult> LogInAsync(MigratingSignInManager signIn, FailureDelay delay)
    {
        var result = await signIn.TwoFactorAuthenticatorSignInAsync(Code, isPersistent: false, rememberClient: false);
        if (!result.Succeeded)
        {
            await delay.WaitAsync();
        }

        return result;
    }
}
