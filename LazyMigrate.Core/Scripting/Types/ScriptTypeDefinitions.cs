namespace LazyMigrate.Core.Scripting.Types;

/// <summary>TypeScript declarations of what scripts see, for the editor's completion.</summary>
public static class ScriptTypeDefinitions
{
    private const string Prefix = "LazyMigrate.Core.Scripting.Types.Modules.";

    /// <summary>The text of <c>legacy-script.d.ts</c>, and of each module's own file.</summary>
    public static string Text { get; } = string.Join('\n', [
        .. typeof(ScriptTypeDefinitions).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => EmbeddedText.Read($"Types.Modules.{name[Prefix.Length..]}")),

        // Last: an overload of `require` for any name must come after those for known ones.
        EmbeddedText.Read("Types.legacy-script.d.ts"),
    ]);
}
