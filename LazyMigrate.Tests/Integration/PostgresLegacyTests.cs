using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Integration;

/// <summary>A provisioned server in front of a real PostgreSQL legacy database, with the scripts of the templates as they are.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresLegacyTests(PostgresServer postgres) : IDisposable
{
    private const string UnknownOrWrong = "This account does not exist, or the password is wrong.";
    private const string TryAgainLater = "Logging in is not possible right now. Please try again in a few minutes.";
    private const string Password = "correct horse";

    private readonly TemporaryFolder _folder = new();
    private readonly string _database = $"legacy_{Guid.NewGuid():N}";
    private readonly string _role = $"shop_{Guid.NewGuid():N}";

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("Ada@Example.org")]
    [InlineData("+49 30 901820")]
    [InlineData("ada.l")]
    public async Task FirstLogIn_ByAnyIdentifier_MovesAndStaysMovedWithoutTheLegacyDatabase(string identifier)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await StartAsync();

        Assert.Null((await LogInAsync(server, identifier, Password)).Alert);
        await postgres.ExecuteAsync(_database, "DROP TABLE users");

        var again = await LogInAsync(server, identifier, Password);
        Assert.Equal("/account", again.Location);
        Assert.Equal(UnknownOrWrong, (await LogInAsync(server, identifier, "wrong")).Alert);
    }

    [SkippableFact]
    public async Task WrongUnknownAndInjected_AreOneSentence_AndMoveNobody()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await StartAsync();

        Assert.All(
            [
                await LogInAsync(server, "ada@example.org", "wrong"),
                await LogInAsync(server, "nobody@example.org", Password),
                await LogInAsync(server, "o'hara@example.org", "' OR '1'='1"),
                await LogInAsync(server, "x' OR '1'='1", Password),
            ],
            page => Assert.Equal(UnknownOrWrong, page.Alert));
        Assert.Equal("/account", (await LogInAsync(server, "o'hara@example.org", Password)).Location);
    }

    [SkippableFact]
    public async Task Blocked_RightPassword_IsToldToAskSupport()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await StartAsync();

        Assert.Equal("This account cannot log in. Please ask support.", (await LogInAsync(server, "mallory@example.org", Password)).Alert);
        Assert.Equal(UnknownOrWrong, (await LogInAsync(server, "mallory@example.org", "wrong")).Alert);
    }

    [SkippableFact]
    public async Task Register_KnownInLegacy_IsRefusedWithHint_FreeAddressIsNot()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await StartAsync();

        var known = await RegisterAsync(server, "ADA@example.org");
        Assert.Contains("already exists", known.ErrorAt("Form.Email"), StringComparison.Ordinal);
        Assert.Contains("password you have always used", known.Html, StringComparison.Ordinal);

        Assert.Equal("/account", (await RegisterAsync(server, "new@example.org")).Location);
        Assert.Contains("already exists", (await RegisterAsync(server, "new@example.org")).ErrorAt("Form.Email"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("ALTER TABLE users RENAME TO members")]
    [InlineData("ALTER TABLE users DROP COLUMN email")]
    [InlineData("REVOKE ALL ON users FROM ROLE")]
    public async Task BrokenLegacyDatabase_SaysTryLater_AndRegistrationFailsClosed(string fault)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await StartAsync();
        Assert.Equal("/account", (await LogInAsync(server, "ada@example.org", Password)).Location);

        await postgres.ExecuteAsync(_database, fault.Replace("ROLE", _role, StringComparison.Ordinal));

        Assert.Equal(TryAgainLater, (await LogInAsync(server, "o'hara@example.org", Password)).Alert);
        Assert.Equal("/account", (await LogInAsync(server, "ada@example.org", Password)).Location);
        var registration = await RegisterAsync(server, "new@example.org");
        Assert.Null(registration.Location);
        Assert.Contains("not possible right now", registration.Html, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task LegacyDatabaseStopped_MovedPersonLogsIn_OthersTryLater_AndAllIsWellAgainAfterItsStart()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await StartAsync();
        Assert.Equal("/account", (await LogInAsync(server, "ada@example.org", Password)).Location);
        await postgres.StopAsync();
        try
        {
            Assert.Equal("/account", (await LogInAsync(server, "ada@example.org", Password)).Location);
            Assert.Equal(TryAgainLater, (await LogInAsync(server, "o'hara@example.org", Password)).Alert);
            Assert.Contains("not possible right now", (await RegisterAsync(server, "new@example.org")).Html, StringComparison.Ordinal);
        }
        finally
        {
            await postgres.StartAsync();
        }

        Assert.Equal("/account", (await LogInAsync(server, "o'hara@example.org", Password)).Location);
    }

    [SkippableFact]
    public async Task Outputs_HoldNoPasswordAndNoConnectionString()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await StartAsync();
        await LogInAsync(server, "ada@example.org", "canary-7f3a-wrong");
        await postgres.ExecuteAsync(_database, "DROP TABLE users");
        await LogInAsync(server, "ada@example.org", "canary-7f3a-failed");
        await server.KillAsync();

        Assert.DoesNotContain("canary-7f3a", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("shop-secret", server.Output, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder.Path, "data"), "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.Equal(-1, bytes.AsSpan().IndexOf("canary-7f3a"u8));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("shop-secret"u8));
        }
    }

    private async Task<ServerProcess> StartAsync()
    {
        await postgres.CreateDatabaseAsync(_database);
        var hash = BCrypt.Net.BCrypt.HashPassword(Password, 5);
        await postgres.ExecuteAsync(_database, $"""
            CREATE TABLE users (
              id bigserial PRIMARY KEY, email text, phone text, username text, name text,
              password_hash text, email_verified boolean NOT NULL DEFAULT true, blocked boolean NOT NULL DEFAULT false);
            INSERT INTO users (email, phone, username, name, password_hash, blocked) VALUES
              ('Ada@example.org', '+4930901820', 'ada.l', 'Ada Lovelace', '{hash}', false),
              ('o''hara@example.org', NULL, NULL, 'Scarlett O''Hara', '{hash}', false),
              ('mallory@example.org', NULL, NULL, 'Mallory', '{hash}', true);
            CREATE ROLE {_role} LOGIN PASSWORD 'shop-secret';
            GRANT SELECT ON users TO {_role};
            """);

        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "shop")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "database.json"), JsonSerializer.Serialize(new { name = "shop", type = "postgres", uri = "${SHOP_URI}", mode = "LazyMigration" }));
        foreach (var (kind, file) in new[] { (ScriptKind.Login, "login.js"), (ScriptKind.SearchUser, "searchUser.js"), (ScriptKind.CountUsers, "countUsers.js") })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), ScriptTemplates.For(LegacyStore.Postgres, kind).Source);
        }

        return await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), new Dictionary<string, string>
        {
            ["LazyMigrate:Setup:CustomDatabase"] = folder,
            ["LazyMigrate:Setup:AdminEmail"] = "owner@example.org",
            ["LazyMigrate:Setup:AdminPassword"] = "an owner's password",
            ["SHOP_URI"] = $"postgres://{_role}:shop-secret@{postgres.HostAndPort}/{_database}",
        });
    }

    private static async Task<TestPage> LogInAsync(ServerProcess server, string identifier, string password)
    {
        using var client = NewClient(server);
        var browser = new TestBrowser(client);
        await browser.GetAsync("/account/login");
        var page = await browser.SubmitAsync(("Form.Identifier", identifier), ("Form.Password", password));
        return page.Location is "/" ? await browser.GetAsync("/") : page;
    }

    private static async Task<TestPage> RegisterAsync(ServerProcess server, string email)
    {
        using var client = NewClient(server);
        var browser = new TestBrowser(client);
        await browser.GetAsync("/account/register");
        return await browser.SubmitAsync(("Form.Email", email), ("Form.Name", ""), ("Form.Password", "a new password"));
    }

    private static HttpClient NewClient(ServerProcess server) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
}
