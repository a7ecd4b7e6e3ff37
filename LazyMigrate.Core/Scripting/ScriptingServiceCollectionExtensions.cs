using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Modules.BetterSqlite3;
using LazyMigrate.Core.Scripting.Modules.Http;
using LazyMigrate.Core.Scripting.Modules.Pg;
using LazyMigrate.Core.Scripting.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.Scripting;

/// <summary>Registers the script runtime.</summary>
public static class ScriptingServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IScriptRunner"/>, <see cref="IScriptInspector"/>, <see cref="ILegacyConnectionTester"/> and <see cref="ScriptContracts"/>.</summary>
    public static IServiceCollection AddScripting(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();

        // A module is its folder and one line here.
        services.TryAddSingleton<PostgresPools>();
        services.AddSingleton<IScriptModule, PgModule>();
        services.AddSingleton<IScriptModule>(_ => new FacadeModule("Modules.Pg.pg-types.js", "pg-types"));
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
        foreach (var module in PureModules.Create())
        {
            services.AddSingleton(module);
        }

        services.TryAddSingleton<ScriptModuleCatalog>();

        services.AddOptions<ScriptWorkerOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IScriptRunner>(provider => provider.GetRequiredService<IOptions<ScriptWorkerOptions>>().Value.Command is null
            ? ActivatorUtilities.CreateInstance<InProcessScriptRunner>(provider)
            : ActivatorUtilities.CreateInstance<WorkerScriptRunner>(provider));
        services.AddHostedService<ScriptWorkerStart>();
        services.TryAddSingleton<IScriptInspector>(provider => new ScriptInspector(provider.GetRequiredService<ScriptModuleCatalog>(), new ScriptLimits()));
        services.TryAddSingleton<ILegacyConnectionTester, LegacyConnectionTester>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IScriptContract, AuthingContract>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IScriptContract, Auth0Contract>());
        services.TryAddSingleton<ScriptContracts>();
        return services;
    }
}
