using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Workers;

namespace LazyMigrate.Web.Configuration;

internal static class ScriptExtensions
{
    /// <summary>The runtime of the administrator's scripts, in workers of this same executable.</summary>
    public static void AddScripts(this WebApplicationBuilder builder)
    {
        builder.Services.AddScripting();
        builder.Services.Configure<ScriptWorkerOptions>(builder.Configuration.GetSection(ScriptWorkerOptions.Section));
        builder.Services.Configure<ScriptWorkerOptions>(options => options.Command = WorkerCommand.ForAssembly(typeof(Program).Assembly.Location));
    }
}
