namespace LazyMigrate.Core.Scripting;

/// <summary>Texts of this room that are embedded in the assembly.</summary>
internal static class EmbeddedText
{
    private const string Root = "LazyMigrate.Core.Scripting.";

    /// <param name="name">The resource's name, with or without the room's prefix.</param>
    public static string Read(string name)
    {
        var fullName = name.StartsWith(Root, StringComparison.Ordinal) ? name : Root + name;
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(fullName)
            ?? throw new InvalidOperationException($"The embedded text {fullName} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
