using System.Runtime.CompilerServices;

namespace LazyMigrate.Core.Scripting;

/// <summary>Texts of this room that are embedded in the assembly.</summary>
internal static class EmbeddedText
{
    private const string Root = "LazyMigrate.Core.Scripting.";

    private static readonly ConditionalWeakTable<string, string> s_names = [];

    /// <summary>Reads a text: one file's, or a facade that is written in several and is one to V8, so that its parts cost a run no load of their own.</summary>
    /// <remarks>
    /// A part is a function of <c>(kit, require, parts)</c> that returns its members by name; the parts behind it, and the
    /// facade behind its <c>require</c>, find them in <c>parts</c>. What few scripts need is better an <c>internal/</c>
    /// module, loaded when it is first used.
    /// </remarks>
    /// <param name="name">The resource's name, with or without the room's prefix; a facade's parts stand before it, in the order of their use: <c>Modules.MySql.mysql-values+mysql.js</c>.</param>
    public static string Read(string name)
    {
        var fullName = name.StartsWith(Root, StringComparison.Ordinal) ? name : Root + name;
        var text = fullName.Contains('+', StringComparison.Ordinal) ? ReadJoined(fullName) : ReadFile(fullName);
        s_names.AddOrUpdate(text, fullName);
        return text;
    }

    private static string ReadJoined(string name)
    {
        var ending = name.LastIndexOf('.');
        var folder = name.LastIndexOf('.', ending - 1) + 1;
        var files = name[folder..ending].Split('+');
        string Text(string file) => ReadFile(name[..folder] + file + name[ending..]).Trim();
        var parts = string.Concat(files.SkipLast(1).Select(file => $"Object.assign(parts, ({Text(file)})(kit, require, parts));\n"));
        return $"(function (kit, module, require) {{\nconst parts = {{ __proto__: null }};\n{parts}({Text(files[^1])})(kit, module, require, parts);\n}})";
    }

    private static string ReadFile(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded text {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The name of a text that was read here, for a process of the same program to read it itself; null for any other text.</summary>
    public static string? NameOf(string text) => s_names.TryGetValue(text, out var name) ? name : null;
}
