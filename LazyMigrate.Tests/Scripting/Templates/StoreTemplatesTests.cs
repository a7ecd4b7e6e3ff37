using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Tests.TestServices.Mongo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LazyMigrate.Tests.Scripting.Templates;

/// <summary>The starter scripts of other software's databases, of directories and services, against servers that hold what that software stores.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class StoreTemplatesTests(PostgresServer postgres, ScriptHost host, MongoServer mongo, SlapdServer slapd)
    : IClassFixture<ScriptHost>, IClassFixture<MongoServer>, IClassFixture<SlapdServer>
{
    private const string Password = "correct horse battery staple";

    // Made by Django 3.2; scrypt, which came with 4.0, by Python's hashlib with Django's parameters of then.
    public static TheoryData<string> DjangoHashes =>
    [
        "pbkdf2_sha256$260000$RQw2g5Sla3yFEL488O69yR$tfZlrjU7U2tbNvZRSTnaN5C4uKZpfDfH2MlhII51tCM=",
        "pbkdf2_sha1$260000$UhTgEZxt1ZdIoGlBieAYoY$LrEvvBpkEsyTqvKoqycPE1etdXE=",
        "bcrypt_sha256$$2b$12$/0tIOdHVAu1M9onV3jxIJuvH2/9TNq1N.JyBUoQpMLYEohDIsn3ra",
        "bcrypt$$2b$12$3bplxdHLzHTxImN3pm5DIOjDsnIk36wtb9tr8TiaNyW948n1auaRK",
        "argon2$argon2id$v=19$m=102400,t=2,p=8$MnlucW9weGs1YlhkT2pJNFR2QjM5Rg$AkII5iKAThqsj9YbirKQFA",
        "scrypt$16384$abcdefghijkl$8$1$TcOCPhQ3nym1r24QHdEVDv+7QTfTFa9neoAe59jeocTvUCdNnHZuAq5ssJafbMCaYTgbiwNDkDyksJt+9c6/pw==",
        "sha1$OJaasacSBvcZDaEFSqdor5$c95fd5f390233a61b2aa3c2adeb7abee731e9982",
        "md5$QMCLprgjRDvlUA7nOvTJtk$256751cfc4515094e2fcbd4fd786b2f6",
        "9cc2ae8a1ba7a93da39b46fc1019c481",
        "sha1$$abf7aad6438836dbe526aa231abde2d0eef74d42",
    ];

    [SkippableTheory]
    [MemberData(nameof(DjangoHashes))]
    public async Task Django_EachHasher_IsChecked(string hash)
    {
        var reach = await PostgresAsync($"""
            CREATE TABLE auth_user (id serial PRIMARY KEY, username text, email text, first_name text, last_name text, is_active boolean, password text);
            INSERT INTO auth_user (username, email, first_name, last_name, is_active, password) VALUES
              ('ada', 'Ada@Example.com', 'Ada', 'Lovelace', true, '{hash}'), ('none', '', '', '', true, '!unusable')
            """);

        await CheckAsync("django", reach, new LegacyQuery { Username = "ada" }, Password, "1");
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("django", reach, new LegacyQuery { Username = "none" }, "!unusable"));
        Assert.Equal(new CountOutcome.Counted(2), await CountAsync("django", reach));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("a-pepper")]
    public async Task Devise_WithAndWithoutPepper_IsChecked(string pepper)
    {
        var reach = await PostgresAsync(
            $"""
            CREATE TABLE users (id serial PRIMARY KEY, email text, encrypted_password text, confirmed_at timestamp, locked_at timestamp);
            INSERT INTO users (email, encrypted_password, confirmed_at) VALUES ('Ada@Example.com', '{BCrypt.Net.BCrypt.HashPassword(Password + pepper, 4)}', now())
            """,
            ("DEVISE_PEPPER", pepper));

        await CheckAsync("devise", reach, new LegacyQuery { Email = "ada@example.com" }, Password, "1");
        Assert.Equal(new CountOutcome.Counted(1), await CountAsync("devise", reach));
    }

    [SkippableTheory]
    [InlineData("DGzF4+RpmttWHV7FCaK41NYsG4Rc9QqDO8q71k0T1ODS+Ooo+SM5Ep4eJNd+eywW2X+UkNdTatqTScXAD7qm+w==", """{"hashIterations":27500,"algorithm":"pbkdf2-sha256","additionalParameters":{}}""")]
    [InlineData("MZzEtPw1Mpo77OdkGORTt/WiKyi/IN4Pp7hkbe0Q3XA3UZDbcRp8xYlF0PyZjEAiIQyB3nj1YwWHidBrQxTKDw==", """{"hashIterations":210000,"algorithm":"pbkdf2-sha512","additionalParameters":{}}""")]
    [InlineData("iFYFbd6+YgSpBS95zKSeCiqMI6RfgwXfibpMk5AbxQY=", """{"hashIterations":5,"algorithm":"argon2","additionalParameters":{"hashLength":["32"],"memory":["7168"],"type":["id"],"version":["1.3"],"parallelism":["1"]}}""")]
    public async Task Keycloak_EachAlgorithm_IsChecked(string value, string data)
    {
        var reach = await PostgresAsync(
            $$$"""
            CREATE TABLE realm (id text, name text);
            CREATE TABLE user_entity (id text, realm_id text, username text, email text, email_verified boolean, first_name text, last_name text, enabled boolean, service_account_client_link text);
            CREATE TABLE credential (id text, user_id text, type text, secret_data text, credential_data text);
            INSERT INTO realm VALUES ('r1', 'shop'), ('r2', 'other');
            INSERT INTO user_entity VALUES ('u1', 'r1', 'ada', 'ada@example.com', true, 'Ada', 'Lovelace', true, NULL), ('u2', 'r2', 'ada', 'ada@example.com', true, 'Other', 'Ada', true, NULL);
            INSERT INTO credential VALUES ('c1', 'u1', 'password', '{"value":"{{{value}}}","salt":"MDEyMzQ1Njc4OWFiY2RlZg==","additionalParameters":{}}', '{{{data}}}')
            """,
            ("KEYCLOAK_REALM", "shop"));

        await CheckAsync("keycloak", reach, new LegacyQuery { Email = "ada@example.com" }, Password, "u1");
        Assert.Equal(new CountOutcome.Counted(1), await CountAsync("keycloak", reach));
    }

    [Fact]
    public async Task MongoDb_LogsInSearchesAndCounts()
    {
        var uri = mongo.UriOf($"templates{Guid.NewGuid():N}");
        using var client = new MongoClient(uri);
        var ada = ObjectId.GenerateNewId();
        await client.GetDatabase(MongoUrl.Create(uri).DatabaseName).GetCollection<BsonDocument>("users").InsertManyAsync(
        [
            new BsonDocument { { "_id", ada }, { "email", "Ada@Example.com" }, { "username", "ada" }, { "passwordHash", BCrypt.Net.BCrypt.HashPassword(Password, 4) } },
            new BsonDocument { { "_id", "grace" }, { "email", "grace@example.com" } },
        ]);
        var reach = Reach([mongo.HostAndPort], ("DB_CONNECTION_URI", uri));

        await CheckAsync("mongodb", reach, new LegacyQuery { Email = "ada@example.com" }, Password, ada.ToString());
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("mongodb", reach, new LegacyQuery { Email = "grace@example.com" }, Password));
        Assert.IsType<SearchOutcome.Found>(await SearchAsync("mongodb", reach, new LegacyQuery { Id = ada.ToString() }));
        Assert.IsType<SearchOutcome.Found>(await SearchAsync("mongodb", reach, new LegacyQuery { Id = "grace" }));
        Assert.Equal(new CountOutcome.Counted(2), await CountAsync("mongodb", reach));
    }

    [SkippableFact]
    public async Task Ldap_FindsThenBinds()
    {
        Skip.IfNot(SlapdServer.IsAvailable(out var reason), reason);
        var reach = Reach(
            [slapd.HostAndPort],
            ("DB_CONNECTION_URI", slapd.Uri), ("LDAP_BASE_DN", SlapdServer.Suffix), ("LDAP_BIND_DN", SlapdServer.AdminDn), ("LDAP_BIND_PASSWORD", SlapdServer.AdminPassword));

        await CheckAsync("ldap", reach, new LegacyQuery { Email = "countess@example.com" }, "opensesame", "ada");
        await CheckAsync("ldap", reach, new LegacyQuery { Username = "ada" }, "opensesame", "ada");
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("ldap", reach, new LegacyQuery { Username = "*" }, "opensesame"));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("ldap", reach, new LegacyQuery { Username = "ada" }, ""));
        Assert.IsType<LoginOutcome.Failed>(await LoginAsync("ldap", Reach([slapd.HostAndPort], ("DB_CONNECTION_URI", slapd.Uri), ("LDAP_BASE_DN", SlapdServer.Suffix), ("LDAP_BIND_DN", SlapdServer.AdminDn), ("LDAP_BIND_PASSWORD", "wrong")), new LegacyQuery { Username = "ada" }, "opensesame"));
    }

    [Fact]
    public async Task Http_ReadsTheStatus()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var service = builder.Build();
        var user = new { id = "7", email = "ada@example.com", emailVerified = true, username = "ada", name = "Ada" };
        service.MapPost("/login", async (HttpRequest request) =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
            var name = body.TryGetProperty("email", out var email) ? email.GetString() : null;
            return request.Headers.Authorization != "Bearer key" ? Results.StatusCode(500)
                : name == "trouble@example.com" ? Results.StatusCode(503)
                : name != "ada@example.com" ? Results.NotFound()
                : body.GetProperty("password").GetString() == Password ? Results.Json(user) : Results.Unauthorized();
        });
        service.MapGet("/users", (string? email) => email == "ada@example.com" ? Results.Json(user) : Results.NotFound());
        service.MapGet("/users/count", () => Results.Json(new { total = 41 }));
        await service.StartAsync();
        var address = service.Urls.First();
        var reach = Reach([new Uri(address).Authority], ("DB_CONNECTION_URI", address), ("API_KEY", "key"));

        await CheckAsync("http", reach, new LegacyQuery { Email = "ada@example.com" }, Password, "7");
        Assert.IsType<LoginOutcome.Failed>(await LoginAsync("http", reach, new LegacyQuery { Email = "trouble@example.com" }, Password));
        Assert.Equal(new CountOutcome.Counted(41), await CountAsync("http", reach));

        var access = new LegacyAccess([new Uri(address).Authority], null, []);
        Assert.Equal("HTTP 404 Not Found", Assert.IsType<LegacyConnectionTest.Connected>(await host.Tester.TestAsync(LegacyStore.Http, address, access)).ServerVersion);
        Assert.Equal("ERR_INVALID_URL", Assert.IsType<LegacyConnectionTest.NotConnected>(await host.Tester.TestAsync(LegacyStore.Http, "nonsense", access)).Code);
        Assert.Equal("ECONNREFUSED", Assert.IsType<LegacyConnectionTest.NotConnected>(await host.Tester.TestAsync(LegacyStore.Http, "http://127.0.0.1:1", new LegacyAccess(["127.0.0.1:1"], null, []))).Code);
        Assert.Equal("EACCES", Assert.IsType<LegacyConnectionTest.NotConnected>(await host.Tester.TestAsync(LegacyStore.Http, "http://127.0.0.1:2", access)).Code);
    }

    [Fact]
    public async Task Probe_OfMongoDb_TellsVersionAndCollections()
    {
        var uri = mongo.UriOf($"probe{Guid.NewGuid():N}");
        using var client = new MongoClient(uri);
        await client.GetDatabase(MongoUrl.Create(uri).DatabaseName).CreateCollectionAsync("users");

        var connected = Assert.IsType<LegacyConnectionTest.Connected>(await host.Tester.TestAsync(LegacyStore.MongoDb, uri, LegacyAccess.None));
        Assert.Matches(@"^MongoDB \d+\.\d+", connected.ServerVersion);
        Assert.Equal(["users"], connected.Tables);
        Assert.Equal("18", Assert.IsType<LegacyConnectionTest.NotConnected>(await host.Tester.TestAsync(LegacyStore.MongoDb, uri.Replace("lazymigrate:", "lazymigrate:x", StringComparison.Ordinal), LegacyAccess.None)).Code);
        Assert.Equal("ECONNREFUSED", Assert.IsType<LegacyConnectionTest.NotConnected>(await host.Tester.TestAsync(LegacyStore.MongoDb, "mongodb://127.0.0.1:1/x", LegacyAccess.None)).Code);
        Assert.Equal("ERR_INVALID_URL", Assert.IsType<LegacyConnectionTest.NotConnected>(await host.Tester.TestAsync(LegacyStore.MongoDb, "postgres://h/x", LegacyAccess.None)).Code);
    }

    private async Task CheckAsync(string template, Func<ScriptRunRequest, ScriptRunRequest> reach, LegacyQuery query, string password, string id)
    {
        var outcome = await LoginAsync(template, reach, query, password);
        Assert.True(outcome is LoginOutcome.Accepted, $"{outcome}");
        Assert.Equal(id, ((LoginOutcome.Accepted)outcome).Profile.Id);
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync(template, reach, query, "another"));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync(template, reach, new LegacyQuery { Email = "nobody@example.com" }, password));
        Assert.Equal(id, Assert.IsType<SearchOutcome.Found>(await SearchAsync(template, reach, query)).Profile.Id);
        Assert.IsType<SearchOutcome.NotFound>(await SearchAsync(template, reach, new LegacyQuery { Email = "nobody@example.com" }));
    }

    private async Task<LoginOutcome> LoginAsync(string template, Func<ScriptRunRequest, ScriptRunRequest> reach, LegacyQuery query, string password) =>
        host.Contract.ReadLogin(await host.Runner.RunAsync(reach(host.Login(SourceOf(template, "login")) with { ArgumentsJson = host.Contract.LoginArguments(query, password, new ScriptContext()) })));

    private async Task<SearchOutcome> SearchAsync(string template, Func<ScriptRunRequest, ScriptRunRequest> reach, LegacyQuery query) =>
        host.Contract.ReadSearch(await host.Runner.RunAsync(reach(host.Search(SourceOf(template, "searchUser"), query))));

    private async Task<CountOutcome> CountAsync(string template, Func<ScriptRunRequest, ScriptRunRequest> reach) =>
        host.Contract.ReadCount(await host.Runner.RunAsync(reach(host.Count(SourceOf(template, "countUsers")))));

    private static string SourceOf(string template, string function) => ScriptTemplates.All.Single(each => each.Key == $"{template}/{function}").Source;

    private static Func<ScriptRunRequest, ScriptRunRequest> Reach(IReadOnlyList<string> hosts, params (string Name, string Value)[] variables) => request => request with
    {
        Limits = new ScriptLimits(),
        Access = new LegacyAccess(hosts, null, []),
        Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
    };

    private async Task<Func<ScriptRunRequest, ScriptRunRequest>> PostgresAsync(string sql, params (string Name, string Value)[] variables)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        var database = $"templates{Guid.NewGuid():N}";
        var uri = await postgres.CreateDatabaseAsync(database);
        await postgres.ExecuteAsync(database, sql);
        return Reach([postgres.HostAndPort], [("DB_CONNECTION_URI", uri), .. variables]);
    }
}
