using System.Diagnostics;
using System.Net.Sockets;
using MySqlConnector;

namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>Connects to a MySQL or MariaDB database once, outside the pools, and looks around.</summary>
internal static class MySqlProbe
{
    private const string TablesSql = """
        SELECT CASE WHEN table_schema = DATABASE() THEN table_name ELSE CONCAT(table_schema, '.', table_name) END
        FROM information_schema.tables
        WHERE table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
        ORDER BY 1
        LIMIT 50
        """;

    public static async Task<LegacyConnectionTest> TestAsync(string uri, CancellationToken cancellationToken)
    {
        var target = MySqlTarget.Parse(uri);
        try
        {
            await using var source = MySqlPools.Build(target, pooling: false);
            await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

            var started = Stopwatch.GetTimestamp();
            await using (var probe = new MySqlCommand("SELECT 1", connection))
            {
                await probe.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            }

            var latency = Stopwatch.GetElapsedTime(started);
            var tables = new List<string>();
            await using var command = new MySqlCommand(TablesSql, connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                tables.Add(reader.GetString(0));
            }

            return new LegacyConnectionTest.Connected(NameOf(connection.ServerVersion), latency, tables);
        }
        catch (Exception exception) when (exception is MySqlException or TimeoutException or SocketException or ArgumentException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var error = await MySqlErrors.ExplainAsync(exception, target, cancellationToken).ConfigureAwait(false);
            return new LegacyConnectionTest.NotConnected(error.Code, Sentence(error, target));
        }
    }

    /// <summary>"MariaDB 10.11.19" out of "10.11.19-MariaDB-0+deb12u1", which older servers begin with "5.5.5-".</summary>
    private static string NameOf(string version)
    {
        var own = version.StartsWith("5.5.5-", StringComparison.Ordinal) ? version[6..] : version;
        var product = version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? "MariaDB" : "MySQL";
        return $"{product} {own.Split('-')[0]}";
    }

    private static string Sentence(ModuleException error, MySqlTarget target) => error.Code switch
    {
        "ECONNREFUSED" => $"Nothing listens at {target.HostAndPort}: check host and port, and that the database is running.",
        "ENOTFOUND" or "EAI_AGAIN" => $"The name {target.Host} is not known: check its spelling, and that this server can resolve it.",
        "ETIMEDOUT" or "EHOSTUNREACH" or "ENETUNREACH" => $"{target.HostAndPort} does not answer: check that this server may reach it.",
        "ER_ACCESS_DENIED_ERROR" => "The user name or the password is wrong, or this user may not connect from here.",
        "ER_DBACCESS_DENIED_ERROR" => $"This user may not use the database \"{target.Database}\".",
        "ER_BAD_DB_ERROR" => $"There is no database named \"{target.Database}\" on this server.",
        "ER_CON_COUNT_ERROR" or "ER_TOO_MANY_USER_CONNECTIONS" => "The database has no connection left: it is at its limit of connections.",
        "HANDSHAKE_NO_SSL_SUPPORT" => "The server does not support TLS: remove `ssl` from the URI, or switch TLS on in the server.",
        "PROTOCOL_CONNECTION_LOST" => $"The connection to {target.HostAndPort} broke at once: is it a MySQL or MariaDB server?",
        _ => error.Message,
    };
}
