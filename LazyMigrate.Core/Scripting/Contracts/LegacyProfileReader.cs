using System.Globalization;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>Reads a profile out of a script's answer, field by field: what a script says is untrusted input.</summary>
/// <remarks>The table is in docs/scripts.md, "The profile". A problem names the field and never its value.</remarks>
internal sealed class LegacyProfileReader
{
    private const int NameLength = 256;
    private const int RolesAllowed = 100;
    private const long LargestSafeInteger = (1L << 53) - 1;

    private readonly JsonElement _answer;
    private readonly List<ProfileProblem> _problems = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private readonly string _keyName;
    private bool _hasSecondFactor;

    private LegacyProfileReader(JsonElement answer, string keyName) => (_answer, _keyName) = (answer, keyName);

    /// <summary>Reads an object.</summary>
    /// <param name="answer">The object.</param>
    /// <param name="keyName">Which of <c>id</c> and <c>user_id</c> counts where it has both.</param>
    /// <returns>The profile, or null where a problem is fatal; all problems; and whether there is a TOTP secret, be it readable or not.</returns>
    public static (LegacyProfile? Profile, IReadOnlyList<ProfileProblem> Problems, bool HasSecondFactor) Read(JsonElement answer, string keyName = "id")
    {
        var reader = new LegacyProfileReader(answer, keyName);
        var profile = reader.ReadProfile();
        return (reader._problems.Any(problem => problem.IsFatal) ? null : profile, reader._problems, reader._hasSecondFactor);
    }

    private LegacyProfile ReadProfile()
    {
        var profile = new LegacyProfile
        {
            Id = Identifier(_keyName, _keyName == "id" ? "user_id" : "id", NameLength) ?? "",
            Email = Identifier("email", null, 320),
            EmailVerified = Flag("emailVerified", "email_verified"),
            Phone = Identifier("phone", "phone_number", 32),
            PhoneVerified = Flag("phoneVerified", "phone_verified"),
            Username = Identifier("username", null, NameLength),
            Name = Text("name"),
            Nickname = Text("nickname"),
            GivenName = Text("givenName", "given_name"),
            FamilyName = Text("familyName", "family_name"),
            Picture = Text("photo", "picture", 2048),
            Gender = Text("gender", null, 32),
            Birthdate = Text("birthdate", null, 32),
            Locale = Text("locale", null, 35),
            ZoneInfo = Text("zoneinfo", null, 64),
            Address = Address(),
            Company = Text("company"),
            Website = Text("website", null, 2048),
            Blocked = Flag("blocked", null, isFatal: true),
            LoginsCount = Count("loginsCount", "logins_count"),
            LastLogin = Date("lastLogin", "last_login"),
            SignedUp = Date("signedUp", "created_at"),
            Roles = Roles(),
        };
        if (profile.Id.Length == 0 && !_problems.Any(problem => problem.Field is "id" or "user_id"))
        {
            Fatal(_keyName, $"The profile has no `{_keyName}`: return the key of the person in the legacy database.");
        }

        if (profile is { Email: null, Phone: null, Username: null } && !_problems.Any(problem => problem.IsFatal))
        {
            Fatal("email", "The profile has neither `email` nor `phone` nor `username`: return at least one of them.");
        }

        Take("mfa_factors", null, out var factors);
        var totp = factors is null ? null : LegacyTotp.Read(factors.Value, out _hasSecondFactor, _problems);

        var appMetadata = new LegacyCustomData(_problems);
        appMetadata.Merge(Metadata("app_metadata"), "app_metadata");
        appMetadata.Merge(Metadata("metadata"), "metadata");

        var customData = new LegacyCustomData(_problems);
        customData.Merge(Metadata("user_metadata"), "user_metadata");
        customData.Merge(Metadata("customData"), "customData");
        foreach (var field in _answer.EnumerateObject())
        {
            if (!_read.Contains(field.Name))
            {
                customData.Add(field.Name, field.Value);
            }
        }

        return profile with
        {
            Totp = totp,
            NamesSecondFactors = _answer.TryGetProperty("mfa_factors", out _),
            CustomDataJson = customData.ToJson("customData"),
            AppMetadataJson = appMetadata.ToJson("app_metadata"),
        };
    }

    private void Fatal(string field, string message) => _problems.Add(new ProfileProblem(field, message, IsFatal: true));

    private void Note(string field, string message) => _problems.Add(new ProfileProblem(field, message, IsFatal: false));

    /// <summary>The field under its first name, or under its alias; null counts as absent.</summary>
    private string Take(string name, string? alias, out JsonElement? value)
    {
        _read.Add(name);
        if (alias is not null)
        {
            _read.Add(alias);
        }

        foreach (var each in new[] { name, alias })
        {
            if (each is not null && _answer.TryGetProperty(each, out var found) && found.ValueKind != JsonValueKind.Null)
            {
                value = found;
                return each;
            }
        }

        value = null;
        return name;
    }

    /// <summary>A key or an identifier: text, or a whole number that JavaScript holds exactly.</summary>
    private string? Identifier(string name, string? alias, int length)
    {
        var field = Take(name, alias, out var value);
        switch (value?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.Number when value.Value.TryGetInt64(out var number) && Math.Abs(number) <= LargestSafeInteger:
                return number.ToString(CultureInfo.InvariantCulture);
            case JsonValueKind.Number:
                Fatal(field, $"`{field}` is a number that JavaScript does not hold exactly: return it as a string.");
                return null;
            case JsonValueKind.String:
                break;
            default:
                Fatal(field, $"`{field}` must be a string.");
                return null;
        }

        var text = value.Value.GetString()!.Trim();
        if (text.Length > length)
        {
            Fatal(field, $"`{field}` is longer than {length} characters.");
            return null;
        }

        if (!IsWellFormed(text))
        {
            Fatal(field, $"`{field}` contains characters that are not text.");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    private string? Text(string name, string? alias = null, int length = NameLength)
    {
        var field = Take(name, alias, out var value);
        if (value is null)
        {
            return null;
        }

        var text = value.Value.ValueKind switch
        {
            JsonValueKind.String => value.Value.GetString()!.Trim(),
            JsonValueKind.Number => value.Value.GetRawText(),
            _ => null,
        };
        if (text is null)
        {
            Note(field, $"`{field}` is not a string and was dropped.");
            return null;
        }

        if (text == SecretMask.Mask)
        {
            // The password of the log-in, or a secret of the custom database, and nothing else.
            _problems.Add(LegacyCustomData.Dropped(field));
            return null;
        }

        if (text.Length > length || !IsWellFormed(text))
        {
            Note(field, text.Length > length ? $"`{field}` is longer than {length} characters and was dropped." : $"`{field}` contains characters that are not text and was dropped.");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>No NUL, which databases refuse, and no half of a surrogate pair, which UTF-8 cannot hold.</summary>
    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is 0 or 0xFFFD)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A truth value, also as databases without one give it: 0, 1, "t", "true".</summary>
    private bool Flag(string name, string? alias, bool isFatal = false)
    {
        var field = Take(name, alias, out var value);
        var flag = value?.ValueKind switch
        {
            null => false,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.Value.TryGetInt32(out var number) && number is 0 or 1 => value.Value.GetInt32() == 1,
            JsonValueKind.String => value.Value.GetString()!.ToLowerInvariant() switch
            {
                "true" or "t" or "1" => true,
                "false" or "f" or "0" or "" => false,
                _ => (bool?)null,
            },
            _ => null,
        };
        if (flag is null)
        {
            _problems.Add(new ProfileProblem(
                field,
                isFatal ? $"`{field}` must be true or false." : $"`{field}` is neither true nor false and was taken as false.",
                isFatal));
        }

        return flag ?? false;
    }

    private long? Count(string name, string alias)
    {
        var field = Take(name, alias, out var value);
        switch (value?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.Number when value.Value.TryGetInt64(out var number) && number >= 0:
                return number;
            case JsonValueKind.String when long.TryParse(value.Value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return number;
            default:
                Note(field, $"`{field}` is not a whole number and was dropped.");
                return null;
        }
    }

    /// <summary>ISO 8601, or milliseconds since 1970. A date without a zone is UTC.</summary>
    private DateTimeOffset? Date(string name, string alias)
    {
        var field = Take(name, alias, out var value);
        switch (value?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.Number when value.Value.TryGetDouble(out var milliseconds) && Math.Abs(milliseconds) < 8.64e13:
                return DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Floor(milliseconds));
            case JsonValueKind.String when DateTimeOffset.TryParse(
                value.Value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date):
                return date;
            default:
                Note(field, $"`{field}` is not a date and was dropped: return a Date, ISO 8601 text, or milliseconds since 1970.");
                return null;
        }
    }

    /// <summary>One line of text, also out of OpenID Connect's object with <c>formatted</c>.</summary>
    private string? Address()
    {
        if (_answer.TryGetProperty("address", out var address) && address.ValueKind == JsonValueKind.Object
            && address.TryGetProperty("formatted", out var formatted) && formatted.ValueKind == JsonValueKind.String
            && formatted.GetString() is { Length: <= 1024 } text and not SecretMask.Mask && IsWellFormed(text))
        {
            _read.Add("address");
            return text;
        }

        return Text("address", null, 1024);
    }

    private string[] Roles()
    {
        var field = Take("roles", null, out var value);
        if (value is null)
        {
            return [];
        }

        List<JsonElement> items = value.Value.ValueKind == JsonValueKind.Array ? [.. value.Value.EnumerateArray()] : [value.Value];
        if (items.Count > RolesAllowed || items.Any(item => item.ValueKind != JsonValueKind.String || item.GetString()!.Length is 0 or > NameLength))
        {
            Note(field, $"`{field}` is not a list of at most {RolesAllowed} names and was dropped.");
            return [];
        }

        if (items.RemoveAll(item => item.GetString() == SecretMask.Mask) > 0)
        {
            _problems.Add(LegacyCustomData.Dropped(field));
        }

        return [.. items.Select(item => item.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    private JsonElement? Metadata(string name)
    {
        Take(name, null, out var value);
        return value;
    }
}
