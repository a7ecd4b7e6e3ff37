namespace LazyMigrate.Core.Scripting.Modules.Argon2;

/// <summary>The npm package <c>argon2</c>. See https://github.com/ranisalt/node-argon2.</summary>
internal sealed class Argon2Module : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["argon2"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Argon2.argon2.js");

    public bool ComputesOnly => true;

    public IModuleSession OpenSession(ModuleRun run) => new Argon2Session(run);
}
