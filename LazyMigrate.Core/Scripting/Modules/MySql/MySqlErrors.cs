using System.Collections.Frozen;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using MySqlConnector;

namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>MySqlConnector's exceptions as mysql and mysql2 would tell them.</summary>
internal static class MySqlErrors
{
    // Lines "1062 ER_DUP_ENTRY": https://mariadb.com/docs/server/reference/error-codes
    private static readonly Lazy<FrozenDictionary<int, string>> s_names = new(() => EmbeddedText.Read("Modules.MySql.mysql-errors.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(parts => int.Parse(parts[0], CultureInfo.InvariantCulture), parts => parts[1]));

    /// <summary>An error that the server itself would have given.</summary>
    public static ModuleException Server(int number, string sqlState, string message) =>
        new(s_names.Value.GetValueOrDefault(number, "UNKNOWN_CODE_PLEASE_REPORT"), message)
        {
            Fields = new Dictionary<string, string>
            {
                ["errno"] = number.ToString(CultureInfo.InvariantCulture),
                ["sqlState"] = sqlState,
                ["sqlMessage"] = message,
            },
        };

    /// <summary>Whether the driver, or what lies under it, failed; anything else is a fault of ours.</summary>
    public static bool IsDrivers(Exception exception) => exception is
        MySqlException or TimeoutException or SocketException or IOException or InvalidOperationException
        or NotSupportedException or ArgumentException or FormatException or OverflowException or AuthenticationException;

    /// <summary>The same for a connection that could not be opened. The driver does not say why no address answered, so it is asked once more.</summary>
    public static async Task<ModuleException> ExplainAsync(Exception exception, MySqlTarget target, CancellationToken cancellationToken)
    {
        if (exception is MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost, InnerException: null })
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(target.ConnectTimeout);
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(target.Host, target.Port, limit.Token).ConfigureAwait(false);
            }
            catch (Exception reason) when (reason is SocketException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return ToModuleException(reason, target);
            }
        }

        return ToModuleException(exception, target);
    }

    public static ModuleException ToModuleException(Exception exception, MySqlTarget target)
    {
        if (exception is ModuleException known)
        {
            return known;
        }

        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ModuleException own:
                    return own;
                case SocketException socket:
                    return SocketCodes.ToConnectError(socket, target.Host, target.HostAndPort);
                case AuthenticationException:
                    return Untrusted();
            }
        }

        return exception switch
        {
            MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost } when exception.InnerException is TimeoutException or OperationCanceledException => TimedOut(),
            MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost, Message: var text } when text.Contains("SSL", StringComparison.Ordinal) =>
                new ModuleException("HANDSHAKE_NO_SSL_SUPPORT", "Server does not support secure connection"),
            MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost, Message: var text } when text.Contains("Timeout", StringComparison.Ordinal) => TimedOut(),
            MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired } => Server(1317, "70100", "Query execution was interrupted"),
            // Numbers below 1000 and from 2000 to 2999 are the driver's own.
            MySqlException { Number: >= 1000 and (< 2000 or >= 3000), SqlState: { } state } server => Server(server.Number, state, server.Message),
            TimeoutException or OperationCanceledException => TimedOut(),
            _ => new ModuleException("PROTOCOL_CONNECTION_LOST", "Connection lost: The server closed the connection."),
        };
    }

    private static ModuleException TimedOut() =>
        new("ETIMEDOUT", "connect ETIMEDOUT") { Fields = new Dictionary<string, string> { ["errorno"] = "ETIMEDOUT", ["syscall"] = "connect" } };

    private static ModuleException Untrusted() =>
        new("HANDSHAKE_SSL_ERROR", "The server's TLS certificate is not trusted, or it speaks no TLS. Use `ssl: { rejectUnauthorized: false }` or give `ssl.ca`.");
}
