using System.Text.Json;
using System.Text.RegularExpressions;
using LazyMigrate.Core.Scripting.Types;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Types;

/// <summary>What the editor is told about a module and what <c>require</c> gives have the same names.</summary>
public sealed partial class DatabaseModuleTypesTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [Theory]
    [InlineData("mysql")]
    [InlineData("mysql2")]
    [InlineData("mysql2/promise")]
    [InlineData("phpass")]
    [InlineData("redis")]
    [InlineData("sqlite3")]
    public async Task Declarations_OfAModule_AreItsExportsAndMethods(string module)
    {
        var start = ScriptTypeDefinitions.Text.IndexOf($"declare module '{module}' {{", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There are no types of {module}.");
        var end = ScriptTypeDefinitions.Text.IndexOf("\n}", start, StringComparison.Ordinal);
        var text = ScriptTypeDefinitions.Text[start..end];
        var declared = ExportRegex().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();

        var json = await host.AnswerAsync(
            $$"""
            const loaded = require('{{module}}');
            const methods = {};
            for (const [name, value] of Object.entries(loaded)) {
              if (typeof value !== 'function' || !/^class/.test(Function.prototype.toString.call(value))) continue;
              methods[name] = Object.getOwnPropertyNames(value.prototype).filter((each) => each !== 'constructor' && !each.startsWith('_'));
            }
            return [Object.keys(loaded).filter((name) => name !== 'default').sort(), methods];
            """);
        using var seen = JsonDocument.Parse(json!);

        Assert.Equal(seen.RootElement[0].EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal), declared);
        foreach (var type in seen.RootElement[1].EnumerateObject().Where(type => text.Contains($"class {type.Name} ", StringComparison.Ordinal)))
        {
            var from = text.IndexOf($"class {type.Name} ", StringComparison.Ordinal);
            var next = text.IndexOf("\n  export ", from, StringComparison.Ordinal);
            var body = next < 0 ? text[from..] : text[from..next];
            // The commands of redis have an interface of their own, and names in lower and upper case besides.
            Assert.All(type.Value.EnumerateArray(), method => Assert.Matches($@"(?i)\b{method.GetString()}\s*[(:?<]", module == "redis" ? text : body));
        }
    }

    [GeneratedRegex(@"^  export (?:class|function|const) (\w+)", RegexOptions.Multiline)]
    private static partial Regex ExportRegex();
}
