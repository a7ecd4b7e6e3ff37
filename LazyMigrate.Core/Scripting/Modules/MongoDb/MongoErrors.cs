using System.Net.Sockets;
using System.Security.Authentication;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LazyMigrate.Core.Scripting.Modules.MongoDb;

/// <summary>The driver's exceptions as the facade turns them into the original's errors: the field <c>kind</c> says which.</summary>
internal static class MongoErrors
{
    public static bool IsKnown(Exception exception) => exception is MongoException or TimeoutException or SocketException or IOException or ObjectDisposedException or BsonException or FormatException;

    public static ModuleException ToModuleException(Exception exception, MongoTarget target, MongoPool pool)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ModuleException known:
                    return known;
                case MongoCommandException { Result: { } result }:
                    return OfServer(result);
                case MongoExecutionTimeoutException timeout:
                    return OfServer(Response(timeout.Message, 50, "MaxTimeMSExpired"));
                case SocketException socket:
                    return Of("network", SocketCodes.ToConnectError(socket, target.Hosts[0].Host, target.Address));
                case AuthenticationException:
                    return Of("network", Untrusted());
            }
        }

        return exception switch
        {
            MongoAuthenticationException => OfServer(Response("Authentication failed.", 18, "AuthenticationFailed")),
            TimeoutException => ToSelectionError(target, pool),
            BsonException or FormatException => new ModuleException("ERR_INVALID_ARG_VALUE", "The command is not a valid document."),
            _ => Of("network", new ModuleException("ECONNRESET", $"connection to {target.Address} closed")),
        };
    }

    /// <summary>Why no server was found: what the driver's watchers met.</summary>
    public static ModuleException ToSelectionError(MongoTarget target, MongoPool pool)
    {
        if (pool.Refused is { Count: > 0 } refused)
        {
            return new ModuleException(
                "EACCES",
                $"The deployment names servers that are not allowed hosts of this custom database: {string.Join(", ", refused.Order(StringComparer.Ordinal))}. "
                + "Add them under Allowed hosts, or use directConnection=true.");
        }

        foreach (var server in pool.Client.Cluster.Description.Servers)
        {
            for (var exception = server.HeartbeatException; exception is not null; exception = exception.InnerException)
            {
                switch (exception)
                {
                    case SocketException socket:
                        return Of("selection", SocketCodes.ToConnectError(socket, target.Hosts[0].Host, target.Address));
                    case AuthenticationException:
                        return Of("selection", Untrusted());
                }
            }
        }

        return Of("selection", new ModuleException("ETIMEDOUT", $"Server selection timed out after {target.SelectionTime.TotalMilliseconds:0} ms"));
    }

    private static ModuleException Untrusted() => new(
        "ERR_TLS_CERT",
        "The server's TLS certificate is not trusted, or it speaks no TLS. Give `ca`, or use `tlsAllowInvalidCertificates`.");

    private static ModuleException Of(string kind, ModuleException exception) => new(exception.Code, exception.Message)
    {
        Fields = new Dictionary<string, string>(exception.Fields) { ["kind"] = kind },
    };

    private static ModuleException OfServer(BsonDocument result) =>
        new(result.TryGetValue("code", out var code) ? $"{code}" : "MONGODB", result.TryGetValue("errmsg", out var message) ? $"{message}" : "n/a")
        {
            Fields = DocumentOf(result),
        };

    private static Dictionary<string, string> DocumentOf(BsonDocument result) => new()
    {
        ["kind"] = "server",
        ["document"] = Convert.ToBase64String(result.ToBson()),
    };

    private static BsonDocument Response(string message, int code, string name) => new()
    {
        { "ok", 0 },
        { "errmsg", message },
        { "code", code },
        { "codeName", name },
    };
}
