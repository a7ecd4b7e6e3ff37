using LazyMigrate.Core.UserMigration;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What a person is told whose log-in was refused.</summary>
internal static class LoginRefusal
{
    /// <summary>One sentence for whoever is unknown, typed a wrong password, is locked out, or cannot be moved: a stranger must not tell these apart.</summary>
    public const string UnknownOrWrong = "This account does not exist, or the password is wrong.";

    public const string Blocked = "This account cannot log in. Please ask support.";

    public const string TryAgainLater = "Logging in is not possible right now. Please try again in a few minutes.";

    /// <summary>Said of whoever exists and whoever does not.</summary>
    public const string TooManyAttempts = "There were too many attempts. Please try again later.";

    /// <summary>To whoever gave the right password.</summary>
    public const string TooManyCodesToday = "There were too many wrong codes today. Log in on a device where you have logged in before, ask support, or try again tomorrow.";

    /// <summary>To whoever took too long for the code, or whose password was changed meanwhile.</summary>
    public const string StartAgain = "This took too long. Please log in again.";

    public static string SentenceFor(SignInResult result) => (result as MigratingSignInResult)?.Refusal switch
    {
        SignInRefusal.Blocked => Blocked,
        SignInRefusal.TryAgainLater => TryAgainLater,
        SignInRefusal.TooManyAttempts => TooManyAttempts,
        SignInRefusal.TooManyCodesToday => TooManyCodesToday,
        SignInRefusal.StartAgain => StartAgain,
        _ => UnknownOrWrong,
    };
}
