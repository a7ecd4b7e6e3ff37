using System.Text.Json.Serialization;

namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>A person as the legacy database describes them, after the script's answer was checked field by field.</summary>
/// <remarks>Field names and their aliases: docs/scripts.md, "The profile". Identifiers are as given; they are made canonical where users are.</remarks>
public sealed record LegacyProfile
{
    /// <summary>The key in the legacy database: not empty, at most 256 characters.</summary>
    public required string Id { get; init; }

    public string? Email { get; init; }

    public bool EmailVerified { get; init; }

    public string? Phone { get; init; }

    public bool PhoneVerified { get; init; }

    public string? Username { get; init; }

    public string? Name { get; init; }

    public string? Nickname { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? Picture { get; init; }

    public string? Gender { get; init; }

    public string? Birthdate { get; init; }

    public string? Locale { get; init; }

    public string? ZoneInfo { get; init; }

    public string? Address { get; init; }

    public string? Company { get; init; }

    public string? Website { get; init; }

    public bool Blocked { get; init; }

    public long? LoginsCount { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public DateTimeOffset? SignedUp { get; init; }

    /// <summary>As the script gave them; which of them count is the custom database's setting.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The secret of the person's authenticator app, out of <c>mfa_factors</c>; null where they have none.</summary>
    [JsonIgnore]
    public LegacyTotp? Totp { get; init; }

    /// <summary>Whether the profile has the field <c>mfa_factors</c> at all, be it null or empty: whoever has none is then known to have none.</summary>
    [JsonIgnore]
    public bool NamesSecondFactors { get; init; }

    /// <summary>Whether there is a second factor, for output without the secret.</summary>
    public bool? HasTotp => Totp is null ? null : true;

    /// <summary>Everything else the script gave, one JSON object of at most 64 KB, or null.</summary>
    public string? CustomDataJson { get; init; }

    /// <summary><c>app_metadata</c>, one JSON object, or null.</summary>
    public string? AppMetadataJson { get; init; }
}

/// <summary>What is wrong with, or was left out of, a profile.</summary>
/// <param name="Field">The field's name as the script gave it.</param>
/// <param name="Message">One sentence for the administrator; never the field's value.</param>
/// <param name="IsFatal">Whether nobody can be moved with it; otherwise it is a note.</param>
public sealed record ProfileProblem(string Field, string Message, bool IsFatal);
