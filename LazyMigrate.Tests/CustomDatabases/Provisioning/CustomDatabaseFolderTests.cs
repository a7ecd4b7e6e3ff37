using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Provisioning;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.CustomDatabases.Provisioning;

public sealed class CustomDatabaseFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public async Task ReadAsync_LeastThatIsNeeded_HasSafeDefaults()
    {
        var content = await CompleteAsync("""{ "name": "shop", "type": "http" }""");

        Assert.Equal(("shop", CustomDatabaseType.Http, null, MigrationMode.Off, false), (content.Settings.Name, content.Settings.Type, content.Settings.NewUri, content.Mode, content.Settings.TrustsEmailVerified));
        Assert.Equal([ScriptKind.Login, ScriptKind.SearchUser], content.Scripts.Keys);
    }

    [Theory]
    [InlineData("postgres", "postgres://db/shop", CustomDatabaseType.Postgres)]
    [InlineData("mysql", "mysql://db/shop", CustomDatabaseType.MySql)]
    [InlineData("mongodb", "mongodb://db/shop", CustomDatabaseType.MongoDb)]
    [InlineData("sqlserver", "mssql://db/shop", CustomDatabaseType.SqlServer)]
    [InlineData("sqlite", "shop.db", CustomDatabaseType.Sqlite)]
    [InlineData("http", "https://users.example.org/", CustomDatabaseType.Http)]
    [InlineData("other", "anything", CustomDatabaseType.Other)]
    public async Task ReadAsync_EveryType_IsKnown(string type, string uri, CustomDatabaseType expected)
    {
        var content = await CompleteAsync($$"""{ "name": "shop", "type": "{{type}}", "uri": "{{uri}}" }""");

        Assert.Equal((expected, uri), (content.Settings.Type, content.Settings.NewUri));
    }

    [Fact]
    public async Task ReadAsync_ValuesOfTheEnvironment_AreTaken()
    {
        _environment["SHOP_URI"] = "postgres://u:${NOT_EXPANDED}@db/shop";
        _environment["SHOP_PEPPER"] = "hot";
        _environment["SHOP_MODE"] = "Frozen";

        var content = await CompleteAsync("""
            { "name": "shop", "type": "postgres", "uri": "${SHOP_URI}", "variables": { "PEPPER": "${SHOP_PEPPER}", "PRICE": "$5 {now}" }, "mode": "${SHOP_MODE}" }
            """);

        Assert.Equal((_environment["SHOP_URI"], MigrationMode.Frozen), (content.Settings.NewUri, content.Mode));
        Assert.Equal(new Dictionary<string, string?> { ["PEPPER"] = "hot", ["PRICE"] = "$5 {now}" }, content.Settings.Variables);
    }

    [Fact]
    public async Task ReadAsync_AllowedRoles_AreTaken()
    {
        var content = await CompleteAsync("""{ "name": "shop", "type": "http", "allowedRoles": { "VIP": "vip", "customer": "customer" } }""");

        Assert.Equal([new RoleMapping("VIP", "vip"), new RoleMapping("customer", "customer")], content.Settings.AllowedRoles);
    }

    [Fact]
    public async Task ReadAsync_PartsInsteadOfUri_AreEnough()
    {
        var content = await CompleteAsync("""{ "name": "shop", "type": "postgres", "variables": { "DB_HOST": "db", "DB_DATABASE": "shop" } }""");

        Assert.Null(content.Settings.NewUri);
    }

    [Fact]
    public async Task ReadAsync_SqliteFileBesideTheSettings_IsTaken()
    {
        var file = Path.Combine(_folder.Path, "shop.db");
        const string Json = """{ "name": "shop", "type": "sqlite", "uri": "sqlite:shop.db" }""";

        Assert.Equal("sqlite:shop.db", (await CompleteAsync(Json)).Settings.NewUri);
        await File.WriteAllTextAsync(file, "");
        Assert.Equal(file, (await CompleteAsync(Json)).Settings.NewUri);
    }

    [Theory]
    [InlineData("[]", "one JSON object")]
    [InlineData("{ \"name\": \"shop\", }", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    [InlineData("""{ "name": "shop", "name": "shop", "type": "http" }""", "not valid JSON")]
    [InlineData("""{ "type": "http" }""", "name is missing")]
    [InlineData("""{ "name": "shop" }""", "type is missing")]
    [InlineData("""{ "name": " ", "type": "http" }""", "name: Give the legacy database a name")]
    [InlineData("""{ "name": 1, "type": "http" }""", "name must be a string")]
    [InlineData("""{ "name": "shop", "type": "oracle" }""", "type must be one of postgres, mysql, mongodb, sqlserver, sqlite, http, other")]
    [InlineData("""{ "name": "shop", "type": "Postgres", "uri": "postgres://db/shop" }""", "type must be one of")]
    [InlineData("""{ "name": "shop", "type": "postgres" }""", "uri is missing")]
    [InlineData("""{ "name": "shop", "type": "postgres", "uri": "" }""", "uri is missing")]
    [InlineData("""{ "name": "shop", "type": "postgres", "uri": "db.example.org" }""", "uri: This is not an address of that kind")]
    [InlineData("""{ "name": "shop", "type": "sqlite", "uri": "postgres://db/shop" }""", "uri: This is not a file name")]
    [InlineData("""{ "name": "shop", "type": "http", "mode": "On" }""", "mode must be one of Off, LazyMigration, Frozen")]
    [InlineData("""{ "name": "shop", "type": "http", "mode": "1" }""", "mode must be one of")]
    [InlineData("""{ "name": "shop", "type": "http", "mode": true }""", "mode must be a string")]
    [InlineData("""{ "name": "shop", "type": "http", "trustEmailVerified": "true" }""", "trustEmailVerified must be true or false")]
    [InlineData("""{ "name": "shop", "type": "http", "allowedHosts": "db:1" }""", "allowedHosts must be an array")]
    [InlineData("""{ "name": "shop", "type": "http", "allowedHosts": [1] }""", "allowedHosts[0] must be a string")]
    [InlineData("""{ "name": "shop", "type": "http", "allowedHosts": ["db"] }""", "allowedHosts: “db” is not a host and port")]
    [InlineData("""{ "name": "shop", "type": "http", "variables": [] }""", "variables must be an object")]
    [InlineData("""{ "name": "shop", "type": "http", "variables": { "A": 1 } }""", "variables.A must be a string")]
    [InlineData("""{ "name": "shop", "type": "http", "variables": { "A-B": "x" } }""", "variables.A-B: A variable's name")]
    [InlineData("""{ "name": "shop", "type": "http", "url": "x" }""", "no property “url”")]
    [InlineData("""{ "name": "shop", "type": "http", "Uri": "x" }""", "no property “Uri”")]
    [InlineData("""{ "name": "shop", "type": "postgres", "uri": "${MISSING}" }""", "environment variable MISSING, which is not set")]
    [InlineData("""{ "name": "shop", "type": "http", "variables": { "A": "${MISSING}" } }""", "variables.A is taken from the environment variable MISSING")]
    [InlineData("""{ "name": "shop", "type": "postgres", "uri": "postgres://u:${PASSWORD}@db/shop" }""", "only a whole value")]
    public async Task ReadAsync_OneFault_IsNamed(string json, string reason)
    {
        var faults = await FaultsAsync(json);

        var fault = Assert.Single(faults);
        Assert.Equal("database.json", fault.File);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ManyFaults_AreAllNamed()
    {
        var faults = await FaultsAsync("""{ "type": "postgres", "uri": "db", "url": "x", "mode": "On", "allowedHosts": ["db"], "variables": { "A-B": "${MISSING}" } }""");

        Assert.Equal(
            ["There is no property “url”", "mode must be", "variables.A-B is taken", "name is missing", "uri: This is not", "allowedHosts: “db”"],
            faults.Select(fault => fault.Reason).Zip(
                ["There is no property “url”", "mode must be", "variables.A-B is taken", "name is missing", "uri: This is not", "allowedHosts: “db”"],
                (reason, start) => reason.StartsWith(start, StringComparison.Ordinal) ? start : reason));
        Assert.Equal(6, faults.Count);
    }

    [Fact]
    public async Task ReadAsync_BrokenJson_SaysWhere() =>
        Assert.Equal(new ScriptPosition(2, 3), Assert.Single(await FaultsAsync("{\n  x")).Position);

    [Fact]
    public async Task ReadAsync_FilesThatAreMissingOrNotText_AreNamed()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "login.js"), [0x2F, 0x2F, 0xFF]);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "listUsers.js"), new string('x', new ScriptLimits().SourceLength + 1));

        var faults = Assert.IsType<FolderReading.Faulty>(await Folder().ReadAsync(CancellationToken.None)).Faults;

        Assert.Equal(
            ["database.json: The file is missing.", "login.js: The file is not UTF-8.", "searchUser.js: The file is missing."],
            faults.Take(3).Select(fault => fault.ToString()));
        Assert.Equal("listUsers.js", faults[3].File);
    }

    [Fact]
    public async Task HashAsync_TextMovedBetweenFiles_IsOther()
    {
        await WriteAsync("{}", "ab", "c");
        var first = await Folder().HashAsync(CancellationToken.None);
        await WriteAsync("{}", "a", "bc");

        Assert.NotEqual(first, await Folder().HashAsync(CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ProvisionedContent> CompleteAsync(string json)
    {
        await WriteAsync(json, "// login", "// search");
        return Assert.IsType<FolderReading.Complete>(await Folder().ReadAsync(CancellationToken.None)).Content;
    }

    private async Task<IReadOnlyList<FolderFault>> FaultsAsync(string json)
    {
        await WriteAsync(json, "// login", "// search");
        return Assert.IsType<FolderReading.Faulty>(await Folder().ReadAsync(CancellationToken.None)).Faults;
    }

    private async Task WriteAsync(string json, string login, string search)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "database.json"), json);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "login.js"), login);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "searchUser.js"), search);
    }

    private CustomDatabaseFolder Folder() => new(_folder.Path, new TestScriptInspector(), name => _environment.GetValueOrDefault(name));
}
