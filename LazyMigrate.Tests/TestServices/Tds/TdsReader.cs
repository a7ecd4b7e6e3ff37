using System.Numerics;
using System.Text;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>Reads what clients send: a log-in, a batch, a remote procedure call with its parameters.</summary>
internal sealed class TdsReader(byte[] body) : IDisposable
{
    private static readonly string[] s_procedures =
        ["", "sp_cursor", "sp_cursoropen", "sp_cursorprepare", "sp_cursorexecute", "sp_cursorprepexec", "sp_cursorunprepare", "sp_cursorfetch", "sp_cursoroption", "sp_cursorclose", "sp_executesql", "sp_prepare", "sp_execute", "sp_prepexec", "sp_prepexecrpc", "sp_unprepare"];

    private readonly BinaryReader _reader = new(new MemoryStream(body), Encoding.Unicode);

    public void Dispose() => _reader.Dispose();

    private long Left => _reader.BaseStream.Length - _reader.BaseStream.Position;

    /// <summary>MS-TDS 2.2.6.4.</summary>
    public static (string User, string Password, string Database, string Application) Login(byte[] body)
    {
        var password = Field(44).Select(static b => (byte)((b ^ 0xA5) << 4 | (b ^ 0xA5) >> 4)).ToArray();
        return (Text(40), Encoding.Unicode.GetString(password), Text(68), Text(48));

        byte[] Field(int at) => body[BitConverter.ToUInt16(body, at)..(BitConverter.ToUInt16(body, at) + (BitConverter.ToUInt16(body, at + 2) * 2))];
        string Text(int at) => Encoding.Unicode.GetString(Field(at));
    }

    public string Batch()
    {
        SkipHeaders();
        return Encoding.Unicode.GetString(_reader.ReadBytes((int)Left));
    }

    public (ushort Operation, string Name) Transaction()
    {
        SkipHeaders();
        var operation = _reader.ReadUInt16();
        if (operation == 5)
        {
            _reader.ReadByte();
        }

        return (operation, Left > 0 ? Encoding.Unicode.GetString(_reader.ReadBytes(_reader.ReadByte())) : "");
    }

    public (string Procedure, List<TdsParameter> Parameters) Call()
    {
        SkipHeaders();
        var length = _reader.ReadUInt16();
        var procedure = length == 0xFFFF ? s_procedures[_reader.ReadUInt16()] : Encoding.Unicode.GetString(_reader.ReadBytes(length * 2));
        _reader.ReadUInt16();
        var parameters = new List<TdsParameter>();
        while (Left > 0)
        {
            var name = Encoding.Unicode.GetString(_reader.ReadBytes(_reader.ReadByte() * 2));
            var isOutput = (_reader.ReadByte() & 1) != 0;
            var (type, value) = TypedValue();
            parameters.Add(new TdsParameter(name, type, value, isOutput));
        }

        return (procedure, parameters);
    }

    private void SkipHeaders() => _reader.BaseStream.Position = BitConverter.ToUInt32(body, 0);

    private (TdsType Type, object? Value) TypedValue()
    {
        var code = _reader.ReadByte();
        switch (code)
        {
            case 0x1F:
                return (new TdsType("nvarchar", 2), null);
            case 0x26 or 0x68 or 0x6D or 0x6E or 0x6F or 0x24:
                return Sized(code, _reader.ReadByte());
            case 0x6A or 0x6C:
                _reader.ReadByte();
                var type = new TdsType(code == 0x6A ? "decimal" : "numeric", 0, _reader.ReadByte(), _reader.ReadByte());
                return (type, Decimal(type));
            case 0x28:
                return (new TdsType("date"), _reader.ReadByte() == 0 ? null : Day());
            case 0x29 or 0x2A or 0x2B:
                return Timed(code, _reader.ReadByte());
            case 0xE7 or 0xEF or 0xA7 or 0xAF or 0xA5 or 0xAD:
                return Long(code);
            case 0x63 or 0x23 or 0x22:
                return Pointer(code);
            case 0xF1:
                if (_reader.ReadByte() != 0)
                {
                    throw new NotSupportedException("The stand-in reads no XML schema.");
                }

                var xml = Plp();
                return (new TdsType("xml"), xml is null ? null : Encoding.Unicode.GetString(xml));
            default:
                throw new NotSupportedException($"The stand-in reads no parameter of type 0x{code:X2}.");
        }
    }

    private (TdsType Type, object? Value) Sized(byte code, byte size)
    {
        var name = (code, size) switch
        {
            (0x26, 1) => "tinyint",
            (0x26, 2) => "smallint",
            (0x26, 4) => "int",
            (0x26, _) => "bigint",
            (0x68, _) => "bit",
            (0x6D, 4) => "real",
            (0x6D, _) => "float",
            (0x6E, 4) => "smallmoney",
            (0x6E, _) => "money",
            (0x6F, 4) => "smalldatetime",
            (0x6F, _) => "datetime",
            _ => "uniqueidentifier",
        };
        var bytes = _reader.ReadBytes(_reader.ReadByte());
        object? value = bytes.Length == 0 ? null : name switch
        {
            "tinyint" => (long)bytes[0],
            "smallint" => (long)BitConverter.ToInt16(bytes),
            "int" => (long)BitConverter.ToInt32(bytes),
            "bigint" => BitConverter.ToInt64(bytes),
            "bit" => bytes[0] != 0,
            "real" => (double)BitConverter.ToSingle(bytes),
            "float" => BitConverter.ToDouble(bytes),
            "smallmoney" => BitConverter.ToInt32(bytes) / 10_000m,
            "money" => (((long)BitConverter.ToInt32(bytes) << 32) | BitConverter.ToUInt32(bytes, 4)) / 10_000m,
            "smalldatetime" => new DateTime(1900, 1, 1).AddDays(BitConverter.ToUInt16(bytes)).AddMinutes(BitConverter.ToUInt16(bytes, 2)),
            "datetime" => new DateTime(1900, 1, 1).AddDays(BitConverter.ToInt32(bytes)).AddMilliseconds(Math.Round(BitConverter.ToUInt32(bytes, 4) * 10 / 3.0)),
            _ => new Guid(bytes),
        };
        return (new TdsType(name), value);
    }

    private decimal? Decimal(TdsType type)
    {
        var length = _reader.ReadByte();
        if (length == 0)
        {
            return null;
        }

        var isPositive = _reader.ReadByte() == 1;
        var value = (decimal)new BigInteger(_reader.ReadBytes(length - 1), isUnsigned: true);
        for (var i = 0; i < type.Scale; i++)
        {
            value /= 10;
        }

        return isPositive ? value : -value;
    }

    private DateTime Day() => DateTime.MinValue.AddDays(BitConverter.ToInt32([.. _reader.ReadBytes(3), 0]));

    private (TdsType Type, object? Value) Timed(byte code, byte scale)
    {
        var type = new TdsType(code switch { 0x29 => "time", 0x2A => "datetime2", _ => "datetimeoffset" }, 0, 0, scale);
        var length = _reader.ReadByte();
        if (length == 0)
        {
            return (type, null);
        }

        var timeLength = scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
        var time = TimeSpan.FromTicks(BitConverter.ToInt64([.. _reader.ReadBytes(timeLength), .. new byte[8 - timeLength]]) * (long)Math.Pow(10, 7 - scale));
        return code switch
        {
            0x29 => (type, time),
            0x2A => (type, Day() + time),
            _ => (type, new DateTimeOffset(Day() + time, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(_reader.ReadInt16()))),
        };
    }

    private (TdsType Type, object? Value) Long(byte code)
    {
        var name = code switch { 0xE7 => "nvarchar", 0xEF => "nchar", 0xA7 => "varchar", 0xAF => "char", 0xA5 => "varbinary", _ => "binary" };
        var type = new TdsType(name, _reader.ReadUInt16());
        if (code is not (0xA5 or 0xAD))
        {
            _reader.ReadBytes(5);
        }

        byte[]? bytes;
        if (type.IsPlp)
        {
            bytes = Plp();
        }
        else
        {
            var length = _reader.ReadUInt16();
            bytes = length == 0xFFFF ? null : _reader.ReadBytes(length);
        }

        return (type, Content(type, bytes));
    }

    private (TdsType Type, object? Value) Pointer(byte code)
    {
        var type = new TdsType(code switch { 0x63 => "ntext", 0x23 => "text", _ => "image" });
        _reader.ReadInt32();
        if (code != 0x22)
        {
            _reader.ReadBytes(5);
        }

        var length = _reader.ReadInt32();
        return (type, Content(type, length < 0 ? null : _reader.ReadBytes(length)));
    }

    private static object? Content(TdsType type, byte[]? bytes) =>
        bytes is null ? null
        : type.IsUnicode ? Encoding.Unicode.GetString(bytes)
        : type.Name is "varbinary" or "binary" or "image" ? bytes
        : Encoding.Latin1.GetString(bytes);

    private byte[]? Plp()
    {
        if (_reader.ReadUInt64() == ulong.MaxValue)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        for (var length = _reader.ReadInt32(); length > 0; length = _reader.ReadInt32())
        {
            bytes.Write(_reader.ReadBytes(length));
        }

        return bytes.ToArray();
    }
}
