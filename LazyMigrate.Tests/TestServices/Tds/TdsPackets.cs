using System.Buffers.Binary;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>What a client can send: MS-TDS 2.2.3.1.1.</summary>
internal enum TdsMessageType : byte
{
    SqlBatch = 1,
    Rpc = 3,
    Response = 4,
    Attention = 6,
    TransactionManager = 14,
    Login7 = 16,
    PreLogin = 18,
}

/// <param name="Type">What it is.</param>
/// <param name="Resets">Whether the session is to be reset before it: the bit that a pool sets.</param>
/// <param name="Body">The packets' contents, joined.</param>
internal sealed record TdsMessage(TdsMessageType Type, bool Resets, byte[] Body);

/// <summary>Messages over packets: MS-TDS 2.2.3.</summary>
internal static class TdsPackets
{
    private const int HeaderLength = 8;
    private const int PacketLength = 4096;
    private const byte EndOfMessage = 0x01;
    private const byte ResetConnection = 0x08 | 0x10;

    /// <returns>Null at the stream's end.</returns>
    public static async Task<TdsMessage?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        using var body = new MemoryStream();
        var resets = false;
        while (true)
        {
            if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken) < HeaderLength)
            {
                return null;
            }

            var part = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength];
            await stream.ReadExactlyAsync(part, cancellationToken);
            body.Write(part);
            resets |= (header[1] & ResetConnection) != 0;
            if ((header[1] & EndOfMessage) != 0)
            {
                return new TdsMessage((TdsMessageType)header[0], resets, body.ToArray());
            }
        }
    }

    public static async Task WriteAsync(Stream stream, byte[] body, CancellationToken cancellationToken, TdsMessageType type = TdsMessageType.Response)
    {
        var at = 0;
        byte number = 1;
        do
        {
            var length = Math.Min(body.Length - at, PacketLength - HeaderLength);
            var packet = new byte[HeaderLength + length];
            packet[0] = (byte)type;
            packet[1] = at + length == body.Length ? EndOfMessage : (byte)0;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            packet[6] = number++;
            body.AsSpan(at, length).CopyTo(packet.AsSpan(HeaderLength));
            await stream.WriteAsync(packet, cancellationToken);
            at += length;
        }
        while (at < body.Length);
        await stream.FlushAsync(cancellationToken);
    }
}
