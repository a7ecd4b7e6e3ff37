using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>The JavaScript that stands between the wall and the script, from the folder <c>Bootstrap</c>, as one program.</summary>
internal static class Bootstrap
{
    private static readonly DocumentInfo s_document = new("lazymigrate:bootstrap") { Flags = DocumentFlags.None };
    private static readonly string s_source = Assemble();
    private static readonly Lazy<byte[]> s_cache = new(CreateCache);

    /// <summary>Evaluates it: a function that takes the host function and gives the function that drives the run.</summary>
    public static ScriptObject Load(V8ScriptEngine engine)
    {
        // The cache only spares the parser; a rejected one is compiled again.
        using var script = engine.Compile(s_document, s_source, V8CacheKind.Code, s_cache.Value, out _);
        return (ScriptObject)engine.Evaluate(script);
    }

    private static byte[] CreateCache()
    {
        using var engine = IsolateEngine.Create(new ScriptLimits());
        using var script = engine.Compile(s_document, s_source, V8CacheKind.Code, out var cache);
        return cache;
    }

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
