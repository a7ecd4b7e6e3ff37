using System.Collections.Frozen;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;
using Microsoft.ClearScript.V8.FastProxy;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>The JavaScript that stands between the wall and the script, from the folder <c>Bootstrap</c>, as one program.</summary>
internal static class Bootstrap
{
    private static readonly DocumentInfo s_document = new("lazymigrate:bootstrap") { Flags = DocumentFlags.None };
    private static readonly string s_source = Assemble();

    /// <summary>Scripts that answer and throw.</summary>
    private static readonly string[] s_rehearsals =
    [
        "async function login(query) { console.log('a', 1); return { id: query.email, list: [1, true] }; }",
        "async function login() { await new Promise((resolve) => setTimeout(resolve, 1)); throw new WrongPasswordError(); }",
        "async function login() { throw new Error('x'); }",
    ];

    private static readonly FrozenDictionary<string, string> s_parts = ReadParts();
    private static readonly Lazy<byte[]> s_cache = new(CreateCache);

    /// <summary>Evaluates it: a function that takes the host function and gives the function that drives the run.</summary>
    public static ScriptObject Load(V8ScriptEngine engine)
    {
        // The cache only spares the parser; a rejected one is compiled again.
        using var script = engine.Compile(s_document, s_source, V8CacheKind.Code, s_cache.Value, out _);
        return (ScriptObject)engine.Evaluate(script);
    }

    /// <summary>One of the parts that are loaded when a script first touches what they define: the folder <c>Parts</c>.</summary>
    public static string Part(string name) => s_parts[name];

    /// <summary>Made after a run of its own, so that it also holds the functions that a run calls: V8 compiles them when they are.</summary>
    private static byte[] CreateCache()
    {
        using var engine = IsolateEngine.Create(new ScriptLimits());
        using var script = engine.Compile(s_document, s_source);
        using var boot = (ScriptObject)engine.Evaluate(script);
        using var drive = (ScriptObject)boot.Invoke(false, new V8FastHostFunction("host", static (bool _, in V8FastArgs _, in V8FastResult _) => { }));
        foreach (var each in s_rehearsals)
        {
            drive.Invoke(false, "begin", """{"variables":{"A":"B"},"dialect":"Authing","functionNames":["login"],"packages":[],"consoleLineLength":100,"resultLength":1000,"resultDepth":5}""", "");
            drive.Invoke(false, "start", each, """[{"email":"a"}]""");
        }

        using var again = engine.Compile(s_document, s_source, V8CacheKind.Code, out var cache);
        return cache;
    }

    private static FrozenDictionary<string, string> ReadParts()
    {
        const string Folder = "LazyMigrate.Core.Scripting.V8.Parts.";
        return typeof(Bootstrap).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Folder.Length..^".js".Length], EmbeddedText.Read, StringComparer.Ordinal);
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
