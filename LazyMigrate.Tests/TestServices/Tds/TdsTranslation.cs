using System.Text;
using System.Text.RegularExpressions;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>The few things of T-SQL that the tests' statements use, as SQLite says them.</summary>
internal static partial class TdsTranslation
{
    /// <summary>A batch's statements: those that a semicolon ends, outside quotes.</summary>
    public static IEnumerable<string> Split(string batch)
    {
        var start = 0;
        var quote = '\0';
        for (var i = 0; i <= batch.Length; i++)
        {
            if (i == batch.Length || (quote == '\0' && batch[i] == ';'))
            {
                var statement = batch[start..i].Trim();
                if (statement.Length > 0)
                {
                    yield return statement;
                }

                start = i + 1;
            }
            else if (quote == '\0' && batch[i] is '\'' or '"' or '[')
            {
                quote = quote != '\0' ? quote : batch[i] == '[' ? ']' : batch[i];
            }
            else if (batch[i] == quote)
            {
                quote = '\0';
            }
        }
    }

    /// <summary>A query for SQLite, and what the select list says about its columns: a type from CAST or a parameter, a name or none.</summary>
    public static (string Sql, List<(TdsType? Type, string? Name)> Items) Query(string statement, Func<string, TdsType?> typeOfParameter)
    {
        var items = new List<(TdsType? Type, string? Name)>();
        var top = Top().Match(statement);
        var sql = top.Success ? $"SELECT {statement[top.Length..]} LIMIT {top.Groups[1].Value}" : statement;
        if (sql.StartsWith("select ", StringComparison.OrdinalIgnoreCase) && !sql.Contains(" union ", StringComparison.OrdinalIgnoreCase))
        {
            var end = EndOfList(sql);
            var written = new List<string>();
            foreach (var item in Parts(sql[7..end]))
            {
                var (text, type, name) = Item(item, typeOfParameter);
                items.Add((type, name));
                written.Add(text);
            }

            sql = $"SELECT {string.Join(", ", written)} {sql[end..]}";
            if (written.Any(text => text.EndsWith('*')))
            {
                items.Clear();
            }
        }

        return (Words(sql), items);
    }

    /// <summary>Outside of quotes only: a value that looks like T-SQL stays as it is.</summary>
    public static string Words(string sql)
    {
        var result = new StringBuilder();
        foreach (var (text, isQuoted) in Quoted(sql))
        {
            result.Append(isQuoted ? text : Replace(text));
        }

        return result.ToString();
    }

    /// <summary>The names of variables that a statement uses.</summary>
    public static IEnumerable<string> Variables(string sql) =>
        Quoted(sql).Where(part => !part.IsQuoted).SelectMany(part => Variable().Matches(part.Text)).Select(match => match.Groups[1].Value).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Splits at commas outside of parentheses and quotes.</summary>
    public static IEnumerable<string> Parts(string list)
    {
        var depth = 0;
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i <= list.Length; i++)
        {
            if (i == list.Length || (list[i] == ',' && depth == 0 && !isQuoted))
            {
                yield return list[start..i].Trim();
                start = i + 1;
            }
            else if (list[i] == '\'')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted)
            {
                depth += list[i] == '(' ? 1 : list[i] == ')' ? -1 : 0;
            }
        }
    }

    private static string Replace(string text)
    {
        text = Schema().Replace(text, "");
        text = TemporaryTable().Replace(text, "CREATE TEMP TABLE ");
        text = Temporary().Replace(text, "\"#$1\"");
        text = UnicodeLiteral().Replace(text, "");
        text = IsNull().Replace(text, "IFNULL(");
        text = Length().Replace(text, "LENGTH(");
        text = Now().Replace(text, "strftime('%Y-%m-%d %H:%M:%f','now')");
        text = text.Replace("@@VERSION", "'Microsoft SQL Server 2022 (a stand-in of the tests)'", StringComparison.OrdinalIgnoreCase);
        text = text.Replace("SCOPE_IDENTITY()", "last_insert_rowid()", StringComparison.OrdinalIgnoreCase);
        text = Tables().Replace(text, "(SELECT name AS TABLE_NAME, 'dbo' AS TABLE_SCHEMA FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%')");
        // A size that SQLite takes, and that is read as max again.
        text = text.Replace("(max)", "(65535)", StringComparison.OrdinalIgnoreCase);
        return Casts().Replace(text, "AS TEXT)");
    }

    private static (string Text, TdsType? Type, string? Name) Item(string item, Func<string, TdsType?> typeOfParameter)
    {
        var alias = Alias().Match(item);
        var expression = alias.Success ? alias.Groups[1].Value : item;
        var name = alias.Success ? alias.Groups[2].Value.Trim('[', ']', '"') : Identifier().IsMatch(item) ? null : "";
        TdsType? type = null;
        var cast = Cast().Match(expression);
        if (cast.Success && TdsType.Parse(cast.Groups[2].Value) is { } declared)
        {
            type = declared;
            expression = cast.Groups[1].Value;
        }
        else if (expression.StartsWith('@') && Variable().Match(expression) is { Success: true } variable && variable.Length == expression.Length)
        {
            type = typeOfParameter(variable.Groups[1].Value);
        }

        return (name is null or "" ? expression : $"{expression} AS \"{name}\"", type, name);
    }

    private static int EndOfList(string sql)
    {
        var depth = 0;
        var isQuoted = false;
        for (var i = 7; i < sql.Length; i++)
        {
            isQuoted ^= sql[i] == '\'';
            depth += isQuoted ? 0 : sql[i] == '(' ? 1 : sql[i] == ')' ? -1 : 0;
            if (depth == 0 && !isQuoted && char.IsWhiteSpace(sql[i - 1]) && (Starts("from") || Starts("where") || Starts("limit")))
            {
                return i;
            }

            bool Starts(string word) => string.Compare(sql, i, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (i + word.Length == sql.Length || !char.IsLetterOrDigit(sql[i + word.Length]));
        }

        return sql.Length;
    }

    private static IEnumerable<(string Text, bool IsQuoted)> Quoted(string sql)
    {
        var parts = sql.Split('\'');
        for (var i = 0; i < parts.Length; i++)
        {
            yield return i % 2 == 0 ? (parts[i], false) : ($"'{parts[i]}'", true);
        }
    }

    [GeneratedRegex(@"^\s*select\s+top\s*\(?\s*(\d+)\s*\)?\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Top();

    [GeneratedRegex(@"(?<!@)@(\w+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(.+?)\s+as\s+(\[[^\]]+\]|""[^""]+""|\w+)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Alias();

    [GeneratedRegex(@"^(?:\[[^\]]+\]|""[^""]+""|[\w#]+|\*)(?:\.(?:\[[^\]]+\]|\w+|\*))*$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^cast\s*\(\s*(.+)\s+as\s+(\w+\s*(?:\([^()]*\))?)\s*\)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Cast();

    [GeneratedRegex(@"\[?\bdbo\]?\.", RegexOptions.IgnoreCase)]
    private static partial Regex Schema();

    [GeneratedRegex(@"\bcreate\s+table\s+(?=#)", RegexOptions.IgnoreCase)]
    private static partial Regex TemporaryTable();

    [GeneratedRegex(@"#(\w+)")]
    private static partial Regex Temporary();

    [GeneratedRegex(@"\bN$")]
    private static partial Regex UnicodeLiteral();

    [GeneratedRegex(@"\bisnull\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex IsNull();

    [GeneratedRegex(@"\blen\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Length();

    [GeneratedRegex(@"\b(?:getdate|getutcdate|sysutcdatetime|sysdatetime)\s*\(\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Now();

    [GeneratedRegex(@"\binformation_schema\.tables\b", RegexOptions.IgnoreCase)]
    private static partial Regex Tables();

    [GeneratedRegex(@"\bas\s+n?(?:var)?char\s*\(\s*\w+\s*\)\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Casts();
}
