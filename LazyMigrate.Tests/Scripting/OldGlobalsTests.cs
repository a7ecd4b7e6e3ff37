using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

/// <summary>What the editor warns of and what a run has are the same old globals.</summary>
public sealed class OldGlobalsTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [Fact]
    public async Task OldGlobals_OfARun_AreThoseThatTheEditorKnows()
    {
        var authing = await NamesAsync("async function login(query, password, context) { return Object.getOwnPropertyNames(globalThis); }");
        var auth0 = await NamesAsync("function login(email, password, callback) { callback(null, Object.getOwnPropertyNames(globalThis)); }");

        Assert.Equal(ScriptWarnings.OldGlobals.Keys.Append("configuration").Order(StringComparer.Ordinal), auth0.Except(authing).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OldGlobals_OfARun_AreTheirModules()
    {
        // postgres and mysql_pool are functions of their own over their module.
        var known = JsonSerializer.Serialize(ScriptWarnings.OldGlobals.Where(each => each.Key is not ("postgres" or "mysql_pool" or "xml2js" or "xmldom" or "xpath")).ToDictionary());

        Assert.Empty(await NamesAsync($"function login(email, password, callback) {{ callback(null, Object.entries({known}).filter(([name, module]) => globalThis[name] !== require(module)).map(([name]) => name)); }}"));
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string source) => JsonSerializer.Deserialize<List<string>>(
        Assert.IsType<ScriptCompletion.Answered>((await host.Runner.RunAsync(host.LoginOfAnyDialect(source))).Completion).Json!)!;
}
