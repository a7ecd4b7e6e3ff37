using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Core.Scripting.Types;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Templates;

/// <summary>Every starter script against a real database as its comments describe it.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class ScriptTemplatesTests(PostgresServer server, ScriptHost host, LegacySqliteFile files)
    : IClassFixture<ScriptHost>, IClassFixture<LegacySqliteFile>
{
    // The password is "opensesame".
    private static readonly string s_insert = $"""
        INSERT INTO users VALUES
          (1, 'Ada@Example.com', '+4915112345678', 'ada', 'Ada', '{BCrypt.Net.BCrypt.HashPassword("opensesame", 4)}', true, false),
          (2, 'grace@example.com', NULL, 'grace', 'Grace', '{BCrypt.Net.BCrypt.HashPassword("opensesame", 4)}', false, true),
          (3, 'new@example.com', NULL, 'new', 'New', NULL, false, false)
        """;

    public static TheoryData<string> Stores => ["Postgres", "Sqlite"];

    [Fact]
    public void All_Templates_ParseAndHaveDistinctKeys()
    {
        Assert.Equal(
            [
                .. ((string[])["postgres", "mysql", "wordpress", "drupal", "laravel", "sqlserver", "aspnetidentity", "aspnetmembership", "sqlite", "mongodb", "http", "django", "devise", "keycloak"])
                    .SelectMany(store => (string[])[$"{store}/login", $"{store}/searchUser", $"{store}/countUsers"]),
                "ldap/login", "ldap/searchUser",
                "blank/login", "blank/searchUser", "blank/countUsers", "blank/listUsers", "blank/userMigrated",
            ],
            ScriptTemplates.All.Select(template => template.Key));
        Assert.All(
            ScriptTemplates.All,
            template => Assert.Equal(
                template.Key.StartsWith("blank/", StringComparison.Ordinal) ? ["placeholder"] : [],
                host.Inspector.Inspect(template.Kind, template.Source).Problems.Select(problem => problem.Code)));
    }

    [Theory]
    [InlineData(ScriptKind.Login, "The login script has not been written yet: replace the placeholder.")]
    [InlineData(ScriptKind.SearchUser, "The look-up script has not been written yet: replace the placeholder.")]
    [InlineData(ScriptKind.CountUsers, "The counting script has not been written yet: replace the placeholder.")]
    [InlineData(ScriptKind.ListUsers, "The listing script has not been written yet: replace the placeholder.")]
    [InlineData(ScriptKind.UserMigrated, "The script for moved users has not been written yet: replace the placeholder.")]
    public async Task Blank_Run_FailsAsPlaceholder(ScriptKind kind, string message)
    {
        var result = await host.Runner.RunAsync(host.Login(ScriptTemplates.For(null, kind).Source) with { Kind = kind });

        var failure = Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure;
        Assert.Equal((ScriptFailureKind.Placeholder, message), (failure.Kind, failure.Message));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Login_OfAStore_TellsTheOutcomesApart(string storeName)
    {
        var store = Enum.Parse<LegacyStore>(storeName);
        var reach = await PrepareAsync(store);

        var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync(new LegacyQuery { Email = "ada@example.com" }, "opensesame"));
        Assert.Equal(("1", "Ada@Example.com", true, "+4915112345678", "ada", "Ada"), (accepted.Profile.Id, accepted.Profile.Email, accepted.Profile.EmailVerified, accepted.Profile.Phone, accepted.Profile.Username, accepted.Profile.Name));
        Assert.Empty(accepted.Notes);
        Assert.IsType<LoginOutcome.Accepted>(await LoginAsync(new LegacyQuery { Phone = "+4915112345678" }, "opensesame"));
        Assert.IsType<LoginOutcome.Accepted>(await LoginAsync(new LegacyQuery { Username = "ada" }, "opensesame"));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync(new LegacyQuery { Email = "ada@example.com" }, "other"));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync(new LegacyQuery { Email = "new@example.com" }, "opensesame"));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync(new LegacyQuery { Email = "nobody@example.com" }, "opensesame"));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync(new LegacyQuery { Username = "' OR 1=1 --" }, "opensesame"));
        Assert.Equal("2", Assert.IsType<LoginOutcome.Blocked>(await LoginAsync(new LegacyQuery { Username = "grace" }, "opensesame")).Profile!.Id);

        async Task<LoginOutcome> LoginAsync(LegacyQuery query, string password) => host.Contract.ReadLogin(await host.Runner.RunAsync(reach(
            host.Login(ScriptTemplates.For(store, ScriptKind.Login).Source) with
            {
                ArgumentsJson = host.Contract.LoginArguments(query, password, new ScriptContext()),
            })));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task SearchAndCount_OfAStore_FindAndCount(string storeName)
    {
        var store = Enum.Parse<LegacyStore>(storeName);
        var reach = await PrepareAsync(store);

        Assert.Equal("1", Assert.IsType<SearchOutcome.Found>(await SearchAsync(new LegacyQuery { Email = "ada@example.com" })).Profile.Id);
        Assert.Equal("grace", Assert.IsType<SearchOutcome.Found>(await SearchAsync(new LegacyQuery { Id = "2" })).Profile.Username);
        Assert.IsType<SearchOutcome.NotFound>(await SearchAsync(new LegacyQuery { Phone = "+1" }));
        Assert.Equal(
            new CountOutcome.Counted(3),
            host.Contract.ReadCount(await host.Runner.RunAsync(reach(host.Count(ScriptTemplates.For(store, ScriptKind.CountUsers).Source)))));

        async Task<SearchOutcome> SearchAsync(LegacyQuery query) =>
            host.Contract.ReadSearch(await host.Runner.RunAsync(reach(host.Search(ScriptTemplates.For(store, ScriptKind.SearchUser).Source, query))));
    }

    [Fact]
    public void TypeDefinitions_Text_DeclaresWhatScriptsSee()
    {
        foreach (var name in new[] { "LegacyQuery", "ScriptContext", "LegacyProfile", "LegacyUserPage", "MigratedUser", "WrongPasswordError", "declare const env", "declare module 'pg' {", "declare module 'better-sqlite3' {" })
        {
            Assert.Contains(name, ScriptTypeDefinitions.Text, StringComparison.Ordinal);
        }
    }

    private async Task<Func<ScriptRunRequest, ScriptRunRequest>> PrepareAsync(LegacyStore store)
    {
        const string Columns = "email text, phone text, username text, name text, password_hash text, email_verified boolean, blocked boolean";
        if (store == LegacyStore.Sqlite)
        {
            var name = $"{Guid.NewGuid():N}.db";
            files.Create(name, $"CREATE TABLE users (id INTEGER PRIMARY KEY, {Columns}); {s_insert}");
            return request => request with
            {
                Limits = new ScriptLimits(),
                Access = new LegacyAccess([], files.Folder, []),
                Variables = new Dictionary<string, string> { ["DB_DATABASE"] = name },
            };
        }

        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        var database = $"templates{Guid.NewGuid():N}";
        var uri = await server.CreateDatabaseAsync(database);
        await server.ExecuteAsync(database, $"CREATE TABLE users (id int PRIMARY KEY, {Columns}); {s_insert}");
        return request => request with
        {
            Limits = new ScriptLimits(),
            Access = new LegacyAccess([server.HostAndPort], null, []),
            Variables = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = uri },
        };
    }
}
