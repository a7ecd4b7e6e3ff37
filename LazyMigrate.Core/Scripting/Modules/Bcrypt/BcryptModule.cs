namespace LazyMigrate.Core.Scripting.Modules.Bcrypt;

/// <summary>The npm packages <c>bcrypt</c> and <c>bcryptjs</c>. See https://github.com/kelektiv/node.bcrypt.js.</summary>
internal sealed class BcryptModule : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["bcrypt", "bcryptjs"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Bcrypt.bcrypt.js");

    public bool ComputesOnly => true;

    public IModuleSession OpenSession(ModuleRun run) => new BcryptSession(run);
}
