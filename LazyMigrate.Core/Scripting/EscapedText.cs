using System.Globalization;
using System.Text;

namespace LazyMigrate.Core.Scripting;

/// <summary>Finds a text also where some or all of its characters are escaped as JSON allows it: <c>é</c> is <c>\u00e9</c>, too, and <c>/</c> is <c>\/</c>.</summary>
internal static class EscapedText
{
    private const string Escapes = "\"\\/bfnrt";
    private const string Escaped = "\"\\/\b\f\n\r\t";

    /// <summary>JSON in a string of JSON, and that in one more.</summary>
    private const int Levels = 3;

    /// <summary>Replaces each occurrence; those that overlap as one.</summary>
    /// <remarks>The time is in proportion to the text's length: each level is decoded once, whatever the backslashes in it could mean.</remarks>
    public static string Replace(string text, string searched, string replacement)
    {
        if (!text.Contains('\\'))
        {
            return text.Replace(searched, replacement, StringComparison.Ordinal);
        }

        var found = FindAll(text, searched);
        found.Sort();
        var result = new StringBuilder();
        var from = 0;
        foreach (var (start, end) in found)
        {
            if (start >= from)
            {
                result.Append(text, from, start - from).Append(replacement);
            }

            from = Math.Max(from, end);
        }

        return from == 0 ? text : result.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The occurrences in the text as it is, in what it is decoded to, and so on.</summary>
    private static List<(int Start, int End)> FindAll(string text, string searched)
    {
        List<(int Start, int End)> found = [];
        var units = text.ToCharArray();
        var starts = Enumerable.Range(0, text.Length + 1).ToArray();
        var length = text.Length;
        for (var level = 0; ; level++)
        {
            var rest = units.AsSpan(0, length);
            for (var (at, next) = (0, rest.IndexOf(searched)); next >= 0; next = rest[at..].IndexOf(searched))
            {
                found.Add((starts[at + next], starts[at + next + searched.Length]));
                at += next + searched.Length;
            }

            var before = length;
            if (level == Levels || (length = Decode(units, starts, length)) == before)
            {
                return found;
            }
        }
    }

    /// <summary>Decodes in place: what is decoded is never longer.</summary>
    private static int Decode(char[] units, int[] starts, int length)
    {
        var count = 0;
        for (var at = 0; at < length; count++)
        {
            var taken = Decode(units.AsSpan(at, length - at), out var unit);
            starts[count] = starts[at];
            units[count] = unit;
            at += taken;
        }

        starts[count] = starts[length];
        return count;
    }

    /// <summary>How many characters the first one is written with: 1, 2 or 6.</summary>
    private static int Decode(ReadOnlySpan<char> text, out char unit)
    {
        unit = text[0];
        if (unit != '\\' || text.Length < 2)
        {
            return 1;
        }

        if (text[1] == 'u' && text.Length >= 6 && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            unit = (char)number;
            return 6;
        }

        if (Escapes.IndexOf(text[1]) is >= 0 and var index)
        {
            unit = Escaped[index];
            return 2;
        }

        return 1;
    }
}
