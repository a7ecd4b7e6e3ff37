using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>SqlClient's pool of one connection string.</summary>
internal sealed class SqlServerPool(string connectionString) : IAsyncDisposable
{
    public SqlConnection CreateConnection() => new(connectionString);

    /// <summary>Closes what idles; connections in use are closed instead of returned.</summary>
    public void Clear()
    {
        using var connection = CreateConnection();
        SqlConnection.ClearPool(connection);
    }

    public ValueTask DisposeAsync()
    {
        Clear();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Leases connections from the pools to SQL Server.</summary>
internal sealed class SqlServerPools(PoolCache<SqlServerPool> cache)
{
    // What tedious sends after each log-in. It also proves that a pooled connection still answers, and ends what the
    // driver's reset (sp_reset_connection) leaves of the run before: the isolation level.
    internal const string InitialSql = """
        set transaction isolation level read committed
        set textsize 2147483647
        set language us_english
        set datefirst 7
        set dateformat mdy
        set ansi_nulls on
        set ansi_padding on
        set ansi_warnings on
        set arithabort on
        set concat_null_yields_null on
        set quoted_identifier on
        set numeric_roundabort off
        set implicit_transactions off
        """;

    /// <summary>Leases a connection that answers.</summary>
    public async Task<(SqlConnection Connection, PoolEntry<SqlServerPool> Entry)> OpenAsync(SqlServerTarget target, CancellationToken cancellationToken)
    {
        var connectionString = target.ToConnectionString();
        var entry = cache.Find(connectionString, $"{target.HostAndPort}/{target.Database}", () => new SqlServerPool(connectionString));
        for (var isFirst = true; ; isFirst = false)
        {
            var connection = entry.Pool.CreateConnection();
            try
            {
                await SqlServerOpening.OpenAsync(connection, target, cancellationToken).ConfigureAwait(false);
                await using var initial = new SqlCommand(InitialSql, connection);
                await initial.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                entry.Leased();
                return (connection, entry);
            }
            catch (SqlException) when (isFirst && connection.ClientConnectionId != Guid.Empty && connection.State != System.Data.ConnectionState.Open && !cancellationToken.IsCancellationRequested)
            {
                // It idled through a restart of the server.
                await connection.DisposeAsync().ConfigureAwait(false);
                entry.Pool.Clear();
            }
            catch (Exception exception)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                if (!cancellationToken.IsCancellationRequested)
                {
                    entry.Failed(CodeOf(SqlServerErrors.ToConnectError(exception, target)));
                }

                throw;
            }
        }
    }
    // ESOCKET says only that it was the network.
    private static string CodeOf(ModuleException error) => error.Fields.GetValueOrDefault("cause") ?? error.Code;
}
