using System.Text.Json;
using System.Text.RegularExpressions;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Types;

public sealed class StoreModuleTypesTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [Theory]
    [InlineData("mongodb")]
    [InlineData("ldapjs")]
    public async Task Declarations_OfAModule_NameWhatItExports(string module)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "LazyMigrate.Core", "Scripting", "Types", "Modules", $"{module}.d.ts"));
        var declared = Regex.Matches(text, @"^  export (?:class|const|function) (\w+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

        var exported = await host.AnswerAsync($"return Object.keys(require('{module}')).filter((name) => name !== 'default');");

        Assert.Equal(JsonSerializer.Deserialize<string[]>(exported!)!.Order(StringComparer.Ordinal), declared);
    }

    [Theory]
    [InlineData("mongodb", "MongoClient", "Db", "Collection", "FindCursor", "ObjectId")]
    [InlineData("ldapjs", "Client", "SearchEntry", "DN", "Attribute")]
    public async Task Declarations_OfAClass_NameMembersThatItHas(string module, params string[] classes)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "LazyMigrate.Core", "Scripting", "Types", "Modules", $"{module}.d.ts"));
        foreach (var name in classes)
        {
            var body = Regex.Match(text, $@"^  export class {name}\b[^{{]*{{(?:(?<body>[^\n]*)}}\n|\n(?<body>.*?)\n  }})", RegexOptions.Multiline | RegexOptions.Singleline).Groups["body"].Value;
            var methods = Regex.Matches(body, @"(?:^|; )\s*(?!constructor|static)(\w+)\(", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Distinct().ToList();

            var missing = await host.AnswerAsync($"const type = require('{module}').{name}; return {JsonSerializer.Serialize(methods)}.filter((each) => typeof type.prototype[each] !== 'function');");

            Assert.True(missing == "[]", $"{name}: {missing}");
        }
    }
}
