using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users;

/// <summary>A person. At least one of e-mail, phone number and user name is set; each is unique by its canonical form.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public const int NameLength = 256;
    public const int LegacyIdLength = 256;
    public const int CustomDataLength = 65_536;

    public AppUser()
    {
        Id = Guid.CreateVersion7();
        SecurityStamp = Guid.NewGuid().ToString("N");
        LockoutEnabled = true;
    }

    /// <summary>The canonical form of <see cref="IdentityUser{TKey}.PhoneNumber"/>: E.164.</summary>
    public string? NormalizedPhoneNumber { get; set; }

    public UserOrigin Origin { get; init; }

    /// <summary>The custom database that the person came from; null for everyone else.</summary>
    public Guid? CustomDatabaseId { get; init; }

    /// <summary>The person's key in that legacy database. It never changes.</summary>
    public string? LegacyId { get; init; }

    /// <summary>Whether the user was here before they got a legacy id: by an administrator's word, or by a first password (row 5 of docs/flows.md).</summary>
    public bool IsLinked => LegacyId is not null && Origin is not (UserOrigin.Migrated or UserOrigin.Imported);

    /// <summary>When the move was committed.</summary>
    public DateTimeOffset? MigratedAt { get; init; }

    /// <summary>Which version of the log-in script accepted the person.</summary>
    public Guid? MigratedByVersionId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastLoginAt { get; set; }

    /// <summary>Disabled by an administrator, or blocked in the legacy database before the move.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>Moved with a password that the rules for new ones refuse: nothing else can be done before it is changed.</summary>
    public bool MustChangePassword { get; set; }

    public string? Name { get; set; }

    public string? Nickname { get; set; }

    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    public string? Picture { get; set; }

    public string? Gender { get; set; }

    public string? Birthdate { get; set; }

    public string? Locale { get; set; }

    public string? ZoneInfo { get; set; }

    public string? Address { get; set; }

    public string? Company { get; set; }

    public string? Website { get; set; }

    /// <summary>What the legacy database knew beyond the fields above: one JSON object, or null.</summary>
    public string? CustomDataJson { get; set; }

    /// <summary>How the person is called on a page: the first of name, nickname, e-mail, user name and phone number that is set.</summary>
    public string DisplayName => Name ?? Nickname ?? Email ?? UserName ?? PhoneNumber ?? Id.ToString();
}
