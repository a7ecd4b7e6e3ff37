using System.Collections.Concurrent;
using System.Net;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;

namespace LazyMigrate.Core.Scripting.Modules.MongoDb;

/// <summary>A driver's client: it pools connections and watches its servers by itself.</summary>
internal sealed class MongoPool : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> _refused = new();

    public MongoPool(MongoTarget target, LegacyAccess access)
    {
        var settings = target.ToSettings();

        // A replica set names its members by itself, and the driver follows. Every connection begins with one of these two events,
        // for use and for watching; what is thrown here is its failure, before a packet has left.
        settings.ClusterConfigurator = builder => builder
            .Subscribe<ConnectionOpeningEvent>(opening => Check(access, opening.ServerId.EndPoint))
            .Subscribe<ServerHeartbeatStartedEvent>(started => Check(access, started.ConnectionId.ServerId.EndPoint));
        Client = new MongoClient(settings);
    }

    public MongoClient Client { get; }

    /// <summary>Servers that the deployment named and that are not allowed.</summary>
    public IReadOnlyCollection<string> Refused => [.. _refused.Keys];

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Check(LegacyAccess access, EndPoint endPoint)
    {
        var host = HostAndPort(endPoint);
        if (!access.Hosts.Contains(host, StringComparer.Ordinal))
        {
            _refused[host] = true;
            AllowedHosts.Check(access, host);
        }
    }

    private static string HostAndPort(EndPoint endPoint) => endPoint switch
    {
        DnsEndPoint name => MongoTarget.HostAndPort(name.Host, name.Port),
        IPEndPoint address => MongoTarget.HostAndPort(address.Address.ToString(), address.Port),
        _ => endPoint.ToString() ?? "",
    };
}

/// <summary>The clients of all runs, one for each target and list of allowed hosts.</summary>
internal sealed class MongoPools(PoolCache<MongoPool> cache)
{
    public PoolEntry<MongoPool> Find(MongoTarget target, LegacyAccess access) =>
        cache.Find(target.PoolKey(access), target.Address, () => new MongoPool(target, access));
}
