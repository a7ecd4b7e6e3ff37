using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

public sealed class SqlServerProbeTests(SqlServerTestTarget server, ScriptHost host) : IClassFixture<SqlServerTestTarget>, IClassFixture<ScriptHost>
{
    [Fact]
    public async Task TestAsync_SqlServer_TellsVersionAndTables()
    {
        var connected = Assert.IsType<LegacyConnectionTest.Connected>(await host.Tester.TestAsync(LegacyStore.SqlServer, server.ConnectionUri, LegacyAccess.None));

        Assert.Matches(@"^SQL Server \d{4} \(\d+\.\d+\.\d+\)$", connected.ServerVersion);
        Assert.Contains("people", connected.Tables);
        Assert.True(connected.Latency > TimeSpan.Zero);
    }

    [Fact]
    public async Task TestAsync_ConnectionString_IsUnderstoodToo()
    {
        Assert.IsType<LegacyConnectionTest.Connected>(await host.Tester.TestAsync(LegacyStore.SqlServer, server.ConnectionString, LegacyAccess.None));
    }

    [Theory]
    [InlineData("mssql://u:s3cret@127.0.0.1:1/x", "ECONNREFUSED", "Nothing listens at 127.0.0.1:1: check host and port, and that the database is running.")]
    [InlineData("mssql://u:s3cret@no-such-host.invalid/x", "ENOTFOUND", "The name no-such-host.invalid is not known: check its spelling, and that this server can resolve it.")]
    [InlineData("mssql://lazymigrate:s3cret@{server}/shop?encrypt=false", "ELOGIN", "The user name or the password is wrong, or this user may not connect from here.")]
    [InlineData("mssql://{login}@{server}/missing?encrypt=false", "ELOGIN", "There is no database named \"missing\" on this server, or this user may not use it.")]
    [InlineData("mssql://u:s3cret@host%5CSQLEXPRESS/x", "EINSTLOOKUP", "A named instance is looked up over UDP by SQL Server Browser, which allowed hosts cannot cover: give the instance's port (`options.port`, or `Server=host,port`) instead of its name.")]
    [InlineData("mssql://u:s3cret@h:port/x", "ERR_INVALID_URL", "The connection URI is not valid: its port is not a number from 1 to 65535. It looks like `mssql://user:password@host:1433/database` or `Server=host,1433;Database=…;User Id=…;Password=…`.")]
    [InlineData("nonsense", "ERR_INVALID_URL", "The connection URI is not valid: it is neither a URI nor a connection string of SQL Server. It looks like `mssql://user:password@host:1433/database` or `Server=host,1433;Database=…;User Id=…;Password=…`.")]
    [InlineData("Server=host;Integrated Security=true", "ELOGIN", "Only logins of SQL Server itself (User Id and Password) are supported, not Windows' or Entra's.")]
    public async Task TestAsync_SqlServer_SaysWhatIsWrong(string uri, string code, string message)
    {
        uri = uri
            .Replace("{server}", server.HostAndPort, StringComparison.Ordinal)
            .Replace("{login}", $"{server.Username}:{Uri.EscapeDataString(server.Password)}", StringComparison.Ordinal);

        Assert.Equal(
            new LegacyConnectionTest.NotConnected(code, message),
            await host.Tester.TestAsync(LegacyStore.SqlServer, uri, LegacyAccess.None));
    }
}
