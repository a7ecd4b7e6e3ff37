using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.UserMigration.Adopting;

/// <summary>An application of one test: each class of tests runs on both kinds.</summary>
public interface IAdoptedAppKind
{
    /// <summary>Starts a new application, with a legacy database of its own.</summary>
    Task<AdoptedApp> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, Action<AdoptedLegacy>? prepare = null);

    /// <summary>Starts a second node of an application.</summary>
    Task<AdoptedApp> JoinAsync(AdoptedApp other, IReadOnlyDictionary<string, string?> settings);
}

/// <summary>Users with string keys in a SQLite file; the legacy database is another, and so is LazyMigrate's own.</summary>
public sealed class SqliteAppKind : IAdoptedAppKind
{
    public async Task<AdoptedApp> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, Action<AdoptedLegacy>? prepare = null)
    {
        var legacy = await AdoptedSqliteLegacy.CreateAsync();
        prepare?.Invoke(legacy);
        return await AdoptedApp.StartAsync<ShopUser, string>(legacy, Connect(legacy), settings, configure);
    }

    public Task<AdoptedApp> JoinAsync(AdoptedApp other, IReadOnlyDictionary<string, string?> settings) =>
        AdoptedApp.StartAsync<ShopUser, string>(other.Legacy, Connect(other.Legacy), settings, ownsLegacy: false);

    private static Action<DbContextOptionsBuilder> Connect(AdoptedLegacy legacy) =>
        options => options.UseSqlite($"Data Source={Path.Combine(legacy.Folder, "app.db")};Default Timeout=60");
}

/// <summary>Users with GUIDs as keys in PostgreSQL, where the legacy database and LazyMigrate's own are, too.</summary>
public sealed class PostgresAppKind(PostgresServer server) : IAdoptedAppKind
{
    private readonly string _database = $"app_{Guid.NewGuid():N}";

    public async Task<AdoptedApp> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, Action<AdoptedLegacy>? prepare = null)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        var legacy = await AdoptedPostgresLegacy.CreateAsync(server);
        prepare?.Invoke(legacy);
        var own = $"own_{Guid.NewGuid():N}";
        await server.CreateDatabaseAsync(own);
        legacy.Settings["LazyMigrate:Database:Provider"] = "Postgres";
        legacy.Settings["LazyMigrate:Database:ConnectionString"] = server.ConnectionStringOf(own);
        return await AdoptedApp.StartAsync<GuidUser, Guid>(legacy, Connect, settings, configure);
    }

    public async Task<AdoptedApp> JoinAsync(AdoptedApp other, IReadOnlyDictionary<string, string?> settings) =>
        await AdoptedApp.StartAsync<GuidUser, Guid>(other.Legacy, Connect, settings, ownsLegacy: false);

    private void Connect(DbContextOptionsBuilder options) => options.UseNpgsql(server.ConnectionStringOf(_database));
}
