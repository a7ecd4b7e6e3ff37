using System.Diagnostics;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LazyMigrate.Core.Scripting.Modules.MongoDb;

/// <summary>Connects to a MongoDB deployment once, outside the pools, and looks around.</summary>
internal static class MongoProbe
{
    public static async Task<LegacyConnectionTest> TestAsync(string uri, LegacyAccess access, CancellationToken cancellationToken)
    {
        MongoUrl url;
        try
        {
            url = await new MongoUrl(uri).ResolveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MongoConfigurationException or ArgumentException or FormatException or InvalidOperationException || exception.GetType().Namespace == "DnsClient")
        {
            return new LegacyConnectionTest.NotConnected("ERR_INVALID_URL", "The connection URI is not valid. It looks like `mongodb://user:password@host:27017/database`; user name and password must be percent-encoded.");
        }

        var target = new MongoTarget
        {
            Hosts = [.. url.Servers],
            User = url.Username,
            Password = url.Password,
            AuthSource = url.AuthenticationSource ?? url.DatabaseName ?? "admin",
            Mechanism = url.AuthenticationMechanism,
            ReplicaSet = url.ReplicaSetName,
            Direct = url.DirectConnection,
            Tls = url.UseTls ? TlsSettings.Default with { Verify = !url.AllowInsecureTls } : null,
        };

        // What is typed is what is tested: the hosts of the URI are allowed here also before the settings are saved.
        var allowed = access with { Hosts = [.. access.Hosts.Concat(target.Hosts.Select(MongoTarget.HostAndPort)).Distinct(StringComparer.Ordinal)] };
        await using var pool = new MongoPool(target, allowed);
        try
        {
            await MongoSession.PingAsync(pool, target, TimeSpan.FromSeconds(10), cancellationToken).ConfigureAwait(false);
            var database = pool.Client.GetDatabase(url.DatabaseName ?? "test");
            var started = Stopwatch.GetTimestamp();
            await database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), cancellationToken: cancellationToken).ConfigureAwait(false);
            var latency = Stopwatch.GetElapsedTime(started);
            var info = await database.RunCommandAsync<BsonDocument>(new BsonDocument("buildInfo", 1), cancellationToken: cancellationToken).ConfigureAwait(false);
            using var names = await database.ListCollectionNamesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var collections = await names.ToListAsync(cancellationToken).ConfigureAwait(false);
            return new LegacyConnectionTest.Connected(
                $"MongoDB {info.GetValue("version", "")}", latency, [.. collections.Order(StringComparer.Ordinal).Take(LegacyConnectionTester.TablesNamed)]);
        }
        catch (Exception exception) when (MongoErrors.IsKnown(exception) || exception is ModuleException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var error = MongoErrors.ToModuleException(exception, target, pool);
            return new LegacyConnectionTest.NotConnected(error.Code, Sentence(error, target));
        }
    }

    private static string Sentence(ModuleException error, MongoTarget target) => error.Code switch
    {
        "ECONNREFUSED" => $"Nothing listens at {target.Address}: check host and port, and that the database is running.",
        "ENOTFOUND" or "EAI_AGAIN" => $"The name {target.Hosts[0].Host} is not known: check its spelling, and that this server can resolve it.",
        "ETIMEDOUT" or "EHOSTUNREACH" or "ENETUNREACH" => $"{target.Address} does not answer: check that this server may reach it.",
        "18" => $"The user name or the password is wrong, or the user is not one of the database \"{target.AuthSource}\" (authSource).",
        "13" => "This user may not look at the database.",
        _ => error.Message,
    };
}
