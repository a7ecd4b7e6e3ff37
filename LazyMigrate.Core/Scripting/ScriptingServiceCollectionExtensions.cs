using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Modules.Bcrypt;
using LazyMigrate.Core.Scripting.Modules.BetterSqlite3;
using LazyMigrate.Core.Scripting.Modules.Crypto;
using LazyMigrate.Core.Scripting.Modules.Http;
using LazyMigrate.Core.Scripting.Modules.Pg;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.AddSingleton<IScriptModule, BcryptModule>();
        services.AddSingleton<IScriptModule, CryptoModule>();
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

        services.TryAddSingleton<IScriptRunner, InProcessScriptRunner>();
        services.TryAddSingleton<IScriptInspector>(provider => new ScriptInspector(provider.GetRequiredService<ScriptModuleCatalog>(), new ScriptLimits()));
        services.TryAddSingleton<ILegacyConnectionTester, LegacyConnectionTester>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IScriptContract, AuthingContract>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IScriptContract, Auth0Contract>());
        services.TryAddSingleton<ScriptContracts>();
        return services;
    }
}
