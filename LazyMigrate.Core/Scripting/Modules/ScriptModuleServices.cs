using LazyMigrate.Core.Scripting.Modules.BetterSqlite3;
using LazyMigrate.Core.Scripting.Modules.Http;
using LazyMigrate.Core.Scripting.Modules.Pg;
using LazyMigrate.Core.Scripting.Modules.SqlServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.AddPools<SqlServerPool>("tedious");
        services.TryAddSingleton<SqlServerPools>();
        services.AddSingleton<IScriptModule, SqlServerModule>();
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.tds-types.js", "tds-types"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.mssql-types.js", "mssql-types"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.mssql-pool.js", "mssql-pool"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.mssql-request.js", "mssql-request"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.mssql.js", "mssql", "mssql/tedious"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.SqlServer.msnodesqlv8.js", "mssql/msnodesqlv8", "msnodesqlv8"));
        services.AddSingleton<IScriptModule, BetterSqlite3Module>();
        foreach (var module in ComputingModules.Create())
        {
            services.AddSingleton(module);
        }

        services.TryAddSingleton<IOutboundNetwork, SystemNetwork>();
        services.AddSingleton<IScriptModule>(provider => new HttpModule(provider.GetRequiredService<IOutboundNetwork>(), "Modules.Http.undici.js", "undici"));
        services.AddSingleton<IScriptModule>(provider => new HttpModule(provider.GetRequiredService<IOutboundNetwork>(), "Modules.Http.axios.js", "axios"));
        services.AddSingleton<IScriptModule>(provider => new HttpModule(provider.GetRequiredService<IOutboundNetwork>(), "Modules.Http.request.js", "request"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Http.request-promise.js", "request-promise", "request-promise-native"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Http.node-fetch.js", "node-fetch", "isomorphic-fetch", "cross-fetch"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Util.util.js", "util"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Assert.assert.js", "assert"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Events.events.js", "events"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Buffer.buffer.js", "buffer"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Url.url.js", "url"));
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.QueryString.querystring.js", "querystring"));
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
