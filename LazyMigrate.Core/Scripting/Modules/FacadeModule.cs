namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>A module that is JavaScript only.</summary>
/// <param name="resource">The facade's embedded text, for example <c>Modules.Util.util.js</c>.</param>
/// <param name="names">The names it is required by.</param>
internal sealed class FacadeModule(string resource, params string[] names) : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = names;

    public string Facade { get; } = EmbeddedText.Read(resource);

    public IModuleSession? OpenSession(ModuleRun run) => null;
}
