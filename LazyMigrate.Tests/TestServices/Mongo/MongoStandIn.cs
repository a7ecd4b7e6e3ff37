using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>
/// A stand-in for a MongoDB server, for machines that have none: it speaks the wire protocol (OP_MSG, and OP_QUERY for the first
/// hello), signs in with SCRAM-SHA-256 and knows the commands that log-in scripts use. It is not MongoDB. What keeps it honest is
/// that the original npm drivers run the same suites against it, and that <c>LAZYMIGRATE_TEST_MONGODB</c> points the same tests at
/// a real server.
/// </summary>
internal sealed class MongoStandIn : IAsyncDisposable
{
    private const int OpReply = 1, OpQuery = 2004, OpMsg = 2013;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly ConcurrentQueue<BsonDocument> _commands = new();
    private readonly MongoStandInData _data = new();
    private readonly Task _accepting;

    public MongoStandIn()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public const string Username = "lazymigrate";

    public const string Password = "p@ss:word/%";

    public int Port { get; }

    public string HostAndPort => $"127.0.0.1:{Port}";

    /// <summary>What a replica set's member says of itself: its set's name and all members; null for a server that stands alone.</summary>
    public (string Name, IReadOnlyList<string> Hosts)? ReplicaSet { get; set; }

    /// <summary>How many connections it was asked for.</summary>
    public int Connections => _connections.Count;

    /// <summary>The commands that were run, without those of a driver's own housekeeping.</summary>
    public IReadOnlyCollection<BsonDocument> Commands => _commands;

    public string UriOf(string database) =>
        $"mongodb://{Username}:{Uri.EscapeDataString(Password)}@{HostAndPort}/{database}?authSource=admin";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                var serving = ServeAsync(client);
                _connections[serving] = true;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                var session = new Session();
                var header = new byte[16];
                while (true)
                {
                    await stream.ReadExactlyAsync(header, _stopping.Token);
                    var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(header) - header.Length];
                    await stream.ReadExactlyAsync(body, _stopping.Token);
                    var code = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
                    var reply = Answer(code == OpQuery ? ReadQuery(body) : ReadMessage(body), session);
                    await stream.WriteAsync(Frame(reply, BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4)), code == OpQuery), _stopping.Token);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The driver has gone, or the stand-in stops.
            }
        }
    }

    private BsonDocument Answer(BsonDocument command, Session session)
    {
        try
        {
            return Run(command, session);
        }
        catch (MongoStandInError error)
        {
            return error.ToReply();
        }
        catch (Exception exception)
        {
            return new MongoStandInError(8, "UnknownError", $"The stand-in does not know how: {exception.Message}").ToReply();
        }
    }

    private BsonDocument Run(BsonDocument command, Session session)
    {
        var name = command.GetElement(0).Name;
        var database = command.GetValue("$db", "admin").AsString;
        switch (name)
        {
            case "hello" or "isMaster" or "ismaster":
                return Hello(command);
            case "ping" or "endSessions" or "logout":
                return new BsonDocument("ok", 1.0);
            case "buildInfo" or "buildinfo":
                return new BsonDocument { { "version", "7.0.0" }, { "versionArray", new BsonArray { 7, 0, 0, 0 } }, { "modules", new BsonArray() }, { "ok", 1.0 } };
            case "saslStart":
                return SaslStart(command, session);
            case "saslContinue":
                return SaslContinue(command, session);
        }

        if (!session.IsSignedIn)
        {
            throw new MongoStandInError(13, "Unauthorized", $"Command {name} requires authentication");
        }

        foreach (var own in command.Names.Where(field => field is "$db" or "lsid" or "$readPreference" or "$clusterTime" or "txnNumber").ToList())
        {
            command.Remove(own);
        }

        _commands.Enqueue(command);
        return _data.Run(database, command);
    }

    private BsonDocument Hello(BsonDocument command)
    {
        var reply = new BsonDocument
        {
            { "helloOk", true }, { "ismaster", true }, { "isWritablePrimary", true }, { "maxBsonObjectSize", 16 << 20 },
            { "maxMessageSizeBytes", 48_000_000 }, { "maxWriteBatchSize", 100_000 }, { "localTime", DateTime.UtcNow },
            { "logicalSessionTimeoutMinutes", 30 }, { "connectionId", 1 }, { "minWireVersion", 0 }, { "maxWireVersion", 21 }, { "readOnly", false },
        };
        if (ReplicaSet is var (name, hosts))
        {
            reply.AddRange(new BsonDocument { { "setName", name }, { "setVersion", 1 }, { "hosts", new BsonArray(hosts) }, { "primary", HostAndPort }, { "me", HostAndPort } });
        }

        if (command.Contains("saslSupportedMechs"))
        {
            reply["saslSupportedMechs"] = new BsonArray { "SCRAM-SHA-256" };
        }

        return reply.Add("ok", 1.0);
    }

    private static BsonDocument SaslStart(BsonDocument command, Session session)
    {
        if (command["mechanism"] != "SCRAM-SHA-256")
        {
            throw new MongoStandInError(334, "MechanismUnavailable", $"Unsupported mechanism '{command["mechanism"]}'");
        }

        session.Scram = new MongoScram(Username, Password);
        session.SkipsEmptyExchange = (command.GetValue("options", new BsonDocument()) as BsonDocument)?.GetValue("skipEmptyExchange", false).ToBoolean() ?? false;
        return Sasl(false, session.Scram.Start(command["payload"].AsByteArray));
    }

    private static BsonDocument SaslContinue(BsonDocument command, Session session)
    {
        if (session.IsSignedIn)
        {
            return Sasl(true, []);
        }

        if (session.Scram?.Finish(command["payload"].AsByteArray) is not { } proof)
        {
            throw new MongoStandInError(18, "AuthenticationFailed", "Authentication failed.");
        }

        session.IsSignedIn = true;
        return Sasl(session.SkipsEmptyExchange, proof);
    }

    private static BsonDocument Sasl(bool isDone, byte[] payload) => new() { { "conversationId", 1 }, { "done", isDone }, { "payload", payload }, { "ok", 1.0 } };

    /// <summary>OP_QUERY: flags, "database.$cmd", skip, count, the command.</summary>
    private static BsonDocument ReadQuery(byte[] body)
    {
        var end = Array.IndexOf(body, (byte)0, 4);
        var command = ReadDocument(body, end + 9, out _);
        return command.Set("$db", Encoding.UTF8.GetString(body, 4, end - 4).Split('.')[0]);
    }

    /// <summary>OP_MSG: flags, then sections: 0 and the command, or 1, a size, a field's name and the documents of that field.</summary>
    private static BsonDocument ReadMessage(byte[] body)
    {
        var command = new BsonDocument();
        var lists = new List<(string Name, BsonArray Documents)>();
        for (var at = 4; at < body.Length;)
        {
            if (body[at++] == 0)
            {
                command = ReadDocument(body, at, out at);
                continue;
            }

            var end = at + BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
            var nameEnd = Array.IndexOf(body, (byte)0, at + 4);
            var list = (Name: Encoding.UTF8.GetString(body, at + 4, nameEnd - at - 4), Documents: new BsonArray());
            for (at = nameEnd + 1; at < end;)
            {
                list.Documents.Add(ReadDocument(body, at, out at));
            }

            lists.Add(list);
        }

        foreach (var (name, documents) in lists)
        {
            command[name] = documents;
        }

        return command;
    }

    private static BsonDocument ReadDocument(byte[] body, int at, out int end)
    {
        end = at + BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
        return BsonSerializer.Deserialize<BsonDocument>(body[at..end]);
    }

    private static byte[] Frame(BsonDocument reply, int request, bool isQuery)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var document = reply.ToBson();
        writer.Write(16 + (isQuery ? 20 : 5) + document.Length);
        writer.Write(0);
        writer.Write(request);
        writer.Write(isQuery ? OpReply : OpMsg);
        if (isQuery)
        {
            // Flags, cursor, position, and how many documents.
            writer.Write(8);
            writer.Write(0L);
            writer.Write(0);
            writer.Write(1);
        }
        else
        {
            writer.Write(0);
            writer.Write((byte)0);
        }

        writer.Write(document);
        return stream.ToArray();
    }

    private sealed class Session
    {
        public MongoScram? Scram { get; set; }

        public bool SkipsEmptyExchange { get; set; }

        public bool IsSignedIn { get; set; }
    }
}
