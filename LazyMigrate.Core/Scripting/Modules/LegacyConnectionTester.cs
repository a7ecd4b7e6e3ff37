using LazyMigrate.Core.Scripting.Modules.BetterSqlite3;
using LazyMigrate.Core.Scripting.Modules.Http;
using LazyMigrate.Core.Scripting.Modules.MongoDb;
using LazyMigrate.Core.Scripting.Modules.MySql;
using LazyMigrate.Core.Scripting.Modules.Pg;
using LazyMigrate.Core.Scripting.Modules.SqlServer;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>Tests connections with the drivers and the rules that scripts get.</summary>
internal sealed class LegacyConnectionTester(IOutboundNetwork network) : ILegacyConnectionTester
{
    /// <summary>Tables and views that are named.</summary>
    internal const int TablesNamed = 50;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public async Task<LegacyConnectionTest> TestAsync(
        LegacyStore store,
        string connectionUri,
        LegacyAccess access,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connectionUri);
        ArgumentNullException.ThrowIfNull(access);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            return store switch
            {
                LegacyStore.Postgres => await PostgresProbe.TestAsync(connectionUri, limit.Token).ConfigureAwait(false),
                LegacyStore.MySql => await MySqlProbe.TestAsync(connectionUri, limit.Token).ConfigureAwait(false),
                LegacyStore.SqlServer => await SqlServerProbe.TestAsync(connectionUri, limit.Token).ConfigureAwait(false),
                LegacyStore.Sqlite => await Task.Run(() => SqliteProbe.Test(connectionUri, access, limit.Token), CancellationToken.None).ConfigureAwait(false),
                LegacyStore.MongoDb => await MongoProbe.TestAsync(connectionUri, access, limit.Token).ConfigureAwait(false),
                LegacyStore.Http => await HttpProbe.TestAsync(connectionUri, new OutboundGate(network, access), limit.Token).ConfigureAwait(false),
                _ => throw new ArgumentOutOfRangeException(nameof(store)),
            };
        }
        catch (ModuleException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new LegacyConnectionTest.NotConnected(exception.Code, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new LegacyConnectionTest.NotConnected(
                "ETIMEDOUT",
                $"The database did not answer within {s_patience.TotalSeconds:0} s. Check that this server may reach it, and that no firewall drops the packets.");
        }
    }
}
