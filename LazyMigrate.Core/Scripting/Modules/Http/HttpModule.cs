namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>A library that asks other servers over HTTP: one facade a library, one host part for all.</summary>
/// <param name="network">Name resolution and sockets.</param>
/// <param name="resource">The facade's embedded text.</param>
/// <param name="names">The names it is required by.</param>
internal sealed class HttpModule(IOutboundNetwork network, string resource, params string[] names) : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = names;

    public string Facade { get; } = EmbeddedText.Read(resource);

    public IModuleSession OpenSession(ModuleRun run) => new HttpSession(network, run);
}
