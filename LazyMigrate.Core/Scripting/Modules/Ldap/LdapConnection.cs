using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Ldap;

/// <summary>One connection to a directory. One request at a time; it ends with its run.</summary>
internal sealed class LdapConnection(string host, int port, Stream stream) : IAsyncDisposable
{
    private const int LongestMessage = 4 << 20;

    private readonly SemaphoreSlim _turn = new(1);
    private Stream _stream = stream;
    private int _lastId;

    public string HostAndPort { get; } = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    public static async Task<LdapConnection> OpenAsync(string host, int port, TlsSettings? tls, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            var connection = new LdapConnection(host, port, client.GetStream());
            if (tls is not null)
            {
                await connection.EncryptAsync(tls, cancellationToken).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public Task<LdapResult> BindAsync(string dn, string password, CancellationToken cancellationToken) =>
        AskAsync(id => LdapMessages.Bind(id, dn, password), LdapMessages.BindResponse, cancellationToken);

    public Task<LdapResult> CompareAsync(string dn, string attribute, string value, CancellationToken cancellationToken) =>
        AskAsync(id => LdapMessages.Compare(id, dn, attribute, value), LdapMessages.CompareResponse, cancellationToken);

    /// <summary>https://www.rfc-editor.org/rfc/rfc4511#section-4.14</summary>
    public async Task<LdapResult> StartTlsAsync(TlsSettings tls, CancellationToken cancellationToken)
    {
        var result = await AskAsync(LdapMessages.StartTls, LdapMessages.ExtendedResponse, cancellationToken).ConfigureAwait(false);
        if (result.Code == 0)
        {
            await EncryptAsync(tls, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Searches; what is found is handed on as it comes, so that a limit stops the reading.</summary>
    public async Task<LdapResult> SearchAsync(JsonElement question, Action<LdapEntry> found, Action<IReadOnlyList<string>> referred, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var id = ++_lastId;
            await _stream.WriteAsync(LdapMessages.Search(id, question), cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var (operation, body, message, length) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
                switch (operation)
                {
                    case LdapMessages.SearchEntry:
                        found(LdapMessages.ReadEntry(body, length));
                        break;
                    case LdapMessages.SearchReference:
                        referred(LdapMessages.ReadReference(body));
                        break;
                    case LdapMessages.SearchDone:
                        return LdapMessages.ReadResult(body, message);
                    default:
                        throw new AsnContentException("The answer to a search is none.");
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says goodbye; nothing answers that.</summary>
    public async Task UnbindAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(LdapMessages.Unbind(++_lastId), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has gone already.
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<LdapResult> AskAsync(Func<int, byte[]> write, int answer, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var id = ++_lastId;
            await _stream.WriteAsync(write(id), cancellationToken).ConfigureAwait(false);
            var (operation, body, message, _) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
            return operation == answer ? LdapMessages.ReadResult(body, message) : throw new AsnContentException("The answer is another operation's.");
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<(int Operation, AsnReader Body, AsnReader Message, int Length)> ReadAsync(int wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var bytes = await ReadMessageAsync(cancellationToken).ConfigureAwait(false);
            var (id, operation, body, message) = LdapMessages.Read(bytes);
            if (id == wanted)
            {
                return (operation, body, message, bytes.Length);
            }

            if (id == 0)
            {
                // A notice of disconnection: https://www.rfc-editor.org/rfc/rfc4511#section-4.4.1.
                throw new IOException("The server ended the connection.");
            }
        }
    }

    /// <summary>30 length content: the length in one byte, or in as many as 0x80 + n says.</summary>
    private async Task<byte[]> ReadMessageAsync(CancellationToken cancellationToken)
    {
        var head = new byte[6];
        await _stream.ReadExactlyAsync(head.AsMemory(0, 2), cancellationToken).ConfigureAwait(false);
        var more = head[1] < 0x80 ? 0 : head[1] & 0x7f;
        if (head[0] != 0x30 || more > 4 || head[1] == 0x80)
        {
            throw new AsnContentException("This is no LDAP message.");
        }

        await _stream.ReadExactlyAsync(head.AsMemory(2, more), cancellationToken).ConfigureAwait(false);
        var length = more == 0 ? head[1] : LengthOf(head.AsSpan(2, more));
        if (length is < 0 or > LongestMessage)
        {
            throw new ModuleLimitException(ScriptFailureKind.ResponseLimit, $"The directory sent a message of more than {LongestMessage >> 10:N0} KiB. Ask for the attributes that the profile needs.");
        }

        var message = new byte[2 + more + length];
        head.AsSpan(0, 2 + more).CopyTo(message);
        await _stream.ReadExactlyAsync(message.AsMemory(2 + more), cancellationToken).ConfigureAwait(false);
        return message;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[4];
        bytes.CopyTo(padded[(4 - bytes.Length)..]);
        return BinaryPrimitives.ReadInt32BigEndian(padded);
    }

    private async Task EncryptAsync(TlsSettings tls, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(_stream);
        try
        {
            await encrypted.AuthenticateAsClientAsync(tls.ToClientOptions(host), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            await encrypted.DisposeAsync().ConfigureAwait(false);
            throw new ModuleException("ERR_TLS_CERT", "The directory's TLS certificate is not trusted, or it speaks no TLS. Give `ca` in `tlsOptions`, or use `tlsOptions: { rejectUnauthorized: false }`.");
        }

        _stream = encrypted;
    }
}
