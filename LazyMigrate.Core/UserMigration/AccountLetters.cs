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

    /// <summary>To whoever has registered.</summary>
    public Letter ConfirmEmail(string to, string ticket) => new(
        to,
        $"Confirm your address for {links.SiteName}",
        [$"Somebody, probably you, created an account at {links.SiteName} with this address. The link is good for one day, and asks for the password that was chosen."],
        "If it was not you, ignore this mail: the address is then not confirmed. Or follow the link and choose a password of your own: the account is then yours alone.")
    {
        LinkText = "Confirm the address",
        Link = links.ConfirmEmail(ticket),
    };

    /// <summary>To whoever registers where the page does not tell whether an address was free: it was.</summary>
    public Letter FinishRegistration(string to, string ticket) => new(
        to,
        $"Create your account at {links.SiteName}",
        [$"Somebody, probably you, wants to create an account at {links.SiteName} with this address. The link is good for one day, and asks for the password that was chosen."],
        "If it was not you, ignore this mail: no account is created.")
    {
        LinkText = "Create the account",
        Link = links.ConfirmEmail(ticket),
    };

    /// <summary>The address was not free.</summary>
    public Letter AlreadyHere(string to) => new(
        to,
        $"You already have an account at {links.SiteName}",
        [$"Somebody, probably you, wanted to create an account at {links.SiteName} with this address. There is one already: log in with it. If you forgot the password, the log-in page helps."],
        "If it was not you, ignore this mail: nothing has changed.")
    {
        LinkText = "Log in",
        Link = links.LogIn,
    };

    /// <summary>The address belongs to somebody who is not moved yet.</summary>
    public Letter AlreadyInLegacy(string to) => AlreadyHere(to) with
    {
        Sentences = [$"Somebody, probably you, wanted to create an account at {links.SiteName} with this address. You already have one: log in with the password you have always used."],
    };

    /// <summary>To the new address of somebody who changes it.</summary>
    public Letter ChangeEmail(string to, string ticket) => new(
        to,
        $"Confirm your new address for {links.SiteName}",
        [$"Somebody, probably you, wants to use this address for an account at {links.SiteName}. The link is good for one day, and asks for the password of that account."],
        "If it was not you, ignore this mail: nothing changes.")
    {
        LinkText = "Use this address",
        Link = links.ConfirmEmail(ticket),
    };

    /// <summary>To the address that is no longer used.</summary>
    public Letter EmailChanged(string to) => new(
        to,
        $"Your address at {links.SiteName} was changed",
        [$"Your account at {links.SiteName} has a new e-mail address now, and this one can no longer be used to log in."],
        "If it was not you, tell whoever runs the site at once.");
}
