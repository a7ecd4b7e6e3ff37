namespace LazyMigrate.Core.Scripting.Types;

/// <summary>TypeScript declarations of what scripts see, for the editor's completion.</summary>
public static class ScriptTypeDefinitions
{
    /// <summary>
    /// The texts of <c>Modules/*.d.ts</c> and then of <c>legacy-script.d.ts</c>, whose last declaration of <c>require</c> takes
    /// every other name: TypeScript chooses the first that fits.
    /// </summary>
    public static string Text { get; } = string.Join(
        '\n',
        typeof(ScriptTypeDefinitions).Assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".Types.Modules.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Append("Types.legacy-script.d.ts")
            .Select(EmbeddedText.Read));
}
