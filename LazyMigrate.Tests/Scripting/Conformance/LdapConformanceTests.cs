using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

public sealed class LdapConformanceTests(SlapdServer server, ScriptHost host) : IClassFixture<SlapdServer>, IClassFixture<ScriptHost>
{
    [SkippableFact]
    public async Task Ldapjs_InTheSandbox_IsAsInNode()
    {
        Skip.IfNot(SlapdServer.IsAvailable(out var reason), reason);

        await ConformanceSuite.CompareAsync(
            host.Runner,
            "ldapjs",
            new Dictionary<string, string>
            {
                ["LDAP_URL"] = server.Uri,
                ["LDAPS_URL"] = server.TlsUri,
                ["LDAP_CA"] = server.Authority,
                ["LDAP_BASE"] = SlapdServer.Suffix,
                ["ADMIN_DN"] = SlapdServer.AdminDn,
                ["ADMIN_PASSWORD"] = SlapdServer.AdminPassword,
            },
            new LegacyAccess([server.HostAndPort, $"127.0.0.1:{server.TlsPort}", "127.0.0.1:1"], null, []),
            original: "ldapjs");
    }
}
