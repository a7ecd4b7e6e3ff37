using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Tests.TestServices.Mongo;

namespace LazyMigrate.Tests.Scripting.Conformance;

public sealed class MongoConformanceTests(MongoServer server, ScriptHost host) : IClassFixture<MongoServer>, IClassFixture<ScriptHost>
{
    [SkippableTheory]
    [InlineData("mongodb", "mongodb")]
    [InlineData("mongodb3", "mongodb3")]
    public async Task Mongodb_InTheSandbox_IsAsInNode(string suite, string original)
    {
        var database = $"conformance{Guid.NewGuid():N}";
        var uri = server.UriOf(database);

        await ConformanceSuite.CompareAsync(
            host.Runner,
            suite,
            new Dictionary<string, string>
            {
                ["DB_CONNECTION_URI"] = uri,
                ["DB_DATABASE"] = database,
                ["WRONG_PASSWORD"] = uri.Replace("://lazymigrate:", "://lazymigrate:wrong", StringComparison.Ordinal),
            },
            new LegacyAccess([server.HostAndPort, "127.0.0.1:1"], null, []),
            original);
    }
}
