using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using LazyMigrate.Tests.TestServices;
using Microsoft.Data.Sqlite;

namespace LazyMigrate.Tests.Integration;

/// <summary>How the server starts, and how it refuses to: the process itself.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FirstStart_PrintsCodeAndAddress_NoSecretElse()
    {
        await using var server = await ServerProcess.StartAsync(_folder.Path);

        Assert.Matches("^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$", server.SetupCode);
        Assert.Contains($"{server.Address}/setup", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondStart_WithAdministrator_PrintsNoCode()
    {
        var settings = new Dictionary<string, string>
        {
            ["LazyMigrate:Setup:AdminEmail"] = "owner@example.org",
            ["LazyMigrate:Setup:AdminPassword"] = "correct horse battery",
        };
        await using (var first = await ServerProcess.StartAsync(_folder.Path, settings))
        {
            Assert.Null(first.SetupCode);
            Assert.DoesNotContain("correct horse", first.Output, StringComparison.Ordinal);
        }

        await using var second = await ServerProcess.StartAsync(_folder.Path);
        Assert.Null(second.SetupCode);
    }

    [Fact]
    public async Task AdministratorWithBadPassword_StopsTheStartWithTheReason()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path, "http://127.0.0.1:0", new Dictionary<string, string>
        {
            ["LazyMigrate:Setup:AdminEmail"] = "owner@example.org",
            ["LazyMigrate:Setup:AdminPassword"] = "short",
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("at least 8 characters", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_IsLoadedOnceAndKept()
    {
        var settings = new Dictionary<string, string> { ["LazyMigrate:Setup:Sample"] = "true" };
        await using (var first = await ServerProcess.StartAsync(_folder.Path, settings))
        {
            Assert.Contains("The sample shop is loaded: 500 people", first.Output, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(_folder.Path, "legacy", "sample-shop.db")));
        await using var second = await ServerProcess.StartAsync(_folder.Path, settings);
        Assert.DoesNotContain("sample shop", second.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("warn:", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CustomDatabaseFolder_IsProvisionedOnce_AndLaterDifferencesAreOnlySaid()
    {
        var folder = WriteDatabaseFolder("async function login(query, password, context) { return null; }");
        var settings = new Dictionary<string, string> { ["LazyMigrate:Setup:CustomDatabase"] = folder };
        await using (var first = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), settings))
        {
            Assert.Contains("The custom database shop is provisioned, mode LazyMigration", first.Output, StringComparison.Ordinal);
        }

        await using (var second = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), settings))
        {
            Assert.DoesNotContain("warn:", second.Output, StringComparison.Ordinal);
        }

        WriteDatabaseFolder("async function login(query, password, context) { return undefined; }");
        await using var third = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), settings);
        Assert.Contains("what is configured counts", third.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CustomDatabaseFolder_WithFaults_StopsTheStartWithFileAndReason()
    {
        var folder = WriteDatabaseFolder("async function login(query, password, context) {\n  return query.;\n}");
        File.Delete(Path.Combine(folder, "searchUser.js"));

        var (exitCode, output) = await ServerProcess.RunToEndAsync(
            Path.Combine(_folder.Path, "data"),
            "http://127.0.0.1:0",
            new Dictionary<string, string> { ["LazyMigrate:Setup:CustomDatabase"] = folder });

        Assert.Equal(1, exitCode);
        Assert.Contains("- login.js:2:", output, StringComparison.Ordinal);
        Assert.Contains("- searchUser.js: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortInUse_SaysWhichAndWhatToDo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path, address);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"LazyMigrate cannot start: the address {address} is in use by another program. Stop that program, or choose another address: dotnet run --project LazyMigrate.Web --urls http://localhost:5081",
            output.Trim());
    }

    [Fact]
    public async Task UnwritableDataFolder_SaysWhichAndWhatToDo()
    {
        // A folder below a file cannot be made by anybody, not even by root.
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        var folder = Path.Combine(file, "data");

        var (exitCode, output) = await ServerProcess.RunToEndAsync(folder, "http://127.0.0.1:0");

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"LazyMigrate cannot start: it cannot write to the folder {folder}. Make it writable", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadSettings_AreNamedAllAtOnce()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path, "http://127.0.0.1:0", new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Database:Provider"] = "Postgres",
            ["LazyMigrate:Setup:AdminEmail"] = "owner@example.org",
            ["LazyMigrate:Migration:PhoneRegion"] = "Atlantis",
        });

        Assert.Equal(1, exitCode);
        Assert.All(
            ["Database:ConnectionString", "LazyMigrate:Setup:AdminPassword", "LazyMigrate:Migration:PhoneRegion", "LazyMigrate:KeyEncryption", "openssl rand"],
            expected => Assert.Contains(expected, output, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task UnreachableDatabase_SaysSoWithoutThePassword()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path, "http://127.0.0.1:0", new Dictionary<string, string>
        {
            ["Database:Provider"] = "Postgres",
            ["Database:ConnectionString"] = "Host=127.0.0.1;Port=1;Database=x;Username=y;Password=not-to-be-seen",
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("its own database cannot be opened", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-seen", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_WithKey_KeepsKeysWrapped()
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
            ["LazyMigrate:KeyEncryption:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        await using (var server = await ServerProcess.StartAsync(_folder.Path, settings))
        {
            // The first page with a form makes the first key.
            using var client = new HttpClient();
            using var plain = await client.GetAsync(new Uri($"{server.Address}/account/login"));
            Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
            Assert.Contains("HTTPS only", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            using var page = await client.GetAsync(new Uri($"{server.Address}/account/login"));
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Matches("^__Host-.*secure; samesite=lax; httponly", cookie));
        }

        await using (var second = await ServerProcess.StartAsync(_folder.Path, settings))
        {
            Assert.DoesNotContain("fail:", second.Output, StringComparison.Ordinal);
        }

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "lazymigrate.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Xml FROM DataProtectionKeys";
        var xml = (string)(await command.ExecuteScalarAsync())!;
        Assert.Contains("wrappedKey", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
    }

    private string WriteDatabaseFolder(string login)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "shop")).FullName;
        File.WriteAllText(Path.Combine(folder, "database.json"), """{ "name": "shop", "type": "sqlite", "uri": "shop.db", "mode": "LazyMigration" }""");
        File.WriteAllText(Path.Combine(folder, "login.js"), login);
        File.WriteAllText(Path.Combine(folder, "searchUser.js"), "async function searchUser(query, context) { return null; }");
        return folder;
    }
}
