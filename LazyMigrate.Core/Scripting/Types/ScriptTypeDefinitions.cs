using System.Reflection;

namespace LazyMigrate.Core.Scripting.Types;

/// <summary>TypeScript declarations of what scripts see, for the editor's completion, hover and errors.</summary>
public static class ScriptTypeDefinitions
{
    private const string Modules = "LazyMigrate.Core.Scripting.Types.Modules.";

    /// <summary>The modules, one file each, and what scripts of both dialects see.</summary>
    public static string Text { get; } = string.Join('\n', Assembly.GetExecutingAssembly()
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Modules, StringComparison.Ordinal) && name.EndsWith(".d.ts", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Concat(["Types.second-names.d.ts", "Types.legacy-script.d.ts"])
        .Select(EmbeddedText.Read));

    /// <summary>What only scripts of this dialect see: <c>configuration</c>, and the globals that old scripts use without <c>require</c>.</summary>
    public static string Of(ScriptDialect dialect) => dialect switch
    {
        ScriptDialect.Auth0 => EmbeddedText.Read("Types.auth0-script.d.ts"),
        _ => EmbeddedText.Read("Types.authing-script.d.ts"),
    };
}
