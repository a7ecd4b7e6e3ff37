using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>What the suite cannot compare with version 3 of the original: policy, limits, and the habits of version 2.</summary>
public class LdapTests(SlapdServer server, ScriptHost host) : IClassFixture<SlapdServer>, IClassFixture<ScriptHost>
{
    private const string Prelude = "const ldap = require('ldapjs'); const client = ldap.createClient({ url: env.LDAP_URL }); client.on('error', () => {}); const ada = 'uid=ada,ou=people,dc=example,dc=com';"
        + "const call = (run) => new Promise((resolve, reject) => run((error, value) => (error ? reject(error) : resolve(value))));"
        + "const find = (base, options) => new Promise((resolve, reject) => client.search(base, options, (error, res) => { if (error) return reject(error); const all = []; res.on('searchEntry', (e) => all.push(e)); res.on('error', reject); res.on('end', () => resolve(all)); }));";

    [SkippableFact]
    public async Task Entry_AsInVersion2_IsAnObject()
    {
        var json = await AnswerAsync("const [entry] = await find(ada, { attributes: ['uid', 'mail'] }); return [entry.object, Buffer.isBuffer(entry.raw.uid), entry.dn];");

        Assert.Equal("""[{"dn":"uid=ada,ou=people,dc=example,dc=com","controls":[],"uid":"ada","mail":["ada@example.com","countess@example.com"]},true,"uid=ada,ou=people,dc=example,dc=com"]""", json);
    }

    [SkippableTheory]
    [InlineData("ada, ''")]
    [InlineData("ada, undefined")]
    [InlineData("'', 'opensesame'")]
    public async Task Bind_WithOneOfTheTwoEmpty_IsNeverRight(string arguments)
    {
        Assert.Equal("[\"InvalidCredentialsError\",49]", await AnswerAsync($"return await call((c) => client.bind({arguments}, c)).then(() => 'signed in', (e) => [e.name, e.code]);"));
    }

    [SkippableTheory]
    [InlineData("(cn=Grace \\\\2a\\\\28H\\\\29\\\\5c Hopper)")]
    [InlineData("(cn=*\\\\2a*)")]
    [InlineData("(uid=gr\\\\61ce)")]
    public async Task Filter_WithEscapes_MeansTheCharacters(string filter) =>
        Assert.Equal("[\"grace\"]", await AnswerAsync($"return (await find('dc=example,dc=com', {{ scope: 'sub', filter: '{filter}' }})).map((e) => e.object.uid);"));

    [SkippableTheory]
    [InlineData("*")]
    [InlineData("*)(uid=*")]
    [InlineData("ada)(objectClass=*")]
    [InlineData("\\\\2a")]
    public async Task Filter_ValueOfAUser_IsAValue(string value) => Assert.Equal(
        "0",
        await AnswerAsync($"return (await find('dc=example,dc=com', {{ scope: 'sub', filter: new ldap.EqualityFilter({{ attribute: 'uid', value: '{value}' }}) }})).length;"));

    [SkippableTheory]
    [InlineData("ldap://elsewhere.example", "EACCES", "elsewhere.example:389 is not an allowed host of this custom database; add it under Allowed hosts.")]
    [InlineData("ldaps://127.0.0.1:2", "EACCES", "127.0.0.1:2 is not an allowed host of this custom database; add it under Allowed hosts.")]
    [InlineData("ldap://127.0.0.1:1", "ECONNREFUSED", "connectRefused: connect ECONNREFUSED 127.0.0.1:1")]
    public async Task Connect_Refused_IsTold(string url, string code, string message) => Assert.Equal(
        System.Text.Json.JsonSerializer.Serialize(new[] { code, message }),
        await AnswerAsync($"const other = ldap.createClient({{ url: '{url}' }}); return await new Promise((resolve) => other.on('error', (e) => resolve([e.code, e.message])));"));

    [SkippableFact]
    public async Task Connect_RefusedAndNobodyListens_EndsTheRunAsTheModulesFailure()
    {
        var result = await RunAsync("ldap.createClient({ url: 'ldap://127.0.0.1:1' }); await new Promise((resolve) => setTimeout(resolve, 5000));");

        Assert.True(Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.ModuleCallFailed);
    }

    [SkippableFact]
    public async Task Connect_RefusedForABind_IsToldByItsCallback() => Assert.Equal(
        "\"ECONNREFUSED\"",
        await AnswerAsync("const other = ldap.createClient({ url: 'ldap://127.0.0.1:1' }); return await call((c) => other.bind(ada, 'x', c)).catch((e) => e.code);"));

    [SkippableFact]
    public async Task Tls_WithoutTheAuthority_IsNotTrusted() => Assert.Equal(
        "\"ERR_TLS_CERT\"",
        await AnswerAsync("const other = ldap.createClient({ url: env.LDAPS_URL }); return await new Promise((resolve) => other.on('error', (e) => resolve(e.code)));"));

    [SkippableTheory]
    [InlineData("add('cn=x', {}, () => {})", "add")]
    [InlineData("del('cn=x', () => {})", "del")]
    [InlineData("modify('cn=x', {}, () => {})", "modify")]
    public async Task Writing_IsRefused(string statement, string name) =>
        Assert.Equal($"\"{name} is not available: directories are only read.\"", await AnswerAsync($"try {{ client.{statement}; }} catch (e) {{ return e.message; }}"));

    [SkippableFact]
    public async Task Limits_CallsAndRows_EndTheRun()
    {
        Assert.Equal(ScriptFailureKind.ModuleCallLimit, await FailureOfAsync("for (;;) { try { await call((c) => client.bind(ada, 'opensesame', c)); } catch { } }"));
        Assert.Equal(ScriptFailureKind.RowLimit, await FailureOfAsync("await find('dc=example,dc=com', { scope: 'sub' }).catch(() => {});", new ScriptLimits { Rows = 3 }));
    }

    [SkippableFact]
    public async Task ModuleCalls_AreRecordedWithoutValues()
    {
        var result = await RunAsync("await find('dc=example,dc=com', { scope: 'sub', filter: '(uid=*)' }); await call((c) => client.bind(ada, 'opensesame', c)); return null;");

        Assert.Equal([("ldapjs", "connect", null), ("ldapjs", "search", 3), ("ldapjs", "bind", (int?)null)], result.ModuleCalls.Select(each => (each.Module, each.Operation, each.Rows)));
    }

    private async Task<ScriptFailureKind> FailureOfAsync(string body, ScriptLimits? limits = null) =>
        Assert.IsType<ScriptCompletion.Failed>((await RunAsync(body, limits)).Completion).Failure.Kind;

    private Task<ScriptRunResult> RunAsync(string body, ScriptLimits? limits = null)
    {
        Skip.IfNot(SlapdServer.IsAvailable(out var reason), reason);
        return host.RunBodyAsync(Prelude + body, request => Reach(request) with { Limits = limits ?? new ScriptLimits() });
    }

    private async Task<string?> AnswerAsync(string body)
    {
        Skip.IfNot(SlapdServer.IsAvailable(out var reason), reason);
        return await host.AnswerAsync(Prelude + body, Reach);
    }

    private ScriptRunRequest Reach(ScriptRunRequest request) => request with
    {
        Access = new LegacyAccess([server.HostAndPort, $"127.0.0.1:{server.TlsPort}", "127.0.0.1:1"], null, []),
        Variables = new Dictionary<string, string> { ["LDAP_URL"] = server.Uri, ["LDAPS_URL"] = server.TlsUri },
    };
}
