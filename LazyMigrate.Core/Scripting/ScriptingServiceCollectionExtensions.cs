using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Modules;
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
        services.TryAddSingleton(TimeProvider.System);

        services.AddScriptModules();

        services.AddOptions<ScriptWorkerOptions>();
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
