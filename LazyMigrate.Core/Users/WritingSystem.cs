using System.Globalization;
using System.Text;

namespace LazyMigrate.Core.Users;

/// <summary>Tells whether a name is written in one writing system, so that no look-alike of another can be made of it.</summary>
/// <remarks>
/// .NET does not expose Unicode's Script property. The ranges below are the blocks of the scripts in general use for
/// identifiers (Unicode Standard Annex 31, table 5); letters of any other script count as their own system by block of 256.
/// </remarks>
internal static class WritingSystem
{
    private static readonly (int First, int Last, string Name)[] s_ranges =
    [
        (0x0041, 0x024F, "Latin"), (0x0250, 0x02AF, "Latin"), (0x1E00, 0x1EFF, "Latin"), (0x2C60, 0x2C7F, "Latin"), (0xA720, 0xA7FF, "Latin"),
        (0x0370, 0x03FF, "Greek"), (0x1F00, 0x1FFF, "Greek"),
        (0x0400, 0x052F, "Cyrillic"), (0x1C80, 0x1C8F, "Cyrillic"), (0xA640, 0xA69F, "Cyrillic"),
        (0x0530, 0x058F, "Armenian"), (0x0590, 0x05FF, "Hebrew"),
        (0x0600, 0x06FF, "Arabic"), (0x0750, 0x077F, "Arabic"), (0x08A0, 0x08FF, "Arabic"),
        (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"),
        (0x0B00, 0x0B7F, "Oriya"), (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"),
        (0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"),
        (0x0F00, 0x0FFF, "Tibetan"), (0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"), (0x1C90, 0x1CBF, "Georgian"),
        (0x1200, 0x139F, "Ethiopic"), (0x1780, 0x17FF, "Khmer"),

        // Japanese mixes kana and Han, Korean Hangul and Han: one system for this purpose, as in Unicode Technical Standard 39.
        (0x1100, 0x11FF, "East Asian"), (0x3005, 0x3007, "East Asian"), (0x3040, 0x30FF, "East Asian"), (0x3100, 0x318F, "East Asian"),
        (0x31A0, 0x31BF, "East Asian"), (0x31F0, 0x31FF, "East Asian"), (0x3400, 0x4DBF, "East Asian"), (0x4E00, 0x9FFF, "East Asian"),
        (0xA960, 0xA97F, "East Asian"), (0xAC00, 0xD7FF, "East Asian"), (0xF900, 0xFAFF, "East Asian"), (0x20000, 0x323AF, "East Asian"),
    ];

    /// <summary>Whether the text holds letters of at most one writing system, and else only digits of one number system, marks and <c>. _ -</c>, beginning with a letter or digit.</summary>
    public static bool IsSingle(string text)
    {
        string? seen = null;
        int? zero = null;
        var isFirst = true;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (Rune.IsLetter(rune) || isMark)
            {
                if (isMark && isFirst)
                {
                    return false;
                }

                // Combining marks belong to the letter before them.
                var system = isMark ? seen : NameOf(rune.Value);
                if (seen is not null && system != seen)
                {
                    return false;
                }

                seen = system;
            }
            else if (Rune.IsDigit(rune))
            {
                // Each number system has its digits in a row; two systems in one name are as confusing as two alphabets.
                var ownZero = rune.Value - (int)Rune.GetNumericValue(rune);
                if ((zero ??= ownZero) != ownZero)
                {
                    return false;
                }
            }
            else if (isFirst || rune.Value is not ('.' or '_' or '-'))
            {
                return false;
            }

            isFirst = false;
        }

        return !isFirst;
    }

    private static string NameOf(int codePoint)
    {
        foreach (var (first, last, name) in s_ranges)
        {
            if (codePoint >= first && codePoint <= last)
            {
                return name;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{codePoint >> 8:x}");
    }
}
