namespace LazyMigrate.Core.UserMigration;

/// <summary>Section <c>LazyMigrate:Migration</c>.</summary>
public sealed class LazyMigrationOptions
{
    public const string Section = "LazyMigrate:Migration";

    /// <summary>The country, as two letters (ISO 3166), that phone numbers typed without <c>+</c> are read in. None by default: a wrong guess would be somebody else's number.</summary>
    public string? PhoneRegion { get; set; }

    /// <summary>What scripts see as <c>context.userPoolName</c>.</summary>
    public string UserPoolName { get; set; } = "LazyMigrate";
}
