using System.Data.Common;
using System.Data.SqlTypes;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>
/// Values to the facade, which makes of them what tedious gives: bigint, decimal and money as text, bytes as base64, dates as
/// <c>[milliseconds since 1970, ticks of 100 ns beyond]</c>.
/// </summary>
internal static class SqlServerValues
{
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Writes a column's metadata: <c>[name, TDS type, flags, length, precision, scale]</c>.</summary>
    public static void WriteColumn(Utf8JsonWriter writer, DbColumn column)
    {
        var nullable = column.AllowDBNull != false;
        var (type, length) = TypeOf(column, nullable);
        writer.WriteStartArray();
        writer.WriteStringValue(column.ColumnName);
        writer.WriteStringValue(type);

        // MS-TDS 2.2.7.4: nullable, updatable, identity.
        writer.WriteNumberValue((nullable ? 0x01 : 0) | (column.IsReadOnly == true ? 0 : 0x08) | (column.IsIdentity == true ? 0x10 : 0));
        WriteOptional(writer, length);
        WriteOptional(writer, type is "DecimalN" ? column.NumericPrecision : null);
        WriteOptional(writer, type is "DecimalN" or "Time" or "DateTime2" or "DateTimeOffset" ? column.NumericScale : null);
        writer.WriteEndArray();
    }

    public static void WriteCell(Utf8JsonWriter writer, SqlDataReader reader, int ordinal, string type)
    {
        if (reader.IsDBNull(ordinal))
        {
            writer.WriteNullValue();
            return;
        }

        switch (type)
        {
            case "decimal":
                writer.WriteStringValue(reader.GetSqlDecimal(ordinal).ToString());
                break;
            case "sql_variant":
                WriteVariant(writer, reader.GetSqlValue(ordinal));
                break;
            case "xml" or "json":
                writer.WriteStringValue(reader.GetString(ordinal));
                break;
            default:
                // The types of assemblies (geography, hierarchyid) are bytes to whoever has not the assembly.
                Write(writer, type.Contains('.', StringComparison.Ordinal) ? reader.GetSqlBytes(ordinal).Value : reader.GetValue(ordinal));
                break;
        }
    }

    /// <summary>Writes a value of a row, of an output parameter, or of a variant.</summary>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or DBNull or INullable { IsNull: true }:
                writer.WriteNullValue();
                break;
            case bool or SqlBoolean:
                writer.WriteBooleanValue(value is SqlBoolean boolean ? boolean.Value : (bool)value);
                break;
            case byte or short or int or SqlByte or SqlInt16 or SqlInt32:
                writer.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            case float or double or SqlSingle or SqlDouble:
                writer.WriteNumberValue(value switch { float f => f, SqlSingle s => s.Value, SqlDouble d => d.Value, _ => (double)value });
                break;
            case byte[] or SqlBinary or SqlBytes:
                writer.WriteBase64StringValue(value switch { SqlBinary b => b.Value, SqlBytes b => b.Value, _ => (byte[])value });
                break;
            case DateTime or SqlDateTime:
                WriteInstant(writer, value is SqlDateTime sql ? sql.Value : (DateTime)value);
                break;
            case TimeSpan time:
                WriteInstant(writer, s_epoch + time);
                break;
            case DateTimeOffset offset:
                WriteInstant(writer, DateTime.SpecifyKind(offset.UtcDateTime, DateTimeKind.Unspecified));
                break;
            case Guid or SqlGuid:
                writer.WriteStringValue(value.ToString()!.ToUpperInvariant());
                break;
            case SqlMoney money:
                writer.WriteStringValue(money.ToDecimal().ToString(CultureInfo.InvariantCulture));
                break;
            case IFormattable number:
                writer.WriteStringValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteVariant(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value switch
        {
            SqlBinary or SqlBytes or byte[] => "bytes",
            SqlDateTime or DateTime or TimeSpan or DateTimeOffset => "date",
            SqlDecimal or SqlMoney or decimal => "number",
            _ => "",
        });
        Write(writer, value);
        writer.WriteEndArray();
    }

    private static void WriteInstant(Utf8JsonWriter writer, DateTime value)
    {
        var ticks = value.Ticks - s_epoch.Ticks;
        var milliseconds = Math.DivRem(ticks, TimeSpan.TicksPerMillisecond, out var rest);
        if (rest < 0)
        {
            milliseconds--;
            rest += TimeSpan.TicksPerMillisecond;
        }

        writer.WriteStartArray();
        writer.WriteNumberValue(milliseconds);
        writer.WriteNumberValue(rest);
        writer.WriteEndArray();
    }

    private static (string Type, int? Length) TypeOf(DbColumn column, bool nullable) => column.DataTypeName switch
    {
        // A column that may hold null has TDS's type of variable length.
        "tinyint" => nullable ? ("IntN", 1) : ("TinyInt", null),
        "smallint" => nullable ? ("IntN", 2) : ("SmallInt", null),
        "int" => nullable ? ("IntN", 4) : ("Int", null),
        "bigint" => nullable ? ("IntN", 8) : ("BigInt", null),
        "bit" => nullable ? ("BitN", 1) : ("Bit", null),
        "real" => nullable ? ("FloatN", 4) : ("Real", null),
        "float" => nullable ? ("FloatN", 8) : ("Float", null),
        "smallmoney" => nullable ? ("MoneyN", 4) : ("SmallMoney", null),
        "money" => nullable ? ("MoneyN", 8) : ("Money", null),
        "smalldatetime" => nullable ? ("DateTimeN", 4) : ("SmallDateTime", null),
        "datetime" => nullable ? ("DateTimeN", 8) : ("DateTime", null),
        "decimal" => ("DecimalN", column.NumericPrecision switch { <= 9 => 5, <= 19 => 9, <= 28 => 13, _ => 17 }),
        "date" => ("Date", null),
        "time" => ("Time", null),
        "datetime2" => ("DateTime2", null),
        "datetimeoffset" => ("DateTimeOffset", null),
        "char" => ("Char", LengthOf(column, 1)),
        "varchar" => ("VarChar", LengthOf(column, 1)),
        "nchar" => ("NChar", LengthOf(column, 2)),
        "nvarchar" => ("NVarChar", LengthOf(column, 2)),
        "binary" or "timestamp" => ("Binary", LengthOf(column, 1)),
        "varbinary" => ("VarBinary", LengthOf(column, 1)),
        "text" => ("Text", column.ColumnSize),
        "ntext" => ("NText", column.ColumnSize is < int.MaxValue / 2 + 1 ? column.ColumnSize * 2 : column.ColumnSize),
        "image" => ("Image", column.ColumnSize),
        "xml" => ("Xml", null),
        "uniqueidentifier" => ("UniqueIdentifier", 16),
        "sql_variant" => ("Variant", 8009),
        _ => column.DataTypeName?.Contains('.', StringComparison.Ordinal) == true ? ("UDT", null) : ("NVarChar", LengthOf(column, 2)),
    };

    // MS-TDS 2.2.5.4.3: 65535 stands for max.
    private static int? LengthOf(DbColumn column, int bytes) => column.ColumnSize is null or > 8000 ? 65535 : column.ColumnSize * bytes;

    private static void WriteOptional(Utf8JsonWriter writer, int? number)
    {
        if (number is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteNumberValue(number.Value);
        }
    }
}
