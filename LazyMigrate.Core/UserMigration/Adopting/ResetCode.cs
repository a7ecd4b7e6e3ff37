using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>How the endpoints of <c>MapIdentityApi</c> write a token in a mail.</summary>
internal static class ResetCode
{
    public static string Of(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    /// <returns>The token, or null when it is no code.</returns>
    public static string? Read(string? code)
    {
        try
        {
            return string.IsNullOrEmpty(code) ? null : Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
