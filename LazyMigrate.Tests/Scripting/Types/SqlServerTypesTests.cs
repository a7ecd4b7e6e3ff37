using System.Text.Json;
using System.Text.RegularExpressions;
using LazyMigrate.Core.Scripting.Types;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Types;

/// <summary>What the declarations for the editor say, and what the facades have: neither may drift.</summary>
public sealed partial class SqlServerTypesTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    // Types of columns have a second name in capitals, which the editor need not offer.
    private const string Read =
        """
        const exports = require(NAME);
        const methods = (type) => Object.getOwnPropertyNames(type.prototype).filter((name) => name !== 'constructor' && !name.startsWith('_') && typeof Object.getOwnPropertyDescriptor(type.prototype, name).value === 'function').sort();
        return {
          names: Object.keys(exports).filter((name) => !(exports.TYPES && !(name in exports.TYPES) && name === name.toUpperCase() && Object.keys(exports.TYPES).some((type) => type.toUpperCase() === name))).sort(),
          methods: Object.fromEntries(['Connection', 'Request', 'ConnectionPool', 'Transaction', 'PreparedStatement'].filter((name) => Object.hasOwn(exports, name) && exports.propertyIsEnumerable(name)).map((name) => [name, methods(exports[name])])),
        };
        """;

    [Theory]
    [InlineData("tedious")]
    [InlineData("mssql")]
    public async Task Declarations_OfAModule_AreWhatItExports(string name)
    {
        var answer = await host.AnswerAsync(Read.Replace("NAME", $"'{name}'", StringComparison.Ordinal));
        using var actual = JsonDocument.Parse(answer!);
        var declared = Module(name);

        Assert.Equal(Strings(actual.RootElement.GetProperty("names")), Names(declared));
        foreach (var type in actual.RootElement.GetProperty("methods").EnumerateObject())
        {
            Assert.Equal(Strings(type.Value), Methods(declared, type.Name));
        }
    }

    private static string Module(string name)
    {
        var start = ScriptTypeDefinitions.Text.IndexOf($"declare module '{name}' {{", StringComparison.Ordinal);
        return ScriptTypeDefinitions.Text[start..ScriptTypeDefinitions.Text.IndexOf("\n}", start, StringComparison.Ordinal)];
    }

    private static IEnumerable<string> Names(string text) => Export().Matches(text)
        .SelectMany(match => match.Groups[1].Success
            ? [match.Groups[1].Value]
            : match.Groups[2].Success ? Constant().Matches(match.Groups[2].Value).Select(constant => constant.Groups[1].Value) : [match.Groups[3].Value])
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Methods(string text, string type)
    {
        var start = text.IndexOf($"export class {type} {{", StringComparison.Ordinal);
        var body = text[start..text.IndexOf("\n  }", start, StringComparison.Ordinal)];

        // `on` and `once` are the event emitter's.
        return Method().Matches(body).Select(match => match.Groups[1].Value).Where(name => name is not ("on" or "once" or "constructor")).Distinct().Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"export (?:(?:class|function) (\w+)|const ((?:\w+: [^,;]*(?:<[^;]*>)?[^,;]*,?\s*)+);|\{ \w+ as (\w+) \})")]
    private static partial Regex Export();

    [GeneratedRegex(@"(?:^|,\s*)(\w+): ")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^    (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();
}
