using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

[Collection(nameof(PostgresCollection))]
public sealed class PgConformanceTests(PostgresServer server, ScriptHost host) : IClassFixture<ScriptHost>
{
    [SkippableFact]
    public async Task Pg_InTheSandbox_IsAsInNode()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);

        await ConformanceSuite.CompareAsync(
            host.Runner,
            "pg",
            new Dictionary<string, string> { ["DB_CONNECTION_URI"] = server.ConnectionUri },
            new LegacyAccess([server.HostAndPort, "127.0.0.1:1"], null, []),
            original: "pg");
    }
}
