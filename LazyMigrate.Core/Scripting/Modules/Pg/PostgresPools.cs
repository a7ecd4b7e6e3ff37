using Npgsql;

namespace LazyMigrate.Core.Scripting.Modules.Pg;

/// <summary>Leases connections from the pools to PostgreSQL.</summary>
internal sealed class PostgresPools(PoolCache<NpgsqlDataSource> cache)
{
    /// <summary>Leases a connection that answers.</summary>
    public async Task<(NpgsqlConnection Connection, PoolEntry<NpgsqlDataSource> Entry)> OpenAsync(PostgresTarget target, CancellationToken cancellationToken)
    {
        var entry = Find(target);
        for (var isFirst = true; ; isFirst = false)
        {
            NpgsqlConnection? connection = null;
            try
            {
                connection = await entry.Pool.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

                // One that idled through a restart of the server looks open until it is used.
                await using var probe = new NpgsqlCommand("SELECT 1", connection);
                await probe.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                entry.Leased();
                return (connection, entry);
            }
            catch (NpgsqlException) when (isFirst && connection is not null && !cancellationToken.IsCancellationRequested)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                entry.Pool.Clear();
            }
            catch (Exception exception)
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                }

                if (!cancellationToken.IsCancellationRequested)
                {
                    entry.Failed(PostgresErrors.ToModuleException(exception, target).Code);
                }

                throw;
            }
        }
    }

    private PoolEntry<NpgsqlDataSource> Find(PostgresTarget target)
    {
        var connectionString = target.ToConnectionString();
        return cache.Find(
            $"{connectionString}\n{target.Tls?.PoolKey}",
            $"{target.HostAndPort}/{target.Database ?? target.Username}",
            () => Build(connectionString, target.Tls));
    }

    private static NpgsqlDataSource Build(string connectionString, TlsSettings? tls)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        if (tls is not null)
        {
            builder.UseSslClientAuthenticationOptionsCallback(options =>
            {
                // The driver has set what `sslmode` means; a script's own settings say more.
                options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => tls.Accepts(certificate, chain, errors);
                if (tls.ServerName is not null)
                {
                    options.TargetHost = tls.ServerName;
                }

                if (tls.LoadClientCertificate() is { } certificate)
                {
                    options.ClientCertificates = [certificate];
                }
            });
        }

        // Values go and come as text: no types need to be read from the server first, and servers that only look like PostgreSQL work too.
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        return builder.Build();
    }
}
