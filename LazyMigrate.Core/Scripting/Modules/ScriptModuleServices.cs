using LazyMigrate.Core.Scripting.Modules.BetterSqlite3;
using LazyMigrate.Core.Scripting.Modules.Http;
using LazyMigrate.Core.Scripting.Modules.Pg;
using LazyMigrate.Core.Scripting.Packages;
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
        services.AddSingleton<IScriptModule, BetterSqlite3Module>();
        foreach (var module in ComputingModules.Create())
        {
            services.AddSingleton(module);
        }

        services.TryAddSingleton<IOutboundNetwork, SystemNetwork>();
        foreach (var name in (string[])["http", "https", "undici", "axios", "request", "node-fetch"])
        {
            services.AddSingleton<IScriptModule>(provider => new HttpModule(
                provider.GetRequiredService<IOutboundNetwork>(),
                $"Modules.Http.{name}.js",
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
