using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Tests.Components.Admin;

/// <summary>Answers as told, and remembers what it was asked to connect to.</summary>
internal sealed class TestConnectionTester : ILegacyConnectionTester
{
    public List<(LegacyStore Store, string Uri)> Asked { get; } = [];

    public LegacyConnectionTest Result { get; set; } = new LegacyConnectionTest.Connected("PostgreSQL 15.18", TimeSpan.FromMilliseconds(1.5), ["customers"]);

    public Task<LegacyConnectionTest> TestAsync(LegacyStore store, string connectionUri, LegacyAccess access, CancellationToken cancellationToken = default)
    {
        Asked.Add((store, connectionUri));
        return Task.FromResult(Result);
    }
}
