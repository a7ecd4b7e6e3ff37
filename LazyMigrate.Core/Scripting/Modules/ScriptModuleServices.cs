using LazyMigrate.Core.Scripting.Modules.BetterSqlite3;
using LazyMigrate.Core.Scripting.Modules.Http;
using LazyMigrate.Core.Scripting.Modules.Ldap;
using LazyMigrate.Core.Scripting.Modules.MongoDb;
using LazyMigrate.Core.Scripting.Modules.MySql;
using LazyMigrate.Core.Scripting.Modules.Pg;
using LazyMigrate.Core.Scripting.Modules.Redis;
using LazyMigrate.Core.Scripting.Modules.Sqlite3;
using LazyMigrate.Core.Scripting.Modules.SqlServer;
using LazyMigrate.Core.Scripting.Packages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MySqlConnector;
using Npgsql;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>Registers what scripts can require.</summary>
internal static class ScriptModuleServices
{
    public static void AddScriptModules(this IServiceCollection services)
    {
        // A module is its folder and one line here.
        services.AddPools<NpgsqlDataSource>("pg");
        services.TryAddSingleton<PostgresPools>();
        services.AddSingleton<IScriptModule, PgModule>();
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Pg.pg-types.js", "pg-types"));
        services.AddPools<MySqlDataSource>("mysql");
        services.TryAddSingleton<MySqlPools>();
        services.AddSingleton<IScriptModule>(provider => new MySqlModule(provider.GetRequiredService<MySqlPools>(), "mysql"));
        services.AddSingleton<IScriptModule>(provider => new MySqlModule(provider.GetRequiredService<MySqlPools>(), "mysql2"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.MySql.mysql2-promise.js", "mysql2/promise"));
        services.AddPools<SqlServerPool>("tedious");
        services.TryAddSingleton<SqlServerPools>();
        services.AddSingleton<IScriptModule, SqlServerModule>();
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.tds-types.js", "internal/mssql/tds-types"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.mssql-types.js", "internal/mssql/types"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.mssql-pool.js", "internal/mssql/pool"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.mssql-results+mssql-request+mssql-transaction+mssql-prepared.js", "internal/mssql/request"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.mssql.js", "mssql", "mssql/tedious"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.msnodesqlv8.js", "mssql/msnodesqlv8", "msnodesqlv8"));
        services.AddSingleton<IScriptModule, BetterSqlite3Module>();
        services.AddSingleton<IScriptModule, Sqlite3Module>();
        services.AddSingleton<IScriptModule, RedisModule>();
        services.AddSingleton<IScriptModule, LdapModule>();
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Ldap.filter.js", "@ldapjs/filter"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Ldap.dn.js", "@ldapjs/dn"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Ldap.errors.js", "internal/ldapjs/errors"));
        services.AddPools<MongoPool>("mongodb");
        services.TryAddSingleton<MongoPools>();
        services.AddSingleton<IScriptModule, MongoModule>();
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.MongoDb.mongo-getdb.js", "mongo-getdb"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.MongoDb.error.js", "internal/mongodb/error"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.MongoDb.connection_string.js", "internal/mongodb/connection_string"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.MongoDb.cursor.js", "internal/mongodb/cursor"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.MongoDb.collection.js", "internal/mongodb/collection"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.MongoDb.bson.js", "bson"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.MongoDb.bson-types.js", "internal/bson/types"));
        foreach (var module in ComputingModules.Create())
        {
            services.AddSingleton(module);
        }

        services.TryAddSingleton<IOutboundNetwork, SystemNetwork>();
        foreach (var name in (string[])["http", "https", "undici", "axios", "request", "node-fetch"])
        {
            services.AddSingleton<IScriptModule>(provider => new HttpModule(
                provider.GetRequiredService<IOutboundNetwork>(),
                name == "request" ? "Modules.Http.request-init+request-response+request-body+request-auth+request-calls+request.js" : $"Modules.Http.{name}.js",
                name == "node-fetch" ? [name, "cross-fetch"] : [name]));
        }

        foreach (var module in PureModules.Create())
        {
            services.AddSingleton(module);
        }

        services.AddSingleton<IScriptModule, PackagesModule>();
        services.TryAddSingleton<ScriptModuleCatalog>();
        services.TryAddSingleton<ILegacyPools, LegacyPools>();
    }

    /// <summary>The pools of a module, closed with the server.</summary>
    private static void AddPools<TPool>(this IServiceCollection services, string module)
        where TPool : class, IAsyncDisposable
    {
        services.TryAddSingleton(provider => new PoolCache<TPool>(module, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPoolCache>(provider => provider.GetRequiredService<PoolCache<TPool>>());
    }
}
