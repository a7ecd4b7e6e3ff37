namespace LazyMigrate.Core.UserMigration;

/// <summary>Section <c>LazyMigrate:Registration</c>: whether and how people register by themselves.</summary>
public sealed class RegistrationOptions
{
    public const string Section = "LazyMigrate:Registration";

    /// <summary>Whether people may register at all; administrators can create users in any case.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether the page answers everybody alike, "check your mail", so that nobody learns who has an account; the mail says which it was. Off by default: it needs mail, and people wait for it.</summary>
    public bool NeutralAnswers { get; set; }
}
