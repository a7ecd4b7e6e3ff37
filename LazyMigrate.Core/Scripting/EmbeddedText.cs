using System.Runtime.CompilerServices;

namespace LazyMigrate.Core.Scripting;

/// <summary>Texts of this room that are embedded in the assembly.</summary>
internal static class EmbeddedText
{
    private const string Root = "LazyMigrate.Core.Scripting.";

    private static readonly ConditionalWeakTable<string, string> s_names = [];

    /// <param name="name">The resource's name, with or without the room's prefix.</param>
    public static string Read(string name)
    {
        var fullName = name.StartsWith(Root, StringComparison.Ordinal) ? name : Root + name;
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(fullName)
            ?? throw new InvalidOperationException($"The embedded text {fullName} is missing.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        s_names.AddOrUpdate(text, fullName);
        return text;
    }

    /// <summary>The name of a text that was read here, for a process of the same program to read it itself; null for any other text.</summary>
    public static string? NameOf(string text) => s_names.TryGetValue(text, out var name) ? name : null;
}
