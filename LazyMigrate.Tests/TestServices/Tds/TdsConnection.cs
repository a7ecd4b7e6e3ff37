using System.Net.Security;
using System.Security.Authentication;
using System.Threading.Channels;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>One client of the stand-in, from PRELOGIN to the end of its socket.</summary>
internal sealed class TdsConnection
{
    private const byte EncryptionOn = 1;
    private const byte EncryptionNotSupported = 2;

    private readonly Channel<TdsMessage> _messages = Channel.CreateUnbounded<TdsMessage>();
    private readonly TdsStandIn _server;
    private readonly Stream _socket;
    private Stream _stream;
    private CancellationTokenSource? _running;

    public TdsConnection(TdsStandIn server, Stream socket)
    {
        _server = server;
        _socket = socket;
        _stream = socket;
    }

    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        if (await TdsPackets.ReadAsync(_stream, cancellationToken) is not { Type: TdsMessageType.PreLogin } preLogin)
        {
            return;
        }

        await AnswerPreLoginAsync(preLogin.Body, cancellationToken);
        if (await TdsPackets.ReadAsync(_stream, cancellationToken) is not { Type: TdsMessageType.Login7 } login || !await LogInAsync(login.Body, cancellationToken))
        {
            return;
        }

        using var session = new TdsSession(_server.Database);
        _server.SessionOpened();
        try
        {
            var reading = ReadAsync(cancellationToken);
            await foreach (var message in _messages.Reader.ReadAllAsync(cancellationToken))
            {
                await AnswerAsync(session, message, cancellationToken);
            }

            await reading;
        }
        finally
        {
            _server.SessionClosed(session.IsInTransaction);
        }
    }

    private async Task AnswerPreLoginAsync(byte[] request, CancellationToken cancellationToken)
    {
        var at = Enumerable.Range(0, request.Length / 5).Select(i => i * 5).First(i => request[i] == 1);
        var wants = request[(request[at + 1] << 8) | request[at + 2]] == EncryptionOn;
        var uses = wants && _server.Certificate is not null;

        // VERSION, ENCRYPTION, MARS, and the end: MS-TDS 2.2.6.5.
        byte[] answer = [0, 0, 16, 0, 6, 1, 0, 22, 0, 1, 4, 0, 23, 0, 1, 0xFF, 16, 0, 0x10, 0x27, 0, 0, uses ? EncryptionOn : EncryptionNotSupported, 0];
        await TdsPackets.WriteAsync(_stream, answer, cancellationToken);
        if (uses)
        {
            var transport = new TdsTlsTransport(_socket);
            var tls = new SslStream(transport);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = _server.Certificate, EnabledSslProtocols = SslProtocols.Tls12 },
                cancellationToken);
            transport.IsPlain = true;
            _stream = tls;
        }
    }

    private async Task<bool> LogInAsync(byte[] login, CancellationToken cancellationToken)
    {
        var (user, password, database, application) = TdsReader.Login(login);
        _server.Note($"login {user} {database} {application}");
        using var writer = new TdsWriter();
        var isKnown = database.Length == 0 || TdsStandIn.Databases.Contains(database);
        var isRight = (user, password) == (TdsStandIn.Username, TdsStandIn.Password);
        if (!isRight || !isKnown)
        {
            if (isRight)
            {
                writer.Message(new TdsServerMessage(4060, 11, $"Cannot open database \"{database}\" requested by the login. The login failed."));
            }

            writer.Message(new TdsServerMessage(18456, 14, $"Login failed for user '{user}'."));
            writer.Done(0xFD, 0x02);
            await TdsPackets.WriteAsync(_stream, writer.ToArray(), cancellationToken);
            return false;
        }

        writer.Environment(1, database.Length == 0 ? "master" : database, "master");
        writer.Environment(7, TdsWriter.Collation, []);
        writer.Environment(2, "us_english", "");
        writer.LoginAcknowledged();
        writer.Environment(4, "4096", "4096");
        writer.Done(0xFD, 0);
        await TdsPackets.WriteAsync(_stream, writer.ToArray(), cancellationToken);
        return true;
    }

    /// <summary>Reads on while a statement runs, so that an attention can stop it.</summary>
    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await TdsPackets.ReadAsync(_stream, cancellationToken) is { } message)
            {
                if (message.Type == TdsMessageType.Attention && _running is { } running)
                {
                    await running.CancelAsync();
                }

                await _messages.Writer.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The client or the server has gone.
        }
        finally
        {
            if (_running is { } running)
            {
                await running.CancelAsync();
            }

            _messages.Writer.Complete();
        }
    }

    private async Task AnswerAsync(TdsSession session, TdsMessage message, CancellationToken cancellationToken)
    {
        using var writer = new TdsWriter();
        if (message.Resets)
        {
            _server.SessionReset(session.IsInTransaction);
            session.Reset();
            writer.Environment(18, "", "");
        }

        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running = running;
        try
        {
            var sql = "";
            switch (message.Type)
            {
                case TdsMessageType.Attention:
                    writer.Done(0xFD, 0x20);
                    break;
                case TdsMessageType.SqlBatch:
                    using (var reader = new TdsReader(message.Body))
                    {
                        sql = reader.Batch();
                    }

                    _server.Note(sql);
                    await session.RunAsync(sql, new Dictionary<string, TdsParameter>(StringComparer.OrdinalIgnoreCase), writer, 0xFD, running.Token);
                    break;
                case TdsMessageType.Rpc:
                    await CallAsync(session, message.Body, writer, running.Token);
                    break;
                case TdsMessageType.TransactionManager:
                    using (var reader = new TdsReader(message.Body))
                    {
                        var (operation, name) = reader.Transaction();
                        Transact(session, operation, name, writer);
                    }

                    break;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What was cut off ends as an error; the attention, next in the queue, is acknowledged by itself.
            writer.Clear();
            writer.Done(0xFD, 0x02);
        }
        catch (TdsKilledException)
        {
            await _socket.DisposeAsync();
            return;
        }
        finally
        {
            _running = null;
        }

        await TdsPackets.WriteAsync(_stream, writer.ToArray(), cancellationToken);
    }

    private static void Transact(TdsSession session, ushort operation, string name, TdsWriter writer)
    {
        try
        {
            session.Transact(operation switch { 5 => "begin", 7 => "commit", 8 => "rollback", _ => "save" }, operation is 8 or 9 ? name : "", writer);
            writer.Done(0xFD, 0);
        }
        catch (TdsServerException exception)
        {
            writer.Message(exception.Error);
            writer.Done(0xFD, 0x02);
        }
    }

    private async Task CallAsync(TdsSession session, byte[] body, TdsWriter writer, CancellationToken cancellationToken)
    {
        using var reader = new TdsReader(body);
        var (procedure, parameters) = reader.Call();
        _server.Note($"rpc {procedure} {string.Join(", ", parameters.Select(parameter => $"{parameter.Name} {parameter.Type.Name}"))}");
        var outputs = new List<(TdsParameter Parameter, object? Value)>();
        var status = 0;
        try
        {
            switch (procedure.ToLowerInvariant())
            {
                case "sp_executesql":
                    status = await RunAsync((string)parameters[0].Value!, Declared(parameters.ElementAtOrDefault(1)), parameters.Skip(2));
                    break;
                case "sp_prepare":
                    outputs.Add((parameters[0], session.Prepare((string?)parameters[1].Value ?? "", (string)parameters[2].Value!)));
                    break;
                case "sp_execute":
                    var (declared, sql) = session.Prepared((int)TdsValues.Whole(parameters[0].Value!));
                    status = await RunAsync(sql, Names(declared), parameters.Skip(1));
                    break;
                case "sp_unprepare":
                    session.Unprepare((int)TdsValues.Whole(parameters[0].Value!));
                    break;
                case "sp_reset_connection":
                    session.Reset();
                    break;
                default:
                    status = await RunAsync(BodyOf(procedure), [], parameters);
                    break;
            }
        }
        catch (TdsServerException exception)
        {
            writer.Message(exception.Error);
            status = 1;
        }

        writer.ReturnStatus(status);
        for (var i = 0; i < outputs.Count; i++)
        {
            writer.ReturnValue(i, outputs[i].Parameter, outputs[i].Value);
        }

        writer.Done(0xFE, 0);

        async Task<int> RunAsync(string sql, IReadOnlyList<string> names, IEnumerable<TdsParameter> given)
        {
            // Unnamed ones are meant in the order of the declaration.
            var variables = given
                .Select((parameter, i) => parameter.Name.Length > 0 || i >= names.Count ? parameter : parameter with { Name = $"@{names[i]}" })
                .ToDictionary(parameter => parameter.Name.TrimStart('@'), StringComparer.OrdinalIgnoreCase);
            var wanted = variables.Values.Where(parameter => parameter.IsOutput).ToList();
            var returned = await session.RunAsync(sql, variables, writer, 0xFF, cancellationToken);
            outputs.AddRange(wanted.Select(parameter => (parameter, variables[parameter.Name.TrimStart('@')].Value)));
            return returned;
        }
    }

    private string BodyOf(string procedure)
    {
        var name = procedure.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        name = name[(name.LastIndexOf('.') + 1)..];
        return _server.Database.Procedures.TryGetValue(name, out var body)
            ? body
            : throw new TdsServerException(new TdsServerMessage(2812, 16, $"Could not find stored procedure '{procedure}'.", 62, Line: 0));
    }

    private static IReadOnlyList<string> Declared(TdsParameter? parameter) => parameter?.Value is string declared ? Names(declared) : [];

    private static IReadOnlyList<string> Names(string declared) =>
        [.. TdsTranslation.Parts(declared).Where(part => part.Length > 0).Select(part => part.TrimStart('@').Split(' ')[0])];
}
