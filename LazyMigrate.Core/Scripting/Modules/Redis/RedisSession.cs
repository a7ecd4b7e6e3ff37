using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Redis;

/// <summary>The connections that one run has open.</summary>
internal sealed class RedisSession(ModuleRun run) : IModuleSession
{
    private const int ConnectionsAtOnce = 4;

    private static readonly TimeSpan s_connectTime = TimeSpan.FromSeconds(5);

    // After these a connection no longer answers each command with one reply.
    private static readonly HashSet<string> s_refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE", "MONITOR", "SYNC", "PSYNC", "HELLO", "QUIT",
    };

    private readonly ConcurrentDictionary<int, Open> _open = new();
    private int _lastId;

    public bool ReachesOutside(string operation) => operation is "connect" or "command";

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument) => operation switch
    {
        "connect" => ConnectAsync(argument),
        "command" => CommandAsync(argument),
        "close" => CloseAsync(argument),
        _ => throw new ModuleException("ERR_INVALID_STATE", "redis has no such operation."),
    };

    public async ValueTask DisposeAsync() => await Releases.AllAsync(_open.Keys, CloseAsync).ConfigureAwait(false);

    private async Task<ModuleAnswer> ConnectAsync(JsonElement argument)
    {
        var host = ModuleJson.StringOf(argument, "host") ?? "localhost";
        var port = ModuleJson.NumberOf(argument, "port") ?? 6379;
        if (port is < 1 or > 65535)
        {
            throw new ModuleException("ERR_SOCKET_BAD_PORT", "The port of Redis is not a number from 1 to 65535.");
        }

        var hostAndPort = host.Contains(':', StringComparison.Ordinal) ? $"[{host.ToLowerInvariant()}]:{port}" : $"{host.ToLowerInvariant()}:{port}";
        AllowedHosts.Check(run.Access, hostAndPort);
        if (_open.Count >= ConnectionsAtOnce)
        {
            throw new ModuleException("EMFILE", $"A script may have {ConnectionsAtOnce} connections to Redis open at most.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(run.Ended);
        limit.CancelAfter(s_connectTime);
        RedisConnection connection;
        try
        {
            connection = await RedisConnection.OpenAsync(host, port, TlsSettings.Read(argument), limit.Token).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw SocketCodes.ToConnectError(exception, host, hostAndPort);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            throw new ModuleException("ERR_TLS_CERT", "The server's TLS certificate is not trusted, or it speaks no TLS.");
        }
        catch (OperationCanceledException) when (!run.Ended.IsCancellationRequested)
        {
            throw new ModuleException("ETIMEDOUT", "Connection timeout");
        }

        var id = Interlocked.Increment(ref _lastId);
        var open = new Open(connection);
        _open[id] = open;
        try
        {
            await GreetAsync(open, argument).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ModuleException)
        {
            await CloseAsync(id).ConfigureAwait(false);
            throw exception as ModuleException ?? Lost();
        }

        if (run.Ended.IsCancellationRequested)
        {
            // The run's end may have passed by this connection already.
            await CloseAsync(id).ConfigureAwait(false);
        }

        return new ModuleAnswer(id.ToString(CultureInfo.InvariantCulture));
    }

    private async Task GreetAsync(Open open, JsonElement argument)
    {
        if (ModuleJson.StringOf(argument, "password") is { Length: > 0 } password)
        {
            string[] words = ModuleJson.StringOf(argument, "username") is { Length: > 0 } user ? ["AUTH", user, password] : ["AUTH", password];
            await CheckAsync(open, words).ConfigureAwait(false);
        }

        if (ModuleJson.NumberOf(argument, "database") is > 0 and var database)
        {
            await CheckAsync(open, ["SELECT", database.ToString(CultureInfo.InvariantCulture)]).ConfigureAwait(false);
        }
    }

    private async Task CheckAsync(Open open, string[] words)
    {
        using var reply = JsonDocument.Parse(await AskAsync(open, [.. words.Select(Encoding.UTF8.GetBytes)], asBytes: false).ConfigureAwait(false));
        if (ModuleJson.StringOf(reply.RootElement, "e") is { } error)
        {
            throw new ModuleException(error.Split(' ')[0], error) { Fields = new Dictionary<string, string> { ["reply"] = "error" } };
        }
    }

    private async Task<ModuleAnswer> CommandAsync(JsonElement argument)
    {
        if (!_open.TryGetValue(ModuleJson.NumberOf(argument, "id") ?? 0, out var open))
        {
            throw new ModuleException("ERR_INVALID_STATE", "The client is closed");
        }

        var arguments = ReadArguments(argument);
        if (s_refused.Contains(Encoding.UTF8.GetString(arguments[0])))
        {
            throw new ModuleException("ERR_NOT_ALLOWED", "This command of Redis is not available in a script.");
        }

        await open.Turn.WaitAsync(run.Ended).ConfigureAwait(false);
        try
        {
            var json = await AskAsync(open, arguments, argument.TryGetProperty("buffers", out var buffers) && buffers.ValueKind == JsonValueKind.True).ConfigureAwait(false);
            run.CountRow(json.Length);
            return new ModuleAnswer(json);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            run.Ended.ThrowIfCancellationRequested();
            throw Lost();
        }
        finally
        {
            open.Turn.Release();
        }
    }

    private async Task<string> AskAsync(Open open, IReadOnlyList<byte[]> arguments, bool asBytes)
    {
        using var stream = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(stream))
        {
            await open.Connection.AskAsync(arguments, writer, asBytes, run.Ended).ConfigureAwait(false);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static List<byte[]> ReadArguments(JsonElement argument)
    {
        if (!argument.TryGetProperty("args", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw new ModuleException("ERR_INVALID_ARG_TYPE", "A command of Redis must be a list of strings.");
        }

        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(ModuleJson.TextOf(item)) : ModuleJson.BytesOf(item, "b"))];
    }

    private static ModuleException Lost() => new("ECONNRESET", "Socket closed unexpectedly");

    private async Task<ModuleAnswer> CloseAsync(JsonElement argument)
    {
        await CloseAsync(ModuleJson.NumberOf(argument, "id") ?? 0).ConfigureAwait(false);
        return ModuleAnswer.Null;
    }

    private async ValueTask CloseAsync(int id)
    {
        if (_open.TryRemove(id, out var open))
        {
            // Whatever waits for a reply is ended by it.
            await open.Connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed record Open(RedisConnection Connection)
    {
        public SemaphoreSlim Turn { get; } = new(1);
    }
}
