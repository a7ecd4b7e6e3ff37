using System.Text.RegularExpressions;

namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>What a statement's text says before it is sent.</summary>
internal static partial class MySqlStatement
{
    /// <summary>Refuses what would let a value break out of its quotes, or one statement carry a second.</summary>
    /// <exception cref="ModuleException">It does.</exception>
    public static void Check(string sql)
    {
        // Whether a backslash escapes inside "…" depends on ANSI_QUOTES: a second statement in either reading is one too many.
        if (HasSecond(sql, backslashInDouble: true) || HasSecond(sql, backslashInDouble: false))
        {
            throw MySqlErrors.Server(1064, "42000", "You have an error in your SQL syntax; only one statement a call is allowed, also with `multipleStatements`: send them one after the other");
        }

        if (SessionRegex().IsMatch(sql) && (UnsafeModeRegex().IsMatch(sql) || (CharsetRegex().Match(sql) is { Success: true } charset && !Utf8Regex().IsMatch(charset.Groups[1].Value))))
        {
            throw new ModuleException("ERR_NOT_ALLOWED", "The session's character set must stay UTF-8 and its sql_mode without NO_BACKSLASH_ESCAPES: escaped values are only safe so.");
        }
    }

    /// <summary>The first word, upper case, for example <c>UPDATE</c>.</summary>
    public static string WordOf(string sql)
    {
        var at = SkipBlank(sql, 0);
        var end = at;
        while (end < sql.Length && char.IsAsciiLetter(sql[end]))
        {
            end++;
        }

        return sql[at..end].ToUpperInvariant();
    }

    private static bool HasSecond(string sql, bool backslashInDouble)
    {
        var ended = false;
        for (var at = SkipBlank(sql, 0); at < sql.Length; at = SkipBlank(sql, at))
        {
            var character = sql[at];
            if (character == ';')
            {
                ended = true;
                at++;
                continue;
            }

            // What follows "/*!" runs as if the comment were not there; its end alone is nothing.
            if (string.CompareOrdinal(sql, at, "*/", 0, 2) == 0)
            {
                at += 2;
                continue;
            }

            if (ended)
            {
                return true;
            }

            at = character is '\'' or '"' or '`'
                ? EndOfQuoted(sql, at, character != '`' && (character == '\'' || backslashInDouble))
                : at + 1;
        }

        return false;
    }

    private static int EndOfQuoted(string sql, int start, bool backslash)
    {
        for (var at = start + 1; at < sql.Length; at++)
        {
            if (backslash && sql[at] == '\\')
            {
                at++;
            }
            else if (sql[at] == sql[start])
            {
                return at + 1;
            }
        }

        return sql.Length;
    }

    /// <summary>Skips blanks and comments, and of an executable comment its opening only.</summary>
    private static int SkipBlank(string sql, int at)
    {
        while (at < sql.Length)
        {
            var rest = sql.AsSpan(at);
            if (char.IsWhiteSpace(rest[0]) || rest[0] == '\0')
            {
                at++;
            }
            else if (rest[0] == '#' || (rest.StartsWith("--", StringComparison.Ordinal) && (rest.Length == 2 || rest[2] <= ' ')))
            {
                var end = rest.IndexOf('\n');
                at = end < 0 ? sql.Length : at + end + 1;
            }
            else if (ExecutableRegex().Match(sql, at) is { Success: true, Length: var length })
            {
                at += length;
            }
            else if (rest.StartsWith("/*", StringComparison.Ordinal))
            {
                var end = rest[2..].IndexOf("*/", StringComparison.Ordinal);
                at = end < 0 ? sql.Length : at + end + 4;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    [GeneratedRegex(@"\G/\*M?!\d*")]
    private static partial Regex ExecutableRegex();

    [GeneratedRegex(@"^[\s(]*(?:/\*.*?\*/\s*)*SET\b|/\*M?!\d*\s*SET\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex SessionRegex();

    [GeneratedRegex("NO_BACKSLASH_ESCAPES", RegexOptions.IgnoreCase)]
    private static partial Regex UnsafeModeRegex();

    [GeneratedRegex(@"(?:\bNAMES|\bCHARACTER\s+SET|\bCHARSET|character_set_client\s*:?=)\s*['""]?(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex CharsetRegex();

    [GeneratedRegex("^(?:utf8|utf8mb3|utf8mb4)$", RegexOptions.IgnoreCase)]
    private static partial Regex Utf8Regex();
}
