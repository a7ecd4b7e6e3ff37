using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Tests.TestServices.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LazyMigrate.Tests.Scripting.Dialects;

public sealed class MongoHabitTests(MongoServer server, ScriptHost host) : LegacyHabitTests(host), IClassFixture<MongoServer>
{
    private readonly string _uri = server.UriOf("legacy");

    public static TheoryData<string> Scripts => ScriptsIn("mongodb");

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task Login_OfAScript_TellsThemApart(string script) => AssertTellsThemApartAsync(script);

    private protected override async Task<(LegacyAccess Access, IReadOnlyDictionary<string, string> Variables)> PrepareAsync()
    {
        using var client = new MongoClient(_uri);
        var users = client.GetDatabase("legacy").GetCollection<BsonDocument>("users");
        await users.DeleteManyAsync(new BsonDocument());
        await users.InsertOneAsync(new BsonDocument
        {
            ["email"] = Email,
            ["nickname"] = "ada",
            ["password"] = BCrypt.Net.BCrypt.HashPassword(Password, 4),
            ["salt"] = Convert.ToBase64String("salt"u8),
            ["hash"] = Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Password, "salt"u8, 1_000, HashAlgorithmName.SHA1, 24)),
            ["roles"] = new BsonArray { "admin" },
        });
        return (new LegacyAccess([server.HostAndPort], null, []), new Dictionary<string, string> { ["DB_CONNECTION_URI"] = _uri });
    }
}

public sealed class SqlServerHabitTests(SqlServerTestTarget server, ScriptHost host) : LegacyHabitTests(host), IClassFixture<SqlServerTestTarget>
{
    public static TheoryData<string> Scripts => ScriptsIn("sqlserver");

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task Login_OfAScript_TellsThemApart(string script) => AssertTellsThemApartAsync(script);

    private protected override async Task<(LegacyAccess Access, IReadOnlyDictionary<string, string> Variables)> PrepareAsync()
    {
        var salt = "0123456789abcdef"u8.ToArray();
        byte[] crypted = [0, .. salt, .. Rfc2898DeriveBytes.Pbkdf2(Password, salt, 1_000, HashAlgorithmName.SHA1, 32)];
        byte[] key = [.. salt, .. salt, .. salt, .. salt];
        var membership = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.Unicode.GetBytes(Password)));
        await server.ExecuteAsync("DROP TABLE IF EXISTS Users; DROP TABLE IF EXISTS Memberships; DROP TABLE IF EXISTS AspUsers");
        await server.ExecuteAsync("CREATE TABLE Users (Id int NOT NULL PRIMARY KEY, Nickname nvarchar(100), Email nvarchar(100), Password varchar(100), Crypted varchar(100))");
        await server.ExecuteAsync($"INSERT INTO Users VALUES (1, 'ada', '{Email}', '{BCrypt.Net.BCrypt.HashPassword(Password, 4)}', '{Convert.ToBase64String(crypted)}')");
        await server.ExecuteAsync("CREATE TABLE AspUsers (UserId int NOT NULL PRIMARY KEY, UserName nvarchar(100))");
        await server.ExecuteAsync("INSERT INTO AspUsers VALUES (1, 'ada')");
        await server.ExecuteAsync("CREATE TABLE Memberships (UserId int NOT NULL PRIMARY KEY, Email nvarchar(100), Password varchar(100), PasswordSalt varchar(100))");
        await server.ExecuteAsync($"INSERT INTO Memberships VALUES (1, '{Email}', '{membership}', '{Convert.ToBase64String(salt)}')");
        return (new LegacyAccess([server.HostAndPort], null, []), server.Variables);
    }
}

public sealed class LdapHabitTests(SlapdServer server, ScriptHost host) : LegacyHabitTests(host), IClassFixture<SlapdServer>
{
    public static TheoryData<string> Scripts => ScriptsIn("ldap");

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public Task Login_OfAScript_TellsThemApart(string script) => AssertTellsThemApartAsync(script);

    private protected override Task<(LegacyAccess Access, IReadOnlyDictionary<string, string> Variables)> PrepareAsync()
    {
        Skip.IfNot(SlapdServer.IsAvailable(out var reason), reason);
        return Task.FromResult<(LegacyAccess, IReadOnlyDictionary<string, string>)>((
            new LegacyAccess([server.HostAndPort], null, []),
            new Dictionary<string, string> { ["LDAP_URL"] = server.Uri, ["LDAP_BIND"] = SlapdServer.AdminDn, ["LDAP_PASSWORD"] = SlapdServer.AdminPassword }));
    }
}

public sealed class HttpHabitTests(ScriptHost host) : LegacyHabitTests(host), IAsyncLifetime
{
    private TestHttpServer _server = null!;

    public static TheoryData<string> Scripts => ScriptsIn("http");

    public async Task InitializeAsync() => _server = await TestHttpServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task Login_OfAScript_TellsThemApart(string script) => AssertTellsThemApartAsync(script);

    private protected override Task<(LegacyAccess Access, IReadOnlyDictionary<string, string> Variables)> PrepareAsync() =>
        Task.FromResult<(LegacyAccess, IReadOnlyDictionary<string, string>)>((
            new LegacyAccess([_server.HostAndPort], null, []),
            new Dictionary<string, string> { ["BASE_API_URL"] = _server.Address, ["API_KEY"] = "key", ["API_KEY_ID"] = "id", ["API_KEY_SECRET"] = "secret" }));
}

public sealed class LanguageHabitTests(ScriptHost host) : LegacyHabitTests(host)
{
    public static TheoryData<string> Scripts => ScriptsIn("language");

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task Login_OfAScript_TellsThemApart(string script) => AssertTellsThemApartAsync(script);

    private protected override Task<(LegacyAccess Access, IReadOnlyDictionary<string, string> Variables)> PrepareAsync() =>
        Task.FromResult<(LegacyAccess, IReadOnlyDictionary<string, string>)>((LegacyAccess.None, new Dictionary<string, string>()));
}
