using LazyMigrate.Core.Scripting.Contracts;

namespace LazyMigrate.Core.Users;

/// <summary>Turns a legacy profile into a user. The profile is untrusted: only the fields here are taken, and identifiers only where they have a canonical form.</summary>
public static class LegacyProfileMapper
{
    /// <summary>Maps a profile that was returned for <paramref name="asked"/>.</summary>
    /// <param name="profile">As the contract read it.</param>
    /// <param name="asked">What the person typed; null in a dry run that asks by legacy id.</param>
    /// <param name="origin">Where the user comes from.</param>
    public static MappedProfile Map(LegacyProfile profile, UserIdentifier? asked, MappedOrigin origin)
    {
        var problems = new List<ProfileProblem>();
        var email = Canonical(profile.Email, IdentifierParser.CanonicalEmail, "email", "is not an e-mail address", problems);
        var phone = Canonical(profile.Phone, typed => IdentifierParser.CanonicalPhone(typed, origin.PhoneRegion), "phone", "is not an international phone number", problems);
        var userName = Canonical(profile.Username, IdentifierParser.CanonicalUserName, "username", "is not a user name that can be typed safely", problems);

        if (email is null && phone is null && userName is null)
        {
            problems.Add(new ProfileProblem("email", "The profile has no usable identifier: return email, phone or username.", IsFatal: true));
        }
        else if (asked is not null && asked.Canonical != asked.Kind switch { IdentifierKind.Email => email, IdentifierKind.Phone => phone, _ => userName })
        {
            var field = asked.Kind switch { IdentifierKind.Email => "email", IdentifierKind.Phone => "phone", _ => "username" };
            problems.Add(new ProfileProblem(field, $"The script was asked for one {field} and returned another, or none. Return the {field} that was asked for.", IsFatal: true));
        }

        var (roles, droppedRoles) = RoleMapping.Apply(origin.AllowedRoles, profile.Roles);
        if (droppedRoles.Count > 0)
        {
            problems.Add(new ProfileProblem("roles", $"{droppedRoles.Count} of {profile.Roles.Count} roles are not among the custom database's allowed roles and were left out.", IsFatal: false));
        }

        return new MappedProfile(
            new AppUser
            {
                Origin = UserOrigin.Migrated,
                CustomDatabaseId = origin.CustomDatabaseId,
                MigratedByVersionId = origin.ScriptVersionId,
                MigratedAt = origin.Now,
                CreatedAt = origin.Now,
                LegacyId = profile.Id,
                Email = email is null ? null : profile.Email!.Trim(),
                NormalizedEmail = email,
                EmailConfirmed = email is not null && profile.EmailVerified && origin.TrustsEmailVerified,
                PhoneNumber = phone,
                NormalizedPhoneNumber = phone,
                UserName = userName is null ? null : profile.Username!.Trim(),
                NormalizedUserName = userName,
                IsDisabled = profile.Blocked,
                Name = profile.Name,
                Nickname = profile.Nickname,
                GivenName = profile.GivenName,
                FamilyName = profile.FamilyName,
                Picture = profile.Picture,
                Gender = profile.Gender,
                Birthdate = profile.Birthdate,
                Locale = profile.Locale,
                ZoneInfo = profile.ZoneInfo,
                Address = profile.Address,
                Company = profile.Company,
                Website = profile.Website,
                CustomDataJson = profile.CustomDataJson,
                TwoFactorEnabled = profile.Totp is not null,
            },
            problems)
        {
            Roles = roles,
            DroppedRoles = droppedRoles,
            Totp = profile.Totp,
        };
    }

    private static string? Canonical(string? value, Func<string?, string?> canonical, string field, string complaint, List<ProfileProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var result = canonical(value);
        if (result is null)
        {
            problems.Add(new ProfileProblem(field, $"The profile's {field} {complaint}; it is left out.", IsFatal: false));
        }

        return result;
    }
}

/// <summary>A user as a profile makes them.</summary>
/// <param name="User">Not stored yet; no password.</param>
/// <param name="Problems">What is wrong with the profile; the user can be stored only if none is fatal.</param>
public sealed record MappedProfile(AppUser User, IReadOnlyList<ProfileProblem> Problems)
{
    public bool IsUsable => !Problems.Any(problem => problem.IsFatal);

    /// <summary>The roles here that the user is given.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The profile's roles that are not allowed.</summary>
    public IReadOnlyList<string> DroppedRoles { get; init; } = [];

    /// <summary>The secret of their authenticator app, not stored with the user but beside them.</summary>
    public LegacyTotp? Totp { get; init; }
}

/// <summary>Where a mapped user comes from.</summary>
public sealed record MappedOrigin(Guid? CustomDatabaseId, Guid? ScriptVersionId, bool TrustsEmailVerified, string? PhoneRegion, DateTimeOffset Now)
{
    /// <summary>The roles that are taken over.</summary>
    public IReadOnlyList<RoleMapping> AllowedRoles { get; init; } = [];
}
