using System.Globalization;
using System.Text.RegularExpressions;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>A data type as columns and parameters declare it.</summary>
/// <param name="Name">T-SQL's name, lower case: <c>nvarchar</c>.</param>
/// <param name="Length">In bytes for the wire; <see cref="Max"/> for max.</param>
/// <param name="Precision">Of decimals.</param>
/// <param name="Scale">Of decimals and times.</param>
/// <param name="IsNullable">Whether null is allowed: a type that does not allow it has another code.</param>
internal sealed partial record TdsType(string Name, int Length = 0, byte Precision = 0, byte Scale = 0, bool IsNullable = true)
{
    public const int Max = 0xFFFF;

    public bool IsPlp => Length == Max || Name is "xml";

    public bool IsUnicode => Name is "nvarchar" or "nchar" or "ntext" or "sysname";

    /// <summary>Reads <c>nvarchar(50)</c>, <c>decimal(10, 2)</c>, <c>datetime2</c>.</summary>
    /// <returns>Null for what is no type.</returns>
    public static TdsType? Parse(string text, bool isNullable = true)
    {
        var match = Declaration().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }

        var name = match.Groups[1].Value.ToLowerInvariant();
        var first = match.Groups[2].Value;
        var second = match.Groups[3].Value;
        var size = first.Length == 0 ? (int?)null : first.Equals("max", StringComparison.OrdinalIgnoreCase) ? Max : int.Parse(first, CultureInfo.InvariantCulture);
        return name switch
        {
            "tinyint" or "smallint" or "int" or "bigint" or "bit" or "real" or "money" or "smallmoney" or "datetime" or "smalldatetime" or "date"
                or "uniqueidentifier" or "xml" or "text" or "ntext" or "image" or "sql_variant" => new TdsType(name, IsNullable: isNullable),
            "float" => new TdsType(size <= 24 ? "real" : "float", IsNullable: isNullable),
            "integer" => new TdsType("int", IsNullable: isNullable),
            "boolean" => new TdsType("bit", IsNullable: isNullable),
            "decimal" or "numeric" => new TdsType(name, 0, (byte)(size ?? 18), (byte)(second.Length == 0 ? 0 : int.Parse(second, CultureInfo.InvariantCulture)), isNullable),
            "time" or "datetime2" or "datetimeoffset" => new TdsType(name, 0, 0, (byte)(size ?? 7), isNullable),
            "nvarchar" or "nchar" => new TdsType(name, size is null ? 60 : size > 4000 ? Max : size.Value * 2, IsNullable: isNullable),
            "sysname" => new TdsType("nvarchar", 256, IsNullable: isNullable),
            "varchar" or "char" or "varbinary" or "binary" => new TdsType(name, size is null ? 30 : size > 8000 ? Max : size.Value, IsNullable: isNullable),
            _ => null,
        };
    }

    [GeneratedRegex(@"^(\w+)\s*(?:\(\s*(\w+)\s*(?:,\s*(\d+)\s*)?\))?$")]
    private static partial Regex Declaration();
}

/// <summary>A column of a result set.</summary>
internal sealed record TdsColumn(string Name, TdsType Type, bool IsIdentity = false, bool IsReadOnly = false);

/// <summary>A parameter of a remote procedure call.</summary>
internal sealed record TdsParameter(string Name, TdsType Type, object? Value, bool IsOutput);
