using System.Diagnostics;
using Npgsql;

namespace LazyMigrate.Core.Scripting.Modules.Pg;

/// <summary>Connects to a PostgreSQL database once, outside the pools, and looks around.</summary>
internal static class PostgresProbe
{
    private const string TablesSql = """
        SELECT CASE WHEN table_schema = current_schema() THEN table_name ELSE table_schema || '.' || table_name END
        FROM information_schema.tables
        WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
        ORDER BY 1
        LIMIT 50
        """;

    public static async Task<LegacyConnectionTest> TestAsync(string uri, CancellationToken cancellationToken)
    {
        var target = PostgresTarget.Parse(uri);
        try
        {
            await using var connection = new NpgsqlConnection(target.ToConnectionString(pooling: false));
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);

            var started = Stopwatch.GetTimestamp();
            await using (var probe = new NpgsqlCommand("SELECT 1", connection))
            {
                await probe.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            var latency = Stopwatch.GetElapsedTime(started);
            var tables = new List<string>();
            await using var command = new NpgsqlCommand(TablesSql, connection) { AllResultTypesAreUnknown = true };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                tables.Add(reader.GetString(0));
            }

            return new LegacyConnectionTest.Connected($"PostgreSQL {VersionOf(connection)}", latency, tables);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or ArgumentException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var error = PostgresErrors.ToModuleException(exception, target);
            return new LegacyConnectionTest.NotConnected(error.Code, Sentence(error, target));
        }
    }

    /// <summary>"15.18" out of "15.18 (Debian 15.18-0+deb12u1)".</summary>
    private static string VersionOf(NpgsqlConnection connection) =>
        connection.PostgresParameters.TryGetValue("server_version", out var version) ? version.Split(' ')[0] : connection.PostgreSqlVersion.ToString();

    private static string Sentence(ModuleException error, PostgresTarget target) => error.Code switch
    {
        "ECONNREFUSED" => $"Nothing listens at {target.HostAndPort}: check host and port, and that the database is running.",
        "ENOTFOUND" or "EAI_AGAIN" => $"The name {target.Host} is not known: check its spelling, and that this server can resolve it.",
        "ETIMEDOUT" or "EHOSTUNREACH" or "ENETUNREACH" => $"{target.HostAndPort} does not answer: check that this server may reach it.",
        "28P01" or "28000" => "The user name or the password is wrong, or this user may not connect from here.",
        "3D000" => $"There is no database named \"{target.Database}\" on this server.",
        "53300" => "The database has no connection left: it is at its limit of connections.",
        "57P03" => "The database is starting up or shutting down: try again in a moment.",
        "ECONNRESET" => $"The connection to {target.HostAndPort} broke at once: is it a PostgreSQL server, and does it ask for TLS (sslmode)?",
        _ => error.Message,
    };
}
