using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Types;
using Microsoft.ClearScript.V8;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The TypeScript that is in the editor, with the editor's settings and our declarations, without a browser.</summary>
public sealed class EditorTypeScript : IDisposable
{
    private readonly V8ScriptEngine _engine = new();
    private readonly Lock _one = new();

    public EditorTypeScript()
    {
        _engine.Execute("var factory; var self = globalThis; function define(name, needs, make) { factory = make; }");
        _engine.Execute(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "tsWorker.js")));
        _engine.Execute(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "LazyMigrate.Web", "wwwroot", "script-types.js")).ReplaceLineEndings("\n").Replace("\nexport ", "\n", StringComparison.Ordinal));
        _engine.Execute(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "LazyMigrate.Tests", "Scripting", "Types", "type-checker.js")));
        _engine.Script.types = ScriptTypeDefinitions.Text;
        _engine.Execute("var checker = createChecker(factory(() => ({})), types);");
    }

    /// <summary>What the editor marks in a script, as <c>line: code message</c>.</summary>
    public IReadOnlyList<string> Errors(string source, ScriptDialect dialect) => Ask<List<string>>("errors", source, ScriptTypeDefinitions.Of(dialect))!;

    /// <summary>What is wrong with the declarations themselves.</summary>
    public IReadOnlyList<string> DeclarationErrors(ScriptDialect dialect) => Ask<List<string>>("libraryErrors", ScriptTypeDefinitions.Of(dialect))!;

    /// <summary>What the editor offers where the source has a <c>|</c>.</summary>
    public IReadOnlyList<string> Completions(string source, ScriptDialect dialect) => Ask<List<string>>("completions", source, ScriptTypeDefinitions.Of(dialect))!;

    /// <summary>What is declared of a module, or null.</summary>
    internal DeclaredModule? Declared(string module) => Ask<DeclaredModule>("declared", module);

    public void Dispose() => _engine.Dispose();

    private T? Ask<T>(string function, params object[] arguments)
    {
        lock (_one)
        {
            dynamic checker = _engine.Script.checker;
            return JsonSerializer.Deserialize<T>((string)checker.InvokeMethod(function, arguments), JsonSerializerOptions.Web);
        }
    }
}

/// <summary>What the declarations say of a module.</summary>
/// <param name="Names">Of its exports that are values.</param>
/// <param name="Types">Its classes by name; the module itself has an empty one.</param>
internal sealed record DeclaredModule(IReadOnlyList<string> Names, IReadOnlyDictionary<string, DeclaredType> Types);

/// <param name="Members">"method" or "value", by name.</param>
/// <param name="IsOpen">Whether it may have others.</param>
internal sealed record DeclaredType(IReadOnlyDictionary<string, string> Members, bool IsOpen);
