using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

/// <summary>The HTTP modules and their originals against one real server.</summary>
public sealed class HttpConformanceTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [SkippableTheory]
    [InlineData("http", null)]
    [InlineData("request", "request")]
    [InlineData("axios", "axios")]
    [InlineData("fetch", "node-fetch")]
    public async Task Module_InTheSandbox_IsAsInNode(string suite, string? original)
    {
        await using var server = await TestHttpServer.StartAsync();

        await ConformanceSuite.CompareAsync(
            host.Runner,
            suite,
            new Dictionary<string, string> { ["ADDRESS"] = server.Address },
            new LegacyAccess([server.HostAndPort, "127.0.0.1:1"], null, []),
            original);
    }
}
