using System.Diagnostics;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>Connects to a SQL Server database once, outside the pools, and looks around.</summary>
internal static class SqlServerProbe
{
    private const string TablesSql = """
        SELECT TOP 50 CASE WHEN TABLE_SCHEMA = 'dbo' THEN TABLE_NAME ELSE TABLE_SCHEMA + '.' + TABLE_NAME END AS name
        FROM INFORMATION_SCHEMA.TABLES
        ORDER BY 1
        """;

    public static async Task<LegacyConnectionTest> TestAsync(string uri, CancellationToken cancellationToken)
    {
        var target = SqlServerTarget.Parse(uri);
        try
        {
            await using var connection = new SqlConnection(target.ToConnectionString(pooling: false));
            await SqlServerOpening.OpenAsync(connection, target, cancellationToken).ConfigureAwait(false);

            var started = Stopwatch.GetTimestamp();
            await using (var probe = new SqlCommand("SELECT 1", connection))
            {
                await probe.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            }

            var latency = Stopwatch.GetElapsedTime(started);
            var tables = new List<string>();
            await using var command = new SqlCommand(TablesSql, connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                tables.Add(reader.GetString(0));
            }

            return new LegacyConnectionTest.Connected($"SQL Server {VersionOf(connection)}", latency, tables);
        }
        catch (Exception exception) when (exception is SqlException or InvalidOperationException or TimeoutException or ArgumentException or IOException or System.Net.Sockets.SocketException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var error = SqlServerErrors.ToConnectError(exception, target);
            var code = error.Fields.GetValueOrDefault("cause") ?? error.Code;
            return new LegacyConnectionTest.NotConnected(code, Sentence(code, error, target));
        }
    }

    /// <summary>"2022 (16.0.4135)" out of "16.00.4135".</summary>
    private static string VersionOf(SqlConnection connection)
    {
        if (!Version.TryParse(connection.ServerVersion, out var version))
        {
            return connection.ServerVersion;
        }

        var year = version.Major switch { 11 => "2012 ", 12 => "2014 ", 13 => "2016 ", 14 => "2017 ", 15 => "2019 ", 16 => "2022 ", 17 => "2025 ", _ => "" };
        return year.Length == 0 ? version.ToString() : $"{year}({version})";
    }

    private static string Sentence(string code, ModuleException error, SqlServerTarget target) => code switch
    {
        "ECONNREFUSED" => $"Nothing listens at {target.HostAndPort}: check host and port, and that the database is running.",
        "ENOTFOUND" or "EAI_AGAIN" => $"The name {target.Host} is not known: check its spelling, and that this server can resolve it.",
        "ETIMEDOUT" or "ETIMEOUT" or "EHOSTUNREACH" or "ENETUNREACH" => $"{target.HostAndPort} does not answer: check that this server may reach it.",
        "ELOGIN" => error.Fields.GetValueOrDefault("number") == "4060"
            ? $"There is no database named \"{target.Database}\" on this server, or this user may not use it."
            : "The user name or the password is wrong, or this user may not connect from here.",
        "ECONNRESET" => $"The connection to {target.HostAndPort} broke at once: is it a SQL Server, and does it ask for TLS (encrypt)?",
        _ => error.Message,
    };
}
