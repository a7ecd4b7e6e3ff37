using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

[Collection(nameof(PostgresCollection))]
public sealed class LegacyConnectionTesterTests(PostgresServer server, ScriptHost host, LegacySqliteFile files)
    : IClassFixture<ScriptHost>, IClassFixture<LegacySqliteFile>
{
    [SkippableFact]
    public async Task TestAsync_Postgres_TellsVersionAndTables()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        var uri = await server.CreateDatabaseAsync($"tester{Guid.NewGuid():N}");
        await server.ExecuteAsync(uri[(uri.LastIndexOf('/') + 1)..], "CREATE TABLE users (id int); CREATE SCHEMA crm; CREATE VIEW crm.people AS SELECT * FROM users");

        var connected = Assert.IsType<LegacyConnectionTest.Connected>(await host.Tester.TestAsync(LegacyStore.Postgres, uri, LegacyAccess.None));

        Assert.Matches(@"^PostgreSQL \d+(\.\d+)?$", connected.ServerVersion);
        Assert.Equal(["crm.people", "users"], connected.Tables);
        Assert.True(connected.Latency > TimeSpan.Zero);
    }

    [SkippableTheory]
    [InlineData("postgres://u:s3cret@127.0.0.1:1/x", "ECONNREFUSED", "Nothing listens at 127.0.0.1:1: check host and port, and that the database is running.")]
    [InlineData("postgres://u:s3cret@no-such-host.invalid/x", "ENOTFOUND", "The name no-such-host.invalid is not known: check its spelling, and that this server can resolve it.")]
    [InlineData("postgres://lazymigrate:s3cret@{server}/postgres", "28P01", "The user name or the password is wrong, or this user may not connect from here.")]
    [InlineData("{uri}-missing", "3D000", "There is no database named \"postgres-missing\" on this server.")]
    [InlineData("{uri}?sslmode=require", "ERR_TLS", "The server does not support SSL connections")]
    [InlineData("localhost:5432", "ERR_INVALID_URL", "The connection URI is not valid: it must begin with `postgres://`. It looks like `postgres://user:password@host:5432/database`.")]
    [InlineData("postgres://u:s3cret@h:port/x", "ERR_INVALID_URL", "The connection URI is not valid: its port is not a number from 1 to 65535. It looks like `postgres://user:password@host:5432/database`.")]
    public async Task TestAsync_Postgres_SaysWhatIsWrong(string uri, string code, string message)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        uri = uri.Replace("{server}", server.HostAndPort, StringComparison.Ordinal).Replace("{uri}", server.ConnectionUri, StringComparison.Ordinal);

        Assert.Equal(
            new LegacyConnectionTest.NotConnected(code, message),
            await host.Tester.TestAsync(LegacyStore.Postgres, uri, LegacyAccess.None));
    }

    [Fact]
    public async Task TestAsync_Sqlite_TellsVersionAndTables()
    {
        var connected = Assert.IsType<LegacyConnectionTest.Connected>(
            await host.Tester.TestAsync(LegacyStore.Sqlite, "shop.db", new LegacyAccess([], files.Folder, [])));

        Assert.Matches(@"^SQLite 3\.\d+\.\d+$", connected.ServerVersion);
        Assert.Equal(["names", "people"], connected.Tables);
    }

    [Theory]
    [InlineData("missing.db", "SQLITE_CANTOPEN", "unable to open database file: there is no such file.")]
    [InlineData("notes.txt", "SQLITE_NOTADB", "The file is not a SQLite database, or it is encrypted.")]
    [InlineData("../elsewhere.db", "SQLITE_CANTOPEN", "This file is not one that this custom database may read; put it into the folder of SQLite files, or add it to the allowed files.")]
    public async Task TestAsync_Sqlite_SaysWhatIsWrong(string file, string code, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(files.Folder, "notes.txt"), new string('x', 4096));

        Assert.Equal(
            new LegacyConnectionTest.NotConnected(code, message),
            await host.Tester.TestAsync(LegacyStore.Sqlite, file, new LegacyAccess([], files.Folder, [])));
    }

    [Fact]
    public async Task TestAsync_Canceled_Throws()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Tester.TestAsync(LegacyStore.Postgres, "postgres://127.0.0.1:1/x", LegacyAccess.None, new CancellationToken(canceled: true)));
    }
}
