using LazyMigrate.Core.Mail;
using Microsoft.AspNetCore.WebUtilities;

namespace LazyMigrate.Web.Components.Account;

/// <summary>The URLs of the hosted pages.</summary>
internal static class AccountUrls
{
    /// <summary>Where <c>/</c> goes on to depends on who asks.</summary>
    public const string Start = "/";

    public const string Setup = "/setup";
    public const string Account = "/account";
    public const string LogIn = AccountLinks.LogInPath;
    public const string SecondFactor = "/account/login/second-factor";
    public const string LogOut = "/account/logout";
    public const string ForgotPassword = AccountLinks.ForgotPasswordPath;
    public const string ResetPassword = AccountLinks.ResetPasswordPath;
    public const string ConfirmEmail = AccountLinks.ConfirmEmailPath;
    public const string Profile = "/account/profile";
    public const string Register = "/account/register";
    public const string ChangePassword = "/account/change-password";
    public const string Denied = "/account/denied";
    public const string Error = "/error";
    public const string NotFound = "/not-found";

    /// <summary>What is shown in place of an answer that has a status and no body.</summary>
    public const string Problem = "/problem/{Status:int}";

    /// <summary><see cref="Problem"/> as the status code pages format it.</summary>
    public const string ProblemFormat = "/problem/{0}";

    public const string Console = "/admin";
    public const string ConsoleWelcome = "/admin/welcome";

    /// <summary>The name of the query value that says where to go afterwards. It is read through <see cref="Security.ReturnUrl"/> only.</summary>
    public const string ReturnUrlName = "returnUrl";

    /// <summary>The name of the query value that the log-in page's first field is filled with.</summary>
    public const string IdentifierName = "identifier";

    /// <summary>The name of the query value that a link in a mail carries its ticket in.</summary>
    public const string TicketName = AccountLinks.TicketName;

    /// <summary>The name of the query value that asks for a new password in place of the one chosen at registration.</summary>
    public const string ChooseName = "choose";

    public static string ConfirmEmailWith(string ticket, bool isChoosing) =>
        QueryHelpers.AddQueryString(ConfirmEmail, isChoosing ? new Dictionary<string, string?> { [TicketName] = ticket, [ChooseName] = "true" } : new Dictionary<string, string?> { [TicketName] = ticket });

    public static string LogInWith(string? returnUrl, string? identifier = null) => With(LogIn, returnUrl, identifier);

    public static string SecondFactorWith(string? returnUrl) => With(SecondFactor, returnUrl, identifier: null);

    public static string ForgotPasswordWith(string? returnUrl) => With(ForgotPassword, returnUrl, identifier: null);

    public static string RegisterWith(string? returnUrl) => With(Register, returnUrl, identifier: null);

    public static string ChangePasswordWith(string? returnUrl) => With(ChangePassword, returnUrl, identifier: null);

    private static string With(string path, string? returnUrl, string? identifier)
    {
        var query = new Dictionary<string, string?>();
        if (!string.IsNullOrEmpty(identifier))
        {
            query[IdentifierName] = identifier;
        }

        if (Security.ReturnUrl.IsLocal(returnUrl))
        {
            query[ReturnUrlName] = returnUrl;
        }

        return QueryHelpers.AddQueryString(path, query);
    }
}
