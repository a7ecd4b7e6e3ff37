using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.Mail;

/// <summary>The links that mails hold. They begin with the configured origin, never with the host of a request, which anybody can choose.</summary>
public sealed class AccountLinks(IOptions<MailOptions> options)
{
    public const string LogInPath = "/account/login";
    public const string ForgotPasswordPath = "/account/forgot-password";
    public const string ResetPasswordPath = "/account/reset-password";
    public const string ConfirmEmailPath = "/account/confirm-email";

    /// <summary>The name of the query value that holds a ticket.</summary>
    public const string TicketName = "ticket";

    /// <summary>How this server is called in a mail, for example <c>login.example.org</c>.</summary>
    public string SiteName => new Uri(Origin).Host;

    public string LogIn => Origin + LogInPath;

    private string Origin => options.Value.PublicOrigin?.TrimEnd('/') ?? throw new InvalidOperationException("MailOptions.PublicOrigin is not set: mails cannot hold links.");

    public string ResetPassword(string ticket) => With(ResetPasswordPath, ticket);

    public string ConfirmEmail(string ticket) => With(ConfirmEmailPath, ticket);

    private string With(string path, string ticket) => QueryHelpers.AddQueryString(Origin + path, TicketName, ticket);
}
