using System.Buffers.Binary;
using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MySqlConnector;

namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>Writes results as MySQL's text protocol has them, so that a facade reads them as the original does.</summary>
/// <remarks><c>{ "fields": [[name, orgName, table, orgTable, db, type, charset, length, flags, decimals], …], "rows": [[text | { "b": base64 } | null, …], …] }</c></remarks>
internal static class MySqlResults
{
    private const int BinaryCharset = 63;
    private const int Utf8Charset = 224;

    private const int NotNullFlag = 1;
    private const int PrimaryKeyFlag = 2;
    private const int UniqueKeyFlag = 4;
    private const int BlobFlag = 16;
    private const int UnsignedFlag = 32;
    private const int ZeroFillFlag = 64;
    private const int BinaryFlag = 128;
    private const int EnumFlag = 256;
    private const int AutoIncrementFlag = 512;
    private const int SetFlag = 2048;

    /// <summary>Lengths of DATETIME and TIME without a fraction: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html.</summary>
    private const int DateTimeLength = 19;
    private const int TimeLength = 10;

    /// <summary>Writes the current result with its rows.</summary>
    /// <returns>How many rows it has.</returns>
    public static async Task<int> WriteAsync(StringBuilder json, MySqlDataReader reader, bool isBinary, ModuleRun run)
    {
        var columns = (await reader.GetColumnSchemaAsync(run.Ended).ConfigureAwait(false)).Cast<MySqlDbColumn>().ToList();
        json.Append("{\"fields\":").Append(ModuleJson.Write(writer => WriteFields(writer, columns))).Append(",\"rows\":[");
        var count = 0;
        while (await reader.ReadAsync(run.Ended).ConfigureAwait(false))
        {
            var row = ModuleJson.Write(writer =>
            {
                writer.WriteStartArray();
                for (var i = 0; i < columns.Count; i++)
                {
                    WriteCell(writer, reader, i, columns[i], isBinary);
                }

                writer.WriteEndArray();
            });
            run.CountRow(Encoding.UTF8.GetByteCount(row));
            json.Append(count++ == 0 ? "" : ",").Append(row);
        }

        json.Append("]}");
        return count;
    }

    private static void WriteFields(Utf8JsonWriter writer, IReadOnlyList<MySqlDbColumn> columns)
    {
        writer.WriteStartArray();
        foreach (var column in columns)
        {
            var isBinary = IsBinary(column.ProviderType);
            writer.WriteStartArray();
            writer.WriteStringValue(column.ColumnName);
            writer.WriteStringValue(column.BaseColumnName ?? "");
            writer.WriteStringValue(column.TableName ?? "");
            writer.WriteStringValue(column.BaseTableName ?? "");
            writer.WriteStringValue(column.BaseSchemaName ?? "");
            writer.WriteNumberValue(TypeCodeOf(column.ProviderType));
            writer.WriteNumberValue(isBinary ? BinaryCharset : Utf8Charset);
            writer.WriteNumberValue(column.ColumnSize ?? 0);
            writer.WriteNumberValue(FlagsOf(column, isBinary));
            writer.WriteNumberValue(DecimalsOf(column));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    /// <summary>The number of a type on the wire; MySqlConnector has its own for the unsigned and the text ones.</summary>
    private static int TypeCodeOf(MySqlDbType type) => type switch
    {
        MySqlDbType.Bool or MySqlDbType.UByte => 1,
        MySqlDbType.UInt16 => 2,
        MySqlDbType.UInt32 => 3,
        MySqlDbType.UInt64 => 8,
        MySqlDbType.UInt24 => 9,
        MySqlDbType.Decimal or MySqlDbType.NewDecimal => 246,
        MySqlDbType.TinyText or MySqlDbType.Text or MySqlDbType.MediumText or MySqlDbType.LongText
            or MySqlDbType.TinyBlob or MySqlDbType.Blob or MySqlDbType.MediumBlob or MySqlDbType.LongBlob => 252,
        MySqlDbType.VarChar or MySqlDbType.VarBinary or MySqlDbType.VarString => 253,
        MySqlDbType.String or MySqlDbType.Binary or MySqlDbType.Enum or MySqlDbType.Set or MySqlDbType.Guid => 254,
        _ => (int)type,
    };

    private static bool IsBinary(MySqlDbType type) => type is not
        (MySqlDbType.TinyText or MySqlDbType.Text or MySqlDbType.MediumText or MySqlDbType.LongText or MySqlDbType.VarChar
        or MySqlDbType.VarString or MySqlDbType.String or MySqlDbType.Enum or MySqlDbType.Set or MySqlDbType.Guid);

    private static int FlagsOf(MySqlDbColumn column, bool isBinary) =>
        (column.AllowDBNull == false ? NotNullFlag : 0)
        | (column.IsKey == true ? PrimaryKeyFlag : 0)
        | (column.IsUnique == true ? UniqueKeyFlag : 0)
        | (column.IsAutoIncrement == true ? AutoIncrementFlag : 0)
        | (TypeCodeOf(column.ProviderType) == 252 ? BlobFlag : 0)
        | (column.ProviderType is MySqlDbType.UByte or MySqlDbType.UInt16 or MySqlDbType.UInt24 or MySqlDbType.UInt32 or MySqlDbType.UInt64 ? UnsignedFlag : 0)
        | (column.ProviderType == MySqlDbType.Enum ? EnumFlag : 0)
        | (column.ProviderType == MySqlDbType.Set ? SetFlag : 0)
        | (column.ProviderType == MySqlDbType.Year ? UnsignedFlag | ZeroFillFlag : 0)
        | (isBinary ? BinaryFlag : 0);

    private static int DecimalsOf(MySqlDbColumn column) => column.ProviderType switch
    {
        MySqlDbType.DateTime or MySqlDbType.Timestamp => Fraction(column, DateTimeLength),
        MySqlDbType.Time => Fraction(column, TimeLength),
        _ => column.NumericScale ?? 0,
    };

    private static int Fraction(MySqlDbColumn column, int length) => Math.Clamp((column.ColumnSize ?? length) - length - 1, 0, 6);

    private static void WriteCell(Utf8JsonWriter writer, MySqlDataReader reader, int i, MySqlDbColumn column, bool isBinary)
    {
        if (reader.IsDBNull(i))
        {
            writer.WriteNullValue();
            return;
        }

        switch (column.ProviderType)
        {
            case MySqlDbType.Bit:
                WriteBytes(writer, BitsOf(reader.GetUInt64(i), column.ColumnSize ?? 64));
                break;
            case MySqlDbType.Geometry or MySqlDbType.Binary or MySqlDbType.VarBinary
                or MySqlDbType.TinyBlob or MySqlDbType.Blob or MySqlDbType.MediumBlob or MySqlDbType.LongBlob:
                WriteBytes(writer, reader.GetFieldValue<byte[]>(i));
                break;
            default:
                writer.WriteStringValue(TextOf(reader, i, column, isBinary));
                break;
        }
    }

    private static string TextOf(MySqlDataReader reader, int i, MySqlDbColumn column, bool isBinary) => column.ProviderType switch
    {
        MySqlDbType.Decimal or MySqlDbType.NewDecimal => reader.GetMySqlDecimal(i).ToString(),
        // The binary protocol has four bytes, which a script sees widened; the text protocol has six digits.
        MySqlDbType.Float => isBinary ? Text((double)reader.GetFloat(i)) : Text(reader.GetFloat(i)),
        MySqlDbType.Double => Text(reader.GetDouble(i)),
        MySqlDbType.Date or MySqlDbType.Newdate or MySqlDbType.DateTime or MySqlDbType.Timestamp => TextOf(reader.GetMySqlDateTime(i), column),
        MySqlDbType.Year => Convert.ToInt32(reader.GetValue(i), CultureInfo.InvariantCulture).ToString("0000", CultureInfo.InvariantCulture),
        // mysql2 leaves the zeros at the end of a fraction out where it reads the binary protocol.
        MySqlDbType.Time when isBinary && DecimalsOf(column) > 0 => TextOf(reader.GetTimeSpan(i), DecimalsOf(column)).TrimEnd('0').TrimEnd('.'),
        MySqlDbType.Time => TextOf(reader.GetTimeSpan(i), DecimalsOf(column)),
        _ => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "",
    };

    private static string Text(IFormattable number) => number.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);

    private static string TextOf(MySqlDateTime value, MySqlDbColumn column)
    {
        var date = string.Create(CultureInfo.InvariantCulture, $"{value.Year:0000}-{value.Month:00}-{value.Day:00}");
        return column.ProviderType is MySqlDbType.Date or MySqlDbType.Newdate
            ? date
            : string.Create(CultureInfo.InvariantCulture, $"{date} {value.Hour:00}:{value.Minute:00}:{value.Second:00}{FractionOf(value.Microsecond, DecimalsOf(column))}");
    }

    private static string TextOf(TimeSpan value, int decimals)
    {
        var length = value.Duration();
        var microseconds = (int)(length.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(value < TimeSpan.Zero ? "-" : "")}{(int)length.TotalHours:00}:{length.Minutes:00}:{length.Seconds:00}{FractionOf(microseconds, decimals)}");
    }

    private static string FractionOf(int microseconds, int decimals) =>
        decimals == 0 ? "" : $".{microseconds.ToString("000000", CultureInfo.InvariantCulture)[..decimals]}";

    private static byte[] BitsOf(ulong value, int bits)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[^Math.Clamp((bits + 7) / 8, 1, sizeof(ulong))..];
    }

    private static void WriteBytes(Utf8JsonWriter writer, byte[] bytes)
    {
        writer.WriteStartObject();
        writer.WriteBase64String("b", bytes);
        writer.WriteEndObject();
    }
}
