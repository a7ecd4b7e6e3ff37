using System.Globalization;
using System.Numerics;
using System.Text;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>Writes tokens and values: MS-TDS 2.2.7 and 2.2.5.</summary>
internal sealed class TdsWriter : IDisposable
{
    // Latin1_General_CI_AS, code page 1252.
    public static readonly byte[] Collation = [0x09, 0x04, 0xD0, 0x00, 0x34];

    private static readonly DateTime s_year1900 = new(1900, 1, 1);

    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    public TdsWriter() => _writer = new BinaryWriter(_stream, Encoding.Unicode);

    public byte[] ToArray() => _stream.ToArray();

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _stream.SetLength(0);

    public void Dispose() => _writer.Dispose();

    public void Environment(byte type, byte[] value, byte[] old)
    {
        Token(0xE3, token =>
        {
            token.Write(type);
            token.Write((byte)value.Length);
            token.Write(value);
            token.Write((byte)old.Length);
            token.Write(old);
        });
    }

    public void Environment(byte type, string value, string old) => Token(0xE3, token =>
    {
        token.Write(type);
        Text8(token, value);
        Text8(token, old);
    });

    public void LoginAcknowledged() => Token(0xAD, token =>
    {
        token.Write((byte)1);
        token.Write([(byte)0x74, 0x00, 0x00, 0x04]);
        Text8(token, "Microsoft SQL Server");
        token.Write([(byte)16, 0, 0x10, 0x27]);
    });

    public void Message(TdsServerMessage message) => Token(message.Class > 10 ? (byte)0xAA : (byte)0xAB, token =>
    {
        token.Write(message.Number);
        token.Write(message.State);
        token.Write(message.Class);
        token.Write((ushort)message.Text.Length);
        token.Write(Encoding.Unicode.GetBytes(message.Text));
        Text8(token, "STANDIN");
        Text8(token, message.Procedure);
        token.Write(message.Line);
    });

    public void Columns(IReadOnlyList<TdsColumn> columns)
    {
        _writer.Write((byte)0x81);
        _writer.Write((ushort)columns.Count);
        foreach (var column in columns)
        {
            _writer.Write(0u);
            _writer.Write((ushort)((column.Type.IsNullable ? 0x01 : 0) | (column.IsReadOnly ? 0 : 0x08) | (column.IsIdentity ? 0x10 : 0)));
            TypeInfo(column.Type);
            if (column.Type.Name is "text" or "ntext" or "image")
            {
                // One part of a table's name.
                _writer.Write((byte)1);
                _writer.Write((ushort)1);
                _writer.Write(Encoding.Unicode.GetBytes("t"));
            }

            Text8(_writer, column.Name);
        }
    }

    /// <summary>A row; with nulls in the compressed form that clients of TDS 7.3 must understand.</summary>
    public void Row(IReadOnlyList<TdsColumn> columns, IReadOnlyList<object?> values)
    {
        var isCompressed = values.Contains(null);
        _writer.Write(isCompressed ? (byte)0xD2 : (byte)0xD1);
        if (isCompressed)
        {
            var bits = new byte[(values.Count + 7) / 8];
            for (var i = 0; i < values.Count; i++)
            {
                bits[i / 8] |= (byte)(values[i] is null ? 1 << (i % 8) : 0);
            }

            _writer.Write(bits);
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (!isCompressed || values[i] is not null)
            {
                Value(columns[i].Type, values[i]);
            }
        }
    }

    public void Order(IReadOnlyList<int> ordinals) => Token(0xA9, token =>
    {
        foreach (var ordinal in ordinals)
        {
            token.Write((ushort)ordinal);
        }
    });

    public void ReturnStatus(int status)
    {
        _writer.Write((byte)0x79);
        _writer.Write(status);
    }

    public void ReturnValue(int ordinal, TdsParameter parameter, object? value)
    {
        _writer.Write((byte)0xAC);
        _writer.Write((ushort)ordinal);
        Text8(_writer, parameter.Name);
        _writer.Write((byte)1);
        _writer.Write(0u);
        _writer.Write((ushort)1);
        TypeInfo(parameter.Type with { IsNullable = true });
        Value(parameter.Type with { IsNullable = true }, value);
    }

    /// <param name="token">0xFD in a batch, 0xFF in a procedure, 0xFE at a procedure's end.</param>
    /// <param name="status">MS-TDS 2.2.7.6: 0x01 more, 0x02 error, 0x10 count, 0x20 attention.</param>
    /// <param name="command">0xC1 for SELECT.</param>
    /// <param name="count">Rows.</param>
    public void Done(byte token, ushort status, ushort command = 0, long count = 0)
    {
        _writer.Write(token);
        _writer.Write(status);
        _writer.Write(command);
        _writer.Write(count);
    }

    private void TypeInfo(TdsType type)
    {
        var (code, size) = CodeOf(type);
        _writer.Write(code);
        switch (type.Name)
        {
            case "decimal" or "numeric":
                _writer.Write((byte)DecimalLength(type));
                _writer.Write(type.Precision);
                _writer.Write(type.Scale);
                break;
            case "time" or "datetime2" or "datetimeoffset":
                _writer.Write(type.Scale);
                break;
            case "nvarchar" or "nchar" or "varchar" or "char":
                _writer.Write((ushort)type.Length);
                _writer.Write(Collation);
                break;
            case "varbinary" or "binary":
                _writer.Write((ushort)type.Length);
                break;
            case "text" or "ntext":
                _writer.Write(type.Name == "text" ? int.MaxValue : int.MaxValue - 1);
                _writer.Write(Collation);
                break;
            case "image":
                _writer.Write(int.MaxValue);
                break;
            case "xml":
                _writer.Write((byte)0);
                break;
            case "sql_variant":
                _writer.Write(8009);
                break;
            case "uniqueidentifier":
                _writer.Write((byte)16);
                break;
            case "date":
                break;
            default:
                if (type.IsNullable)
                {
                    _writer.Write((byte)size);
                }

                break;
        }
    }

    private static (byte Code, int Size) CodeOf(TdsType type) => type.Name switch
    {
        "tinyint" => (type.IsNullable ? (byte)0x26 : (byte)0x30, 1),
        "smallint" => (type.IsNullable ? (byte)0x26 : (byte)0x34, 2),
        "int" => (type.IsNullable ? (byte)0x26 : (byte)0x38, 4),
        "bigint" => (type.IsNullable ? (byte)0x26 : (byte)0x7F, 8),
        "bit" => (type.IsNullable ? (byte)0x68 : (byte)0x32, 1),
        "real" => (type.IsNullable ? (byte)0x6D : (byte)0x3B, 4),
        "float" => (type.IsNullable ? (byte)0x6D : (byte)0x3E, 8),
        "smallmoney" => (type.IsNullable ? (byte)0x6E : (byte)0x7A, 4),
        "money" => (type.IsNullable ? (byte)0x6E : (byte)0x3C, 8),
        "smalldatetime" => (type.IsNullable ? (byte)0x6F : (byte)0x3A, 4),
        "datetime" => (type.IsNullable ? (byte)0x6F : (byte)0x3D, 8),
        "decimal" => (0x6A, 0),
        "numeric" => (0x6C, 0),
        "uniqueidentifier" => (0x24, 16),
        "date" => (0x28, 0),
        "time" => (0x29, 0),
        "datetime2" => (0x2A, 0),
        "datetimeoffset" => (0x2B, 0),
        "varchar" => (0xA7, 0),
        "char" => (0xAF, 0),
        "nvarchar" => (0xE7, 0),
        "nchar" => (0xEF, 0),
        "varbinary" => (0xA5, 0),
        "binary" => (0xAD, 0),
        "text" => (0x23, 0),
        "ntext" => (0x63, 0),
        "image" => (0x22, 0),
        "xml" => (0xF1, 0),
        "sql_variant" => (0x62, 0),
        _ => throw new InvalidOperationException($"The stand-in has no type {type.Name}."),
    };

    private void Value(TdsType type, object? value)
    {
        switch (type.Name)
        {
            case "nvarchar" or "nchar" or "varchar" or "char" or "xml" or "varbinary" or "binary":
                Long(type, value is null ? null : value as byte[] ?? TextBytes(type, (string)value));
                break;
            case "text" or "ntext" or "image":
                Pointer(value is null ? null : value as byte[] ?? TextBytes(type, (string)value));
                break;
            case "sql_variant":
                Variant(value);
                break;
            default:
                var bytes = value is null ? [] : FixedBytes(type, value);
                var (code, _) = CodeOf(type);
                if (type.IsNullable || code is 0x6A or 0x6C or 0x24 or 0x28 or 0x29 or 0x2A or 0x2B)
                {
                    _writer.Write((byte)bytes.Length);
                }

                _writer.Write(bytes);
                break;
        }
    }

    private static byte[] TextBytes(TdsType type, string text)
    {
        var isFixed = type.Name is "char" or "nchar";
        return type.IsUnicode || type.Name == "xml"
            ? Encoding.Unicode.GetBytes(isFixed ? text.PadRight(type.Length / 2) : text)
            : Encoding.Latin1.GetBytes(isFixed ? text.PadRight(type.Length) : text);
    }

    private void Long(TdsType type, byte[]? bytes)
    {
        if (!type.IsPlp)
        {
            var padded = bytes is not null && type.Name == "binary" && bytes.Length < type.Length ? [.. bytes, .. new byte[type.Length - bytes.Length]] : bytes;
            _writer.Write((ushort)(padded?.Length ?? 0xFFFF));
            _writer.Write(padded ?? []);
            return;
        }

        if (bytes is null)
        {
            _writer.Write(ulong.MaxValue);
            return;
        }

        // In two chunks, as a server may cut where it likes.
        _writer.Write((ulong)bytes.Length);
        var half = bytes.Length / 2;
        foreach (var chunk in new[] { bytes[..half], bytes[half..] })
        {
            if (chunk.Length > 0)
            {
                _writer.Write(chunk.Length);
                _writer.Write(chunk);
            }
        }

        _writer.Write(0);
    }

    private void Pointer(byte[]? bytes)
    {
        if (bytes is null)
        {
            _writer.Write((byte)0);
            return;
        }

        _writer.Write((byte)16);
        _writer.Write(new byte[16 + 8]);
        _writer.Write(bytes.Length);
        _writer.Write(bytes);
    }

    private void Variant(object? value)
    {
        switch (value)
        {
            case null:
                _writer.Write(0);
                break;
            case long or int:
                _writer.Write(2 + 4);
                _writer.Write([(byte)0x38, 0]);
                _writer.Write(Convert.ToInt32(value, CultureInfo.InvariantCulture));
                break;
            default:
                var text = Encoding.Unicode.GetBytes(value.ToString()!);
                _writer.Write(2 + 7 + text.Length);
                _writer.Write([(byte)0xE7, 7]);
                _writer.Write(Collation);
                _writer.Write((ushort)8000);
                _writer.Write(text);
                break;
        }
    }

    private static byte[] FixedBytes(TdsType type, object value)
    {
        switch (type.Name)
        {
            case "tinyint":
                return [(byte)TdsValues.Whole(value)];
            case "smallint":
                return BitConverter.GetBytes((short)TdsValues.Whole(value));
            case "int":
                return BitConverter.GetBytes((int)TdsValues.Whole(value));
            case "bigint":
                return BitConverter.GetBytes(TdsValues.Whole(value));
            case "bit":
                return [(byte)(TdsValues.Whole(value) != 0 ? 1 : 0)];
            case "real":
                return BitConverter.GetBytes(Convert.ToSingle(value, CultureInfo.InvariantCulture));
            case "float":
                return BitConverter.GetBytes(Convert.ToDouble(value, CultureInfo.InvariantCulture));
            case "money":
                var money = (long)(TdsValues.Exact(value) * 10_000);
                return [.. BitConverter.GetBytes((int)(money >> 32)), .. BitConverter.GetBytes((uint)money)];
            case "smallmoney":
                return BitConverter.GetBytes((int)(TdsValues.Exact(value) * 10_000));
            case "decimal" or "numeric":
                return DecimalBytes(type, TdsValues.Exact(value));
            case "uniqueidentifier":
                return (value as Guid? ?? Guid.Parse((string)value)).ToByteArray();
            case "date":
                return DayBytes(TdsValues.Date(value));
            case "datetime":
                var moment = TdsValues.Date(value);
                var part = (uint)Math.Round(moment.TimeOfDay.TotalMilliseconds * 3 / 10, MidpointRounding.AwayFromZero);
                return [.. BitConverter.GetBytes((moment.Date - s_year1900).Days), .. BitConverter.GetBytes(part)];
            case "smalldatetime":
                var minute = TdsValues.Date(value);
                return [.. BitConverter.GetBytes((ushort)(minute.Date - s_year1900).Days), .. BitConverter.GetBytes((ushort)minute.TimeOfDay.TotalMinutes)];
            case "time":
                return TimeBytes(type.Scale, TdsValues.Time(value));
            case "datetime2":
                var precise = TdsValues.Date(value);
                return [.. TimeBytes(type.Scale, precise.TimeOfDay), .. DayBytes(precise)];
            case "datetimeoffset":
                var offset = value as DateTimeOffset? ?? DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                return [.. TimeBytes(type.Scale, offset.UtcDateTime.TimeOfDay), .. DayBytes(offset.UtcDateTime), .. BitConverter.GetBytes((short)offset.Offset.TotalMinutes)];
            default:
                throw new InvalidOperationException($"The stand-in has no type {type.Name}.");
        }
    }

    private static byte[] DecimalBytes(TdsType type, decimal value)
    {
        var digits = new BigInteger(Math.Round(Math.Abs(value) * (decimal)Math.Pow(10, type.Scale), MidpointRounding.AwayFromZero));
        var bytes = digits.ToByteArray(isUnsigned: true);
        return [(byte)(value < 0 ? 0 : 1), .. bytes, .. new byte[DecimalLength(type) - 1 - bytes.Length]];
    }

    private static int DecimalLength(TdsType type) => type.Precision switch { <= 9 => 5, <= 19 => 9, <= 28 => 13, _ => 17 };

    private static byte[] DayBytes(DateTime date) => BitConverter.GetBytes((int)(date.Date - DateTime.MinValue).TotalDays)[..3];

    private static byte[] TimeBytes(byte scale, TimeSpan time) =>
        BitConverter.GetBytes(time.Ticks / (long)Math.Pow(10, 7 - scale))[..(scale <= 2 ? 3 : scale <= 4 ? 4 : 5)];

    private void Token(byte token, Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.Unicode);
        write(writer);
        _writer.Write(token);
        _writer.Write((ushort)stream.Length);
        _writer.Write(stream.ToArray());
    }

    private static void Text8(BinaryWriter writer, string text)
    {
        writer.Write((byte)text.Length);
        writer.Write(Encoding.Unicode.GetBytes(text));
    }
}

/// <summary>An error (class above 10) or information of the server.</summary>
internal sealed record TdsServerMessage(int Number, byte Class, string Text, byte State = 1, string Procedure = "", int Line = 1);
