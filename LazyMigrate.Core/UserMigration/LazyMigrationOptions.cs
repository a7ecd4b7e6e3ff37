namespace LazyMigrate.Core.UserMigration;

/// <summary>Section <c>LazyMigrate:Migration</c>.</summary>
public sealed class LazyMigrationOptions
{
    public const string Section = "LazyMigrate:Migration";

    /// <summary>The country, as two letters (ISO 3166), that phone numbers typed without <c>+</c> are read in. None by default: a wrong guess would be somebody else's number.</summary>
    public string? PhoneRegion { get; set; }

    /// <summary>What scripts see as <c>context.userPoolName</c>.</summary>
    public string UserPoolName { get; set; } = "LazyMigrate";

    /// <summary>What becomes of whoever is moved with a password that the rules for new ones refuse. Changing it is asked for by default: it was good enough for the legacy database only.</summary>
    public WeakPasswordPolicy WeakPasswords { get; set; } = WeakPasswordPolicy.RequireChange;
}

/// <summary>What becomes of whoever is moved with a password that the rules for new ones refuse.</summary>
public enum WeakPasswordPolicy
{
    /// <summary>Moved and signed in, and must change it before anything else.</summary>
    RequireChange,

    /// <summary>Moved and signed in.</summary>
    Accept,
}
