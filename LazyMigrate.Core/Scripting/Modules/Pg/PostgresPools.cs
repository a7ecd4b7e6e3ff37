using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace LazyMigrate.Core.Scripting.Modules.Pg;

/// <summary>The pools to legacy databases, shared by all runs: one for each distinct target, the longest unused one closed when there are too many.</summary>
internal sealed class PostgresPools : IAsyncDisposable
{
    private const int Capacity = 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, NpgsqlDataSource Source)> _sources = new();

    /// <summary>Leases a connection that answers.</summary>
    public async Task<NpgsqlConnection> OpenAsync(PostgresTarget target, CancellationToken cancellationToken)
    {
        var source = Find(target);
        for (var isFirst = true; ; isFirst = false)
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // One that idled through a restart of the server looks open until it is used.
                await using var probe = new NpgsqlCommand("SELECT 1", connection);
                await probe.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return connection;
            }
            catch (NpgsqlException) when (isFirst && !cancellationToken.IsCancellationRequested)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                source.Clear();
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<NpgsqlDataSource> sources;
        lock (_lock)
        {
            sources = [.. _sources.Select(entry => entry.Source)];
            _sources.Clear();
        }

        foreach (var source in sources)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private NpgsqlDataSource Find(PostgresTarget target)
    {
        var connectionString = target.ToConnectionString();
        var key = $"{connectionString}\n{target.RootCertificate}";
        NpgsqlDataSource? evicted = null;
        NpgsqlDataSource found;
        lock (_lock)
        {
            var node = _sources.First;
            while (node is not null && node.Value.Key != key)
            {
                node = node.Next;
            }

            if (node is null)
            {
                node = new LinkedListNode<(string, NpgsqlDataSource)>((key, Build(connectionString, target.RootCertificate)));
                if (_sources.Count >= Capacity)
                {
                    evicted = _sources.Last!.Value.Source;
                    _sources.RemoveLast();
                }
            }
            else
            {
                _sources.Remove(node);
            }

            _sources.AddFirst(node);
            found = node.Value.Source;
        }

        // Leased connections live on; they are closed instead of returned.
        evicted?.Dispose();
        return found;
    }

    private static NpgsqlDataSource Build(string connectionString, string? rootCertificate)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        if (rootCertificate is not null)
        {
            builder.UseRootCertificate(X509Certificate2.CreateFromPem(rootCertificate));
        }

        // Values go and come as text: no types need to be read from the server first, and servers that only look like PostgreSQL work too.
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        return builder.Build();
    }
}
