namespace LazyMigrate.Core.Scripting.Modules.Zlib;

/// <summary>Node's <c>zlib</c>. See https://nodejs.org/api/zlib.html.</summary>
internal sealed class ZlibModule : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["zlib"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Zlib.zlib.js");

    public bool ComputesOnly => true;

    public IModuleSession OpenSession(ModuleRun run) => new ZlibSession();
}
