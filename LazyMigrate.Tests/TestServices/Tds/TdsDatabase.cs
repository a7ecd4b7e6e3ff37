using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>The SQLite file behind the stand-in, its procedures, and the answers that tests have scripted.</summary>
internal sealed partial class TdsDatabase : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Answers by the exact text of a batch.</summary>
    public Dictionary<string, (IReadOnlyList<TdsColumn> Columns, IReadOnlyList<object?[]> Rows)> Answers { get; } = [];

    /// <summary>Stored procedures: a body in which the parameters are variables.</summary>
    public Dictionary<string, string> Procedures { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.Path, "standin.db"), Pooling = false, DefaultTimeout = 5 }.ConnectionString);
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The columns of a query: types from CAST, else from the table, else from the first value.</summary>
    public static List<TdsColumn> DescribeColumns(SqliteConnection connection, SqliteDataReader reader, List<(TdsType? Type, string? Name)> items, List<object?[]> rows)
    {
        var schema = reader.GetColumnSchema();
        return [.. schema.Select((column, i) =>
        {
            var item = i < items.Count ? items[i] : (null, null);
            var known = item.Type is null ? FromTable(connection, column) : null;
            var name = item.Name is null ? column.ColumnName : item.Name;
            if (known is not null)
            {
                return known with { Name = name };
            }

            var type = item.Type ?? rows.Select(row => row[i]).FirstOrDefault(value => value is not null) switch
            {
                long number => new TdsType(number is < int.MinValue or > int.MaxValue ? "bigint" : "int"),
                double => new TdsType("float"),
                byte[] => new TdsType("varbinary", TdsType.Max),
                null => new TdsType("int"),
                _ => new TdsType("nvarchar", TdsType.Max),
            };
            return new TdsColumn(name, type, IsReadOnly: true);
        })];
    }

    public static TdsServerMessage ToServerError(SqliteException exception)
    {
        var text = exception.Message;
        var name = Quoted().Match(text) is { Success: true } quoted ? quoted.Groups[1].Value : "";
        return exception.SqliteExtendedErrorCode switch
        {
            2067 or 1555 => new TdsServerMessage(2627, 14, "Violation of PRIMARY KEY or UNIQUE KEY constraint. Cannot insert duplicate key in object 'dbo'."),
            1299 => new TdsServerMessage(515, 16, "Cannot insert the value NULL into a column; column does not allow nulls. INSERT fails.", 2),
            _ => text switch
            {
                _ when After(text, "no such table: ") is { } table => new TdsServerMessage(208, 16, $"Invalid object name '{table}'."),
                _ when After(text, "no such column: ") is { } column => new TdsServerMessage(207, 16, $"Invalid column name '{column}'."),
                _ when text.Contains("syntax error", StringComparison.Ordinal) => new TdsServerMessage(102, 15, $"Incorrect syntax near '{name}'."),
                _ => new TdsServerMessage(50001, 16, text),
            },
        };
    }

    private static string? After(string text, string words)
    {
        var at = text.IndexOf(words, StringComparison.Ordinal);
        return at < 0 ? null : text[(at + words.Length)..].TrimEnd('.', '\'');
    }

    private static TdsColumn? FromTable(SqliteConnection connection, DbColumn column)
    {
        if (column.BaseTableName is not { } table || column.BaseColumnName is not { } name || column.BaseCatalogName is "temp")
        {
            return null;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT type, \"notnull\", pk FROM pragma_table_info(@table) WHERE name = @name";
        command.Parameters.AddWithValue("@table", table);
        command.Parameters.AddWithValue("@name", name);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var isKey = Convert.ToInt64(reader.GetValue(2), CultureInfo.InvariantCulture) != 0;
        var type = TdsType.Parse(reader.GetString(0), isNullable: reader.GetInt64(1) == 0 && !isKey);
        return type is null ? null : new TdsColumn(name, type, IsIdentity: isKey && reader.GetString(0).Equals("INTEGER", StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex("near \"([^\"]*)\"")]
    private static partial Regex Quoted();
}
