using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

/// <summary>tedious and mssql against the originals, both on the same server: the stand-in unless a real one is given.</summary>
public sealed class SqlServerConformanceTests(SqlServerTestTarget server, ScriptHost host) : IClassFixture<SqlServerTestTarget>, IClassFixture<ScriptHost>
{
    [SkippableTheory]
    [InlineData("tedious")]
    [InlineData("mssql")]
    public Task Module_InTheSandbox_IsAsInNode(string name) => ConformanceSuite.CompareAsync(
        host.Runner,
        name,
        server.Variables,
        new LegacyAccess([server.HostAndPort, $"{server.Host}:1"], null, []),
        original: name);
}
