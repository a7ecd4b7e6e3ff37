using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Scripting.Types;

/// <summary>What the editor is told about a module, and what <c>require</c> gives, have the same names; neither may drift.</summary>
public sealed class ModuleTypesTests(ScriptHost host, EditorTypeScript editor) : IClassFixture<ScriptHost>, IClassFixture<EditorTypeScript>
{
    /// <summary>Modules that there are by name only: requiring them throws.</summary>
    private static readonly HashSet<string> s_unavailable = ["msnodesqlv8", "mssql/msnodesqlv8"];

    /// <summary>What is on one side only, and why.</summary>
    private static readonly Dictionary<string, (string[] OnlyDeclared, string[] OnlyThere)> s_exceptions = new()
    {
        // Of use only to whom writes mixins.
        ["lodash"] = ([], ["prototype"]),
        ["underscore"] = ([], ["prototype"]),

        // The declarations share the global classes, which can more than node-fetch's own; `parsed` is for itself.
        ["cross-fetch"] = (["Headers.getSetCookie", "Request.blob", "Request.bytes", "Response.blob", "Response.bytes"], ["Request.parsed"]),
        ["isomorphic-fetch"] = (["Headers.getSetCookie", "Request.blob", "Request.bytes", "Response.blob", "Response.bytes"], ["Request.parsed"]),
        ["node-fetch"] = (["Headers.getSetCookie", "Request.blob", "Request.bytes", "Response.blob", "Response.bytes"], ["Request.parsed"]),
    };

    public static TheoryData<string> Modules => [.. new ServiceCollection().AddScripting().BuildServiceProvider().GetRequiredService<ScriptModuleCatalog>().Names];

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task Declarations_OfAModule_AreWhatItExports(string module)
    {
        var declared = editor.Declared(module);
        Assert.True(declared is not null || s_unavailable.Contains(module), $"There are no types of {module}.");
        if (s_unavailable.Contains(module))
        {
            return;
        }

        var there = JsonSerializer.Deserialize<ModuleThere>((await host.AnswerAsync($"const name = '{module}';{Read}"))!, JsonSerializerOptions.Web)!;

        var (onlyDeclared, onlyThere) = s_exceptions.GetValueOrDefault(module, ([], []));
        var missing = declared!.Names.Where(name => name != "default").Except(there.Names).Except(there.Inherited).ToList();
        var unknown = there.Names.Except(declared.Names).ToList();
        foreach (var (name, type) in declared.Types.Where(type => there.Types.ContainsKey(type.Key)))
        {
            var (own, inherited) = there.Types[name];
            missing.AddRange(type.Members.Where(member => member.Value == "method" && !own.Contains(member.Key) && !inherited.Contains(member.Key)).Select(member => $"{name}.{member.Key}"));
            unknown.AddRange(own.Where(member => !type.IsOpen && !type.Members.ContainsKey(member)).Select(member => $"{name}.{member}"));
        }

        var (tooMany, tooFew) = (Listed(missing, onlyDeclared), Listed(unknown, onlyThere));
        Assert.True(tooMany.Length == 0, $"Declared, but not there: {tooMany}");
        Assert.True(tooFew.Length == 0, $"There, but not declared: {tooFew}");
    }

    private static string Listed(IEnumerable<string> names, string[] excepted) =>
        string.Join(' ', names.Except(excepted).Order(StringComparer.Ordinal));

    /// <summary>The module's own names, those that a class has besides, and the members of what its classes make.</summary>
    private const string Read = """
        const loaded = require(name);
        const EventEmitter = require('events');
        const shared = [EventEmitter, Object, Function, Error, TypeError, RangeError, AggregateError, Array, Uint8Array, Buffer, Promise].map((type) => type.prototype);
        const isClass = (value) => typeof value === 'function' && (/^class/.test(Function.prototype.toString.call(value)) || (value.prototype && Object.getOwnPropertyNames(value.prototype).length > 1));
        const ofClass = (type) => Object.getOwnPropertyNames(type).filter((key) => !['length', 'name', 'prototype', 'arguments', 'caller'].includes(key));
        const names = [...new Set([...Object.keys(loaded), ...(isClass(loaded) ? ofClass(loaded) : [])])].filter((key) => key !== 'default');
        const membersOf = (type) => {
          const own = new Set();
          const inherited = new Set();
          let found = own;
          for (let at = type.prototype; at; at = Object.getPrototypeOf(at)) {
            // What the language and events bring may be declared again, and need not.
            if (at !== type.prototype && shared.includes(at)) found = inherited;
            for (const key of Object.getOwnPropertyNames(at)) if (!(key in Object.prototype) && !key.startsWith('_')) found.add(key);
          }
          return { own: [...own], inherited: [...inherited, ...Object.getOwnPropertyNames(Object.prototype)] };
        };
        const types = {};
        const add = (key, value) => { if (isClass(value)) types[key] = membersOf(value); };
        for (const key of names) add(key, loaded[key]);
        add('', loaded);
        // What a function that is a module has from the one that it extends.
        const inherited = [];
        for (let at = Object.getPrototypeOf(loaded); typeof at === 'function'; at = Object.getPrototypeOf(at)) inherited.push(...ofClass(at));
        return { names, inherited, types };
        """;

    private sealed record ModuleThere(IReadOnlyList<string> Names, IReadOnlyList<string> Inherited, IReadOnlyDictionary<string, TypeThere> Types);

    private sealed record TypeThere(IReadOnlyList<string> Own, IReadOnlyList<string> Inherited);
}
