using System.Text;

namespace LazyMigrate.Core.Users;

/// <summary>What somebody may be called: <see cref="AppUser.Name"/> as people type it.</summary>
public static class PersonName
{
    /// <summary>Text without anything that makes a page show other text than is there. Joiners, which some scripts need, are text.</summary>
    public static bool IsText(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            // Half of a surrogate pair reads as the replacement character.
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar || IsBidirectionalControl(rune.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters</summary>
    private static bool IsBidirectionalControl(int value) =>
        value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
