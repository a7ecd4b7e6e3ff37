using System.Buffers;
using System.Globalization;
using System.Text;
using PhoneNumbers;

namespace LazyMigrate.Core.Users;

/// <summary>Decides what kind of identifier somebody typed, and makes it canonical.</summary>
/// <remarks>
/// Canonical forms are what look-ups and unique indexes use. Whatever two people could take for the same identifier must
/// have one canonical form, and whatever cannot be made safe (invisible or bidirectional characters, mixed writing systems)
/// has none: it is then nobody's identifier.
/// </remarks>
public static class IdentifierParser
{
    private const int LongestEmail = 254;
    private const int LongestLocalPart = 64;
    private const int LongestUserName = 128;

    private static readonly IdnMapping s_idn = new() { UseStd3AsciiRules = true };
    private static readonly SearchValues<char> s_phone = SearchValues.Create("0123456789 -.()/");
    private static readonly SearchValues<char> s_localPart = SearchValues.Create("!#$%&'*+-./0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Reads what was typed.</summary>
    /// <param name="typed">As a person types it.</param>
    /// <param name="phoneRegion">The country, for example <c>DE</c>, that phone numbers without <c>+</c> are read in; null reads such digits as a user name.</param>
    /// <returns>The identifier, or null when it can be nobody's.</returns>
    public static UserIdentifier? Parse(string? typed, string? phoneRegion = null)
    {
        var text = typed?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > LongestEmail)
        {
            return null;
        }

        if (text.Contains('@', StringComparison.Ordinal))
        {
            return CanonicalEmail(text) is { } email ? new UserIdentifier(IdentifierKind.Email, email) : null;
        }

        if (CanonicalPhone(text, phoneRegion) is { } phone)
        {
            return new UserIdentifier(IdentifierKind.Phone, phone);
        }

        return CanonicalUserName(text) is { } userName ? new UserIdentifier(IdentifierKind.UserName, userName) : null;
    }

    /// <summary>The domain as IDNA ASCII in lower case, the local part in ASCII lower case.</summary>
    /// <returns>The canonical form, or null when it is not an address that can receive mail.</returns>
    public static string? CanonicalEmail(string? typed)
    {
        if (Clean(typed, NormalizationForm.FormC) is not { } text)
        {
            return null;
        }

        var at = text.LastIndexOf('@');
        if (at is < 1 or > LongestLocalPart || at == text.Length - 1)
        {
            return null;
        }

        var local = text[..at];
        if (local.AsSpan().ContainsAnyExcept(s_localPart) || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            // "example.com." is the same domain, written as a name server would.
            var domain = s_idn.GetAscii(text[(at + 1)..]).ToLowerInvariant();
            domain = domain.EndsWith('.') ? domain[..^1] : domain;
            var email = $"{local.ToLowerInvariant()}@{domain}";
            return email.Length <= LongestEmail && Uri.CheckHostName(domain) == UriHostNameType.Dns ? email : null;
        }
        catch (ArgumentException)
        {
            // GetAscii's way to say that it is no domain name.
            return null;
        }
    }

    /// <summary>E.164.</summary>
    /// <returns>The canonical form, or null when it is no number that can exist, or lacks both <c>+</c> and a region to read it in.</returns>
    public static string? CanonicalPhone(string? typed, string? phoneRegion = null)
    {
        var text = typed?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > 32 || text.AsSpan(1).ContainsAnyExcept(s_phone) || (text[0] != '+' && (phoneRegion is null || !char.IsAsciiDigit(text[0]))))
        {
            return null;
        }

        try
        {
            // A number with several trunk prefixes ("+31 00 95…") loses one each time it is read: it has no one form, so it is nobody's.
            return ReadPhone(text, phoneRegion) is { } number && ReadPhone(number, null) == number ? number : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string? ReadPhone(string text, string? phoneRegion)
    {
        var phones = PhoneNumberUtil.GetInstance();
        var number = phones.Parse(text, phoneRegion);
        return phones.IsPossibleNumber(number) ? phones.Format(number, PhoneNumberFormat.E164) : null;
    }

    /// <summary>NFKC in lower case: letters of one writing system, digits, and <c>. _ -</c> inside.</summary>
    /// <returns>The canonical form, or null when it is not a user name.</returns>
    public static string? CanonicalUserName(string? typed)
    {
        if (Clean(typed, NormalizationForm.FormKC) is not { } text || text.Length > LongestUserName)
        {
            return null;
        }

        // Folding can undo normalisation, so it is normalised again.
        var name = Fold(text).Normalize(NormalizationForm.FormKC);
        return WritingSystem.IsSingle(name) && name.Length <= LongestUserName ? name : null;
    }

    // Upper before lower case, because some small letters share one capital: Greek "ς" and "σ" are "Σ".
    // "İ" and an "i" with a second dot look like "i" in most fonts, so they are it.
    private static string Fold(string text)
    {
        var folded = text.Replace('\u0130', 'i').ToUpperInvariant().ToLowerInvariant();
        string before;
        do
        {
            before = folded;
            folded = before.Replace("i\u0307", "i", StringComparison.Ordinal).Replace("j\u0307", "j", StringComparison.Ordinal);
        }
        while (folded.Length != before.Length);

        return folded;
    }

    /// <returns>The text trimmed and normalised, or null when it holds a character that cannot be seen or is not assigned.</returns>
    private static string? Clean(string? typed, NormalizationForm form)
    {
        var text = typed?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > LongestEmail)
        {
            return null;
        }

        try
        {
            text = text.Normalize(form);
        }
        catch (ArgumentException)
        {
            // A lone surrogate.
            return null;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator
                || IsInvisible(rune.Value))
            {
                return null;
            }
        }

        return text;
    }

    // Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), as far as the categories above do not cover it:
    // letters and marks that show nothing.
    private static bool IsInvisible(int codePoint) => codePoint is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);
}
