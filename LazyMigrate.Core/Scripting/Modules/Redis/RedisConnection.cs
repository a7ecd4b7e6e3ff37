using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Redis;

/// <summary>One connection to a Redis server in RESP2: https://redis.io/docs/latest/develop/reference/protocol-spec/.</summary>
/// <remarks>
/// Not StackExchange.Redis: that shares one connection among all callers, so that a run's SELECT, MULTI or AUTH would reach into
/// another run, a command under way cannot be cancelled, and refusals come wrapped in its own words.
/// </remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    private const int LargestReply = 4 << 20;
    private const int DeepestReply = 16;

    private readonly TcpClient _client;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[16_384];
    private int _start;
    private int _end;
    private int _replyBytes;

    private RedisConnection(TcpClient client, Stream stream)
    {
        _client = client;
        _stream = stream;
    }

    public static async Task<RedisConnection> OpenAsync(string host, int port, TlsSettings? tls, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            Stream stream = client.GetStream();
            if (tls is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsClientAsync(tls.ToClientOptions(host), cancellationToken).ConfigureAwait(false);
                stream = secure;
            }

            return new RedisConnection(client, stream);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends one command and writes its reply: a text, a number, null, a list, or <c>{ "e": message }</c>.</summary>
    /// <param name="arguments">The command and what it is given; each goes with its length, so that none can become another.</param>
    /// <param name="writer">Takes the reply.</param>
    /// <param name="asBytes">Whether strings are written as <c>{ "b": base64 }</c>.</param>
    /// <param name="cancellationToken">Leaves the connection unusable.</param>
    public async Task AskAsync(IReadOnlyList<byte[]> arguments, Utf8JsonWriter writer, bool asBytes, CancellationToken cancellationToken)
    {
        using var request = new MemoryStream();
        request.Write(Encoding.ASCII.GetBytes($"*{arguments.Count}\r\n"));
        foreach (var argument in arguments)
        {
            request.Write(Encoding.ASCII.GetBytes($"${argument.Length}\r\n"));
            request.Write(argument);
            request.Write("\r\n"u8);
        }

        await _stream.WriteAsync(request.GetBuffer().AsMemory(0, (int)request.Length), cancellationToken).ConfigureAwait(false);
        _replyBytes = 0;
        await ReadReplyAsync(writer, asBytes, 0, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    private async Task ReadReplyAsync(Utf8JsonWriter writer, bool asBytes, int depth, CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var rest = line.Length > 0 ? line[1..] : "";
        switch (line.Length > 0 ? line[0] : '\0')
        {
            case '+':
                writer.WriteStringValue(rest);
                break;
            case '-':
                writer.WriteStartObject();
                writer.WriteString("e", rest);
                writer.WriteEndObject();
                break;
            case ':':
                writer.WriteNumberValue(long.Parse(rest, CultureInfo.InvariantCulture));
                break;
            case '$' when LengthOf(rest) is var length:
                if (length < 0)
                {
                    writer.WriteNullValue();
                    break;
                }

                WriteString(writer, await ReadBytesAsync(length, cancellationToken).ConfigureAwait(false), asBytes);
                break;
            case '*' when depth < DeepestReply && LengthOf(rest) is var count:
                if (count < 0)
                {
                    writer.WriteNullValue();
                    break;
                }

                writer.WriteStartArray();
                for (var i = 0; i < count; i++)
                {
                    await ReadReplyAsync(writer, asBytes, depth + 1, cancellationToken).ConfigureAwait(false);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new IOException("Not a reply of Redis.");
        }
    }

    private static void WriteString(Utf8JsonWriter writer, byte[] bytes, bool asBytes)
    {
        if (!asBytes)
        {
            writer.WriteStringValue(Encoding.UTF8.GetString(bytes));
            return;
        }

        writer.WriteStartObject();
        writer.WriteBase64String("b", bytes);
        writer.WriteEndObject();
    }

    private static int LengthOf(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length) && length is >= -1 and <= LargestReply
        ? length
        : throw new ModuleLimitException(ScriptFailureKind.RowLimit, $"A reply of Redis is larger than {LargestReply >> 20} MiB.");

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            var next = await ReadByteAsync(cancellationToken).ConfigureAwait(false);
            if (next == '\r')
            {
                await ReadByteAsync(cancellationToken).ConfigureAwait(false);
                return line.ToString();
            }

            line.Append((char)next);
        }
    }

    private async Task<byte[]> ReadBytesAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length;)
        {
            if (_start == _end)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }

            var count = Math.Min(length - i, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(bytes.AsSpan(i));
            i += count;
            _start += count;
        }

        await ReadByteAsync(cancellationToken).ConfigureAwait(false);
        await ReadByteAsync(cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private async ValueTask<byte> ReadByteAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return _buffer[_start++];
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await _stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        _replyBytes += _end;
        if (_end == 0)
        {
            throw new IOException("Socket closed unexpectedly");
        }

        if (_replyBytes > LargestReply)
        {
            throw new ModuleLimitException(ScriptFailureKind.RowLimit, $"A reply of Redis is larger than {LargestReply >> 20} MiB.");
        }
    }
}
