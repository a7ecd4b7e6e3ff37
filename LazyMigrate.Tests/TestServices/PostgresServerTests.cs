namespace LazyMigrate.Tests.TestServices;

[Collection(nameof(PostgresCollection))]
public sealed class PostgresServerTests(PostgresServer server)
{
    [SkippableFact]
    public async Task StopAsync_ThenStartAsync_KeepsPortAndData()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await server.CreateDatabaseAsync("kept");
        await server.ExecuteAsync("kept", "CREATE TABLE proof (id int)");
        var uri = server.ConnectionUri;

        await server.StopAsync();
        await server.StartAsync();

        Assert.Equal(uri, server.ConnectionUri);
        await server.ExecuteAsync("kept", "INSERT INTO proof VALUES (1)");
    }
}
