namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>Node's <c>crypto</c>. See https://nodejs.org/api/crypto.html.</summary>
internal sealed class CryptoModule : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["crypto"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Crypto.crypto.js");

    public bool ComputesOnly => true;

    public IModuleSession OpenSession(ModuleRun run) => new CryptoSession(run);
}
