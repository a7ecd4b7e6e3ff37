using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Tests.Scripting.Packages;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Scripting.Workers;

/// <summary>The same packages where scripts run in workers: each file comes from the server.</summary>
public sealed class BroughtPackageInWorkerTests : BroughtPackageTests
{
    private protected override ScriptHost HostWith(IReadOnlyList<ScriptPackage> packages) =>
        WorkerScriptHost.Replacing(services => services.AddSingleton<IScriptPackageSource>(new FixedPackageSource(packages)));
}
