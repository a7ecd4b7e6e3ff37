namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>A name for one member of another module: <c>uuid/v4</c>, <c>lodash.get</c>.</summary>
/// <param name="name">The name it is required by.</param>
/// <param name="module">The module that has it.</param>
/// <param name="member">The member, or empty for the whole module.</param>
internal sealed class MemberModule(string name, string module, string member = "") : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = [name];

    public string Facade { get; } = $"(function (kit, module, require) {{ module.exports = require('{module}'){(member.Length == 0 ? "" : $".{member}")}; }})";

    public IModuleSession? OpenSession(ModuleRun run) => null;
}
