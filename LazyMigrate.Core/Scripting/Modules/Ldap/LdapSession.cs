using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Net.Sockets;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Ldap;

/// <summary>The connections to directories that one run has open.</summary>
internal sealed class LdapSession(ModuleRun run) : IModuleSession
{
    private const int ConnectionsAtOnce = 10;

    private readonly ConcurrentDictionary<int, LdapConnection> _connections = new();
    private int _lastId;

    public bool ReachesOutside(string operation) => operation != "close";

    public async Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument)
    {
        if (operation == "connect")
        {
            return await ConnectAsync(argument).ConfigureAwait(false);
        }

        var id = ModuleJson.NumberOf(argument, "id") ?? 0;
        if (operation == "close")
        {
            await CloseAsync(id).ConfigureAwait(false);
            return ModuleAnswer.Null;
        }

        if (!_connections.TryGetValue(id, out var connection))
        {
            throw Closed("The connection is closed");
        }

        try
        {
            return operation switch
            {
                "bind" => await BindAsync(connection, argument).ConfigureAwait(false),
                "search" => await SearchAsync(connection, argument).ConfigureAwait(false),
                "compare" => Answer(await connection.CompareAsync(
                    ModuleJson.StringOf(argument, "dn") ?? "", ModuleJson.StringOf(argument, "attribute") ?? "", ModuleJson.StringOf(argument, "value") ?? "", run.Ended).ConfigureAwait(false)),
                "starttls" => Answer(await connection.StartTlsAsync(TlsSettings.Read(argument) ?? TlsSettings.Default, run.Ended).ConfigureAwait(false)),
                _ => throw new ModuleException("ERR_INVALID_STATE", "ldapjs has no such operation."),
            };
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or AsnContentException)
        {
            await CloseAsync(id).ConfigureAwait(false);
            throw exception is AsnContentException ? new ModuleException("EPROTO", $"{connection.HostAndPort} does not speak LDAP.") : Closed($"{connection.HostAndPort} closed the connection");
        }
    }

    public async ValueTask DisposeAsync() => await Releases.AllAsync(
        _connections.Keys,
        id => _connections.TryRemove(id, out var connection) ? connection.DisposeAsync() : ValueTask.CompletedTask).ConfigureAwait(false);

    private static ModuleException Closed(string message) => new("ECONNRESET", message) { Fields = new Dictionary<string, string> { ["kind"] = "connection" } };

    private async Task<ModuleAnswer> ConnectAsync(JsonElement argument)
    {
        var host = (ModuleJson.StringOf(argument, "host") ?? "localhost").ToLowerInvariant();
        var port = ModuleJson.NumberOf(argument, "port") ?? 389;
        var hostAndPort = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
        AllowedHosts.Check(run.Access, hostAndPort);
        if (_connections.Count >= ConnectionsAtOnce)
        {
            throw new ModuleException("ERR_LIMIT", $"A script may have {ConnectionsAtOnce} connections to directories open at most.");
        }

        var isSecure = argument.TryGetProperty("secure", out var secure) && secure.ValueKind == JsonValueKind.True;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(run.Ended);
        limit.CancelAfter(ModuleJson.NumberOf(argument, "connectTimeout") is > 0 and var milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : run.TimeLeft);
        try
        {
            var connection = await LdapConnection.OpenAsync(host, port, isSecure ? TlsSettings.Read(argument) ?? TlsSettings.Default : null, limit.Token).ConfigureAwait(false);
            var id = Interlocked.Increment(ref _lastId);
            _connections[id] = connection;
            if (run.Ended.IsCancellationRequested)
            {
                // The run's end may have passed by this connection already.
                await CloseAsync(id).ConfigureAwait(false);
            }

            return new ModuleAnswer($$"""{"id":{{id}}}""");
        }
        catch (SocketException exception)
        {
            throw SocketCodes.ToConnectError(exception, host, hostAndPort);
        }
        catch (OperationCanceledException) when (!run.Ended.IsCancellationRequested)
        {
            throw new ModuleException("ETIMEDOUT", "connection timeout") { Fields = new Dictionary<string, string> { ["kind"] = "connection" } };
        }
    }

    private async Task<ModuleAnswer> BindAsync(LdapConnection connection, JsonElement argument)
    {
        var dn = ModuleJson.StringOf(argument, "dn") ?? "";
        var password = ModuleJson.StringOf(argument, "password") ?? "";

        // With one of the two empty a server may sign in nobody and say "success" (RFC 4513, 5.1.2): a script that takes that for
        // the right password lets everybody in. Both empty is plainly anonymous.
        return (dn.Length == 0) == (password.Length == 0)
            ? Answer(await connection.BindAsync(dn, password, run.Ended).ConfigureAwait(false))
            : Answer(new LdapResult(LdapResult.InvalidCredentials, "", "", []));
    }

    private async Task<ModuleAnswer> SearchAsync(LdapConnection connection, JsonElement argument)
    {
        var entries = new List<string>();
        var references = new List<string>();
        LdapResult result;
        try
        {
            result = await connection.SearchAsync(
                argument,
                entry =>
                {
                    run.CountRow(entry.Length);
                    entries.Add(ToJson(entry));
                },
                uris => references.Add(ToJson(uris)),
                run.Ended).ConfigureAwait(false);
        }
        catch (KeyNotFoundException)
        {
            throw new ModuleException("ERR_INVALID_ARG_VALUE", "The search has no filter.");
        }

        var json = $$"""{"entries":[{{string.Join(',', entries)}}],"references":[{{string.Join(',', references)}}],"result":{{ToJson(result)}}}""";
        return new ModuleAnswer(json, entries.Count);
    }

    private static ModuleAnswer Answer(LdapResult result) => new(ToJson(result));

    private static string ToJson(LdapResult result) => ModuleJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("status", result.Code);
        writer.WriteString("matchedDN", result.MatchedDn);
        writer.WriteString("errorMessage", result.Message);
        writer.WritePropertyName("referrals");
        writer.WriteRawValue(ToJson(result.Referrals));
        if (result.Cookie is { } cookie)
        {
            writer.WriteBase64String("cookie", cookie);
        }

        writer.WriteEndObject();
    });

    private static string ToJson(IReadOnlyList<string> texts) => ModuleJson.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    });

    private static string ToJson(LdapEntry entry) => ModuleJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("dn", entry.Dn);
        writer.WriteStartArray("attributes");
        foreach (var attribute in entry.Attributes)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(attribute.Type);
            foreach (var value in attribute.Values)
            {
                writer.WriteBase64StringValue(value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private async Task CloseAsync(int id)
    {
        if (_connections.TryRemove(id, out var connection))
        {
            await connection.UnbindAsync(run.Ended).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
