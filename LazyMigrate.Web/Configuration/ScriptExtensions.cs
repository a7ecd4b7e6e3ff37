using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Web.Configuration;

internal static class ScriptExtensions
{
    /// <summary>The runtime of the administrator's scripts.</summary>
    public static void AddScripts(this WebApplicationBuilder builder) => builder.Services.AddScripting();
}
