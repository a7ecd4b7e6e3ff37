using System.Globalization;
using System.Text;

namespace LazyMigrate.Core.Scripting;

/// <summary>Finds a text also where some or all of its characters are escaped as JSON allows it: <c>é</c> is <c>\u00e9</c>, too, and <c>/</c> is <c>\/</c>.</summary>
internal static class EscapedText
{
    private const string Escapes = "\"\\/bfnrt";
    private const string Escaped = "\"\\/\b\f\n\r\t";

    /// <summary>Replaces each occurrence, the longest where there is a choice.</summary>
    public static string Replace(string text, string searched, string replacement)
    {
        if (!text.Contains('\\'))
        {
            return text.Replace(searched, replacement, StringComparison.Ordinal);
        }

        var result = new StringBuilder();
        var from = 0;
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == searched[0] || text[at] == '\\' ? EndOf(text, at, searched) : at;
            if (end > at)
            {
                result.Append(text, from, at - from).Append(replacement);
                from = end;
                at = end;
            }
            else
            {
                at++;
            }
        }

        return from == 0 ? text : result.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The end of the occurrence that begins at a place; the place itself where none does.</summary>
    private static int EndOf(string text, int at, string searched)
    {
        // A backslash may stand for itself or begin an escape: then there are two ways on.
        List<int> ends = [at];
        foreach (var character in searched)
        {
            List<int> next = [];
            foreach (var end in ends)
            {
                if (end < text.Length && text[end] == character)
                {
                    Add(next, end + 1);
                }

                if (LengthOfEscape(text, end, character) is > 0 and var length)
                {
                    Add(next, end + length);
                }
            }

            if (next.Count == 0)
            {
                return at;
            }

            ends = next;
        }

        return ends.Max();

        static void Add(List<int> places, int place)
        {
            if (!places.Contains(place))
            {
                places.Add(place);
            }
        }
    }

    private static int LengthOfEscape(string text, int at, char character)
    {
        if (at + 1 >= text.Length || text[at] != '\\')
        {
            return 0;
        }

        if (text[at + 1] == 'u')
        {
            return at + 6 <= text.Length && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) && unit == character ? 6 : 0;
        }

        return Escapes.IndexOf(text[at + 1]) is >= 0 and var index && Escaped[index] == character ? 2 : 0;
    }
}
