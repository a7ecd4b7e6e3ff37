using System.Collections.Concurrent;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>The JavaScript that stands between the wall and the script.</summary>
internal static class Bootstrap
{
    private static readonly ConcurrentDictionary<string, string> s_parts = new(StringComparer.Ordinal);

    /// <summary>The folder <c>Bootstrap</c> as one program: a function that takes the host function and gives the function that drives the run.</summary>
    public static string Source { get; } = Assemble();

    /// <summary>What few runs need, loaded when a script first touches it: from the folder <c>Parts</c>.</summary>
    public static string Part(string name) => s_parts.GetOrAdd(name, static name => EmbeddedText.Read($"V8.Parts.{name}.js"));

    private static string Assemble()
    {
        var assembly = typeof(Bootstrap).Assembly;
        var parts = assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".V8.Bootstrap.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => EmbeddedText.Read(name));
        return $$"""
            (function (host) {
            'use strict';
            {{string.Join('\n', parts)}}
            })
            """;
    }
}
