namespace LazyMigrate.Core.Scripting.Types;

/// <summary>TypeScript declarations of what scripts see, for the editor's completion.</summary>
public static class ScriptTypeDefinitions
{
    /// <summary>The text of <c>legacy-script.d.ts</c>.</summary>
    public static string Text { get; } = EmbeddedText.Read("Types.legacy-script.d.ts");
}
