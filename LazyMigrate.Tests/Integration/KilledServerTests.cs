using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using LazyMigrate.Tests.TestServices;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LazyMigrate.Tests.Integration;

/// <summary>Promise P8: a killed process loses no committed user, and signs in nobody it did not commit. <c>LAZYMIGRATE_TEST_ROUNDS</c> is the number of kills.</summary>
public sealed class KilledServerTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private const int PeopleAtOnce = 10;
    private const string Password = "the old password";

    private readonly TemporaryFolder _folder = new();
    private readonly string _database = $"killed_{Guid.NewGuid():N}";

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(false, 20)]
    [InlineData(true, 8)]
    [SuppressMessage("Security", "CA5394", Justification = "The moments of the kills; nothing is kept secret by them.")]
    public async Task KilledDuringFirstLogIns_NobodyIsHalfMoved_NobodyIsSignedInWithoutARow_AllLogInAfterwards(bool onPostgres, int usualKills)
    {
        if (onPostgres)
        {
            Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
            await postgres.CreateDatabaseAsync(_database);
        }

        var settings = await SettingsAsync(onPostgres);
        var random = new Random(20260301);
        var kills = TestRounds.Of(usualKills);
        var everybody = new List<string>();
        var signedIn = new List<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var server = await StartAsync(settings);
            var people = Enumerable.Range(0, PeopleAtOnce).Select(i => $"user{kill}-{i}@example.org").ToList();
            everybody.AddRange(people);
            var forms = new List<(string Email, HttpClient Client, TestBrowser Browser)>();
            foreach (var person in people)
            {
                var client = NewClient(server);
                var browser = new TestBrowser(client);
                await browser.GetAsync("/account/login");
                forms.Add((person, client, browser));
            }

            var logIns = forms.Select(form => TryLogInAsync(form.Browser, form.Email)).ToList();
            await Task.Delay(random.Next(0, 600));
            await server.KillAsync();
            signedIn.AddRange((await Task.WhenAll(logIns)).OfType<string>());
            forms.ForEach(form => form.Client.Dispose());

            var stored = await StoredAsync(onPostgres);
            Assert.All(stored, user => Assert.True(user is { HasPassword: true, LegacyId.Length: > 0, Moves: 1 }, user.ToString()));
            Assert.Subset(stored.Select(user => user.LegacyId).ToHashSet(), signedIn.ToHashSet());
        }

        await using var last = await StartAsync(settings);
        await Parallel.ForEachAsync(everybody, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (person, _) =>
        {
            using var client = NewClient(last);
            var browser = new TestBrowser(client);
            await browser.GetAsync("/account/login");
            Assert.Equal(person, await TryLogInAsync(browser, person));
        });

        Assert.Equal(everybody.Order(StringComparer.Ordinal), (await StoredAsync(onPostgres)).Select(user => user.LegacyId).Order(StringComparer.Ordinal));
    }

    private async Task<Dictionary<string, string>> SettingsAsync(bool onPostgres)
    {
        var shop = Directory.CreateDirectory(Path.Combine(_folder.Path, "shop")).FullName;
        await File.WriteAllTextAsync(Path.Combine(shop, "database.json"), """{ "name": "shop", "type": "other", "mode": "LazyMigration" }""");
        await File.WriteAllTextAsync(Path.Combine(shop, "login.js"), $$"""
            async function login(query, password) {
              if (password !== '{{Password}}') throw new WrongPasswordError();
              return { id: query.email, email: query.email };
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(shop, "searchUser.js"), "async function searchUser() { return null; }");
        var settings = new Dictionary<string, string>
        {
            ["LazyMigrate:Setup:CustomDatabase"] = shop,
            ["LazyMigrate:Throttle:AttemptsPerAddress"] = "100000",
        };
        if (onPostgres)
        {
            settings["Database:Provider"] = "Postgres";
            settings["Database:ConnectionString"] = postgres.ConnectionStringOf(_database);
        }

        return settings;
    }

    private Task<ServerProcess> StartAsync(Dictionary<string, string> settings) => ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), settings);

    /// <returns>The person, if signed in.</returns>
    private static async Task<string?> TryLogInAsync(TestBrowser browser, string email)
    {
        try
        {
            return (await browser.SubmitAsync(("Form.Identifier", email), ("Form.Password", Password))).Location is "/" ? email : null;
        }
        catch (HttpRequestException)
        {
            // The server was killed before it answered.
            return null;
        }
    }

    private async Task<IReadOnlyList<StoredUser>> StoredAsync(bool onPostgres)
    {
        await using DbConnection connection = onPostgres
            ? new NpgsqlConnection(postgres.ConnectionStringOf(_database))
            : new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "data", "lazymigrate.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT COALESCE(u."LegacyId", ''), CASE WHEN u."PasswordHash" IS NULL THEN 0 ELSE 1 END,
                   (SELECT count(*) FROM "ActivityEvents" e WHERE e."SubjectId" = u."Id" AND e."Kind" = 'user.migrated')
            FROM "Users" u
            """;
        await using var reader = await command.ExecuteReaderAsync();
        var users = new List<StoredUser>();
        while (await reader.ReadAsync())
        {
            users.Add(new StoredUser(reader.GetString(0), reader.GetInt32(1) == 1, (int)reader.GetInt64(2)));
        }

        return users;
    }

    private static HttpClient NewClient(ServerProcess server) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };

    private sealed record StoredUser(string LegacyId, bool HasPassword, int Moves);
}
