using System.ComponentModel;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>SqlClient's exceptions as tedious would tell them.</summary>
internal static class SqlServerErrors
{
    /// <summary>From this severity on a message is an error; below it is information.</summary>
    private const byte FirstErrorClass = 11;

    private const int TimedOut = -2;

    public static ModuleException ToConnectError(Exception exception, SqlServerTarget target)
    {
        if (exception is ModuleException known)
        {
            return known;
        }

        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException socket:
                    return NotReached(SocketCodes.ToConnectError(socket, target.Host, target.HostAndPort), target);
                case Win32Exception win32 when Enum.IsDefined((SocketError)win32.NativeErrorCode):
                    return NotReached(SocketCodes.ToConnectError(new SocketException(win32.NativeErrorCode), target.Host, target.HostAndPort), target);
                case AuthenticationException:
                    return new ModuleException("ESOCKET", $"Failed to connect to {target.HostAndPort} - the server's TLS certificate is not trusted, or it speaks no TLS. Set `options.trustServerCertificate` where the network is trusted, or `options.encrypt: false` where the server has no TLS.");
            }
        }

        if (exception is OperationCanceledException or TimeoutException || exception is SqlException { Number: TimedOut })
        {
            return new ModuleException("ETIMEOUT", $"Failed to connect to {target.HostAndPort} in {target.ConnectTimeout.TotalMilliseconds:0}ms");
        }

        if (exception is SqlException server && Told(server).LastOrDefault() is { } error)
        {
            return new ModuleException("ELOGIN", error.Message) { Fields = new Dictionary<string, string> { ["number"] = $"{server.Number}" } };
        }

        return exception is SqlException { Message: var message } && message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
            ? new ModuleException("ESOCKET", $"Failed to connect to {target.HostAndPort} - the server's TLS certificate is not trusted. Set `options.trustServerCertificate` where the network is trusted.")
            : new ModuleException("ESOCKET", $"Failed to connect to {target.HostAndPort} - socket hang up");
    }

    /// <summary>Writes the server's messages of an exception as events of a result: <c>["e", {…}]</c> and <c>["i", {…}]</c>.</summary>
    public static IEnumerable<string> ToEvents(SqlErrorCollection errors) => errors.Cast<SqlError>().Where(IsTold).Select(ToEvent);

    /// <summary>Whether the server itself said something, not only SqlClient about the connection.</summary>
    public static bool HasServerError(SqlException exception) => Told(exception).Any(error => error.Class >= FirstErrorClass);

    private static IEnumerable<SqlError> Told(SqlException exception) => exception.Errors.Cast<SqlError>().Where(IsTold);

    // SqlClient's own errors have no number of a message, or a class of 20; what PRINT says has the number 0.
    private static bool IsTold(SqlError error) => error.Class < FirstErrorClass || (error.Number > 0 && error.Class < 20);

    private static string ToEvent(SqlError error) => ModuleJson.Write(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStringValue(error.Class >= FirstErrorClass ? "e" : "i");
        writer.WriteStartObject();
        writer.WriteNumber("number", error.Number);
        writer.WriteNumber("state", error.State);
        writer.WriteNumber("class", error.Class);
        writer.WriteString("message", error.Message);
        writer.WriteString("procName", error.Procedure ?? "");
        writer.WriteNumber("lineNumber", error.LineNumber);
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static ModuleException NotReached(ModuleException error, SqlServerTarget target) =>
        new("ESOCKET", $"Failed to connect to {target.HostAndPort} - {error.Message}")
        {
            Fields = new Dictionary<string, string>(error.Fields) { ["cause"] = error.Code },
        };
}
