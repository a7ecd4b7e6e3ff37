using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MySqlConnector;

namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>Leases connections from the pools to MySQL and MariaDB.</summary>
internal sealed class MySqlPools(PoolCache<MySqlDataSource> cache)
{
    // The scripts' escapes are backslashes, which mean nothing under NO_BACKSLASH_ESCAPES: a quote in a value would end it.
    // IGNORE_SPACE is what the originals ask for in their hand-shake. It is also the proof that the connection answers.
    private const string PrepareSql =
        "SET SESSION sql_mode = TRIM(BOTH ',' FROM CONCAT(REPLACE(REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', ''), ',,', ','), ',IGNORE_SPACE'))";

    /// <summary>Leases a connection that answers.</summary>
    public async Task<(MySqlConnection Connection, PoolEntry<MySqlDataSource> Entry)> OpenAsync(MySqlTarget target, CancellationToken cancellationToken)
    {
        var entry = Find(target);
        for (var isFirst = true; ; isFirst = false)
        {
            MySqlConnection? connection = null;
            try
            {
                connection = await entry.Pool.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await PrepareAsync(connection, cancellationToken).ConfigureAwait(false);
                entry.Leased();
                return (connection, entry);
            }
            catch (MySqlException) when (isFirst && connection is not null && !cancellationToken.IsCancellationRequested)
            {
                // One that idled through a restart of the server looks open until it is used.
                await connection.DisposeAsync().ConfigureAwait(false);
                await MySqlConnection.ClearPoolAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                }

                if (!MySqlErrors.IsDrivers(exception))
                {
                    throw;
                }

                // The driver tells the end of the run as "unable to connect": that is no fault of the module.
                cancellationToken.ThrowIfCancellationRequested();

                var error = await MySqlErrors.ExplainAsync(exception, target, cancellationToken).ConfigureAwait(false);
                entry.Failed(error.Code);
                throw error;
            }
        }
    }

    /// <summary>Makes a session as scripts expect it; needed again after a reset.</summary>
    public static async Task PrepareAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(PrepareSql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A source of connections to one target.</summary>
    internal static MySqlDataSource Build(MySqlTarget target, bool pooling = true)
    {
        var builder = new MySqlDataSourceBuilder(target.ToConnectionString(pooling));
        if (target.Tls is { } tls)
        {
            builder.UseRemoteCertificateValidationCallback((_, certificate, chain, errors) => Accepts(target, tls, certificate, chain, errors));
            if (tls.Certificate is not null)
            {
                builder.UseClientCertificatesCallback(certificates =>
                {
                    certificates.Add(tls.LoadClientCertificate()!);
                    return ValueTask.CompletedTask;
                });
            }
        }

        return builder.Build();
    }

    /// <summary>
    /// The originals check a certificate's issuer but not its name (mysql2 does with <c>verifyIdentity</c>). That is kept where
    /// the script names its own authorities; with the system's, which sign for everybody, the name must be right too.
    /// </summary>
    private static bool Accepts(MySqlTarget target, TlsSettings tls, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var nameMatters = target.VerifyIdentity || tls.ServerName is not null || tls.Authorities is null;
        if (!nameMatters)
        {
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        }
        else if (tls.ServerName is { } name && certificate is X509Certificate2 leaf)
        {
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
            errors |= leaf.MatchesHostname(name) ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateNameMismatch;
        }

        return tls.Accepts(certificate, chain, errors);
    }

    private PoolEntry<MySqlDataSource> Find(MySqlTarget target) => cache.Find(
        $"{target.ToConnectionString()}\n{target.VerifyIdentity}\n{target.Tls?.PoolKey}",
        $"{target.HostAndPort}/{target.Database}",
        () => Build(target));
}
