using System.Reflection;

namespace LazyMigrate.Core.Scripting.Types;

/// <summary>TypeScript declarations of what scripts see, for the editor's completion.</summary>
public static class ScriptTypeDefinitions
{
    private const string Modules = "LazyMigrate.Core.Scripting.Types.Modules.";

    /// <summary>The text of <c>Modules/*.d.ts</c>, then of <c>legacy-script.d.ts</c>: the first overload of <c>require</c> that fits counts.</summary>
    public static string Text { get; } = string.Join('\n', Assembly.GetExecutingAssembly()
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Modules, StringComparison.Ordinal) && name.EndsWith(".d.ts", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Append("Types.legacy-script.d.ts")
        .Select(EmbeddedText.Read));
}
