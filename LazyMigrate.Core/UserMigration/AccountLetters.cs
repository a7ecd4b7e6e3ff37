using LazyMigrate.Core.Mail;

namespace LazyMigrate.Core.UserMigration;

/// <summary>The mails that people get. None says more than its reader may know: it is only the owner of the address who reads it.</summary>
public sealed class AccountLetters(AccountLinks links)
{
    /// <summary>To whoever asked for a new password.</summary>
    public Letter ResetPassword(string to, string ticket) => new(
        to,
        $"Choose a new password for {links.SiteName}",
        [$"Somebody, probably you, asked for a new password for your account at {links.SiteName}. The link is good for one hour and can be used once."],
        "If it was not you, ignore this mail: nothing changes, and your password stays as it is.")
    {
        LinkText = "Choose a new password",
        Link = links.ResetPassword(ticket),
    };
}
