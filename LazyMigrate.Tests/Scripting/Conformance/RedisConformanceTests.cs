using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

public sealed class RedisConformanceTests(RedisServer server, ScriptHost host) : IClassFixture<RedisServer>, IClassFixture<ScriptHost>
{
    [SkippableFact]
    public async Task Redis_InTheSandbox_IsAsInNode()
    {
        Skip.IfNot(RedisServer.IsAvailable(out var reason), reason);

        await ConformanceSuite.CompareAsync(
            host.Runner,
            "redis",
            new Dictionary<string, string> { ["REDIS_URI"] = server.ConnectionUri },
            new LegacyAccess([server.HostAndPort, "127.0.0.1:1"], null, []),
            original: "redis");
    }
}
