using System.Buffers.Binary;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>TLS inside TDS: the handshake travels in PRELOGIN packets, what follows does not (MS-TDS 3.2.5.1).</summary>
internal sealed class TdsTlsTransport(Stream inner) : Stream
{
    private int _left;

    /// <summary>Whether the handshake is over.</summary>
    public bool IsPlain { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsPlain)
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }

        if (_left == 0)
        {
            var header = new byte[8];
            await inner.ReadExactlyAsync(header, cancellationToken);
            _left = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - header.Length;
        }

        var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= read;
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsPlain)
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        else
        {
            await TdsPackets.WriteAsync(inner, buffer.ToArray(), cancellationToken, TdsMessageType.PreLogin);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
