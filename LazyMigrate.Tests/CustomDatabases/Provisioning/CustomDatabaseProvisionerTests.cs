using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Provisioning;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.CustomDatabases.Provisioning;

public abstract class CustomDatabaseProvisionerTests : IDisposable
{
    private const string Shop = """
        { "name": "shop", "type": "postgres", "uri": "postgres://reader:hunter22@db.example.org/shop",
          "variables": { "PEPPER": "hot-pepper" }, "allowedHosts": ["API.example.org:443"], "mode": "LazyMigration", "trustEmailVerified": true }
        """;

    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public async Task ProvisionAsync_Dialects_AreThoseOfTheVersions()
    {
        await using var database = await CreateDatabaseAsync();
        await WriteAsync(("database.json", Shop.Replace("\"name\"", "\"dialects\": {\"login\": \"auth0\"}, \"name\"", StringComparison.Ordinal)), ("login.js", "// 1"), ("searchUser.js", "// 2"));

        var result = await ProvisionAsync(database);

        Assert.IsType<ProvisioningResult.Provisioned>(result);
        var published = await database.Get<CustomDatabaseManager>().GetPublishedAsync();
        Assert.Equal([ScriptDialect.Auth0, null], new[] { ScriptKind.Login, ScriptKind.SearchUser }.Select(kind => published!.Scripts[kind].Dialect));
        Assert.True((await database.Get<DatabaseScriptManager>().GetAsync(ScriptKind.Login))!.IsDraftTested);
    }

    [SkippableFact]
    public async Task ProvisionAsync_OptionalScripts_ArePublishedToo()
    {
        await using var database = await CreateDatabaseAsync();
        await WriteAsync(
            ("database.json", Shop), ("login.js", "// 1"), ("searchUser.js", "// 2"), ("countUsers.js", "// 3"), ("listUsers.js", "// 4"), ("userMigrated.js", "// 5"));

        Assert.IsType<ProvisioningResult.Provisioned>(await ProvisionAsync(database));

        var published = await database.Get<CustomDatabaseManager>().GetPublishedAsync();
        Assert.Equal(["// 1", "// 2", "// 3", "// 4", "// 5"], published!.Scripts.OrderBy(script => script.Key).Select(script => script.Value.Source));
    }

    [SkippableFact]
    public async Task ProvisionAsync_FirstStart_StoresPublishesAndSwitchesOn()
    {
        await using var database = await CreateDatabaseAsync();
        await WriteAsync(("database.json", Shop), ("login.js", "// login"), ("searchUser.js", "// search"), ("countUsers.js", "// count"));

        var settings = Assert.IsType<ProvisioningResult.Provisioned>(await ProvisionAsync(database)).Settings;

        Assert.Equal(
            ("shop", CustomDatabaseType.Postgres, MigrationMode.LazyMigration, "postgres://reader:••••@db.example.org/shop", true, false),
            (settings.Name, settings.Type, settings.Mode, settings.MaskedUri, settings.TrustsEmailVerified, settings.IsSample));
        var stored = await database.Get<CustomDatabaseManager>().GetAsync();
        Assert.Equal((settings.Id, settings.ConcurrencyStamp, settings.MaskedUri), (stored!.Id, stored.ConcurrencyStamp, stored.MaskedUri));
        Assert.Equal(["PEPPER"], stored.VariableNames);
        var published = await database.Get<CustomDatabaseManager>().GetPublishedAsync();
        Assert.Equal(("hunter22", "hot-pepper"), (published!.Variables["DB_PASSWORD"], published.Variables["PEPPER"]));
        Assert.Equal(["api.example.org:443", "db.example.org:5432"], published.Access.Hosts);
        Assert.Equal(
            [(ScriptKind.Login, 1, "// login"), (ScriptKind.SearchUser, 1, "// search"), (ScriptKind.CountUsers, 1, "// count")],
            published.Scripts.OrderBy(script => script.Key).Select(script => (script.Key, script.Value.Number, script.Value.Source)));
        var login = await database.Get<DatabaseScriptManager>().GetAsync(ScriptKind.Login);
        Assert.Equal(("// login", false, true), (login!.Draft, login.HasUnpublishedChanges, login.IsDraftTested));
        Assert.Equal(("system", "provisioned", 1), (login.Published!.Author, login.Published.Note, login.Versions.Count));
        var readiness = await database.Get<MigrationSwitch>().GetReadinessAsync();
        Assert.Equal((true, MigrationMode.LazyMigration), (readiness.IsReady, readiness.Mode));
        Assert.Equal(
            [ActivityKinds.DatabaseSaved, ActivityKinds.ModeChanged, ActivityKinds.ScriptPublished, ActivityKinds.ScriptPublished, ActivityKinds.ScriptPublished],
            (await database.Get<ActivityQueries>().LatestAsync(20)).Select(item => item.Kind).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task ProvisionAsync_LaterStart_OverwritesNothing()
    {
        await using var database = await CreateDatabaseAsync();
        await WriteAsync(("database.json", Shop), ("login.js", "// login"), ("searchUser.js", "// search"));
        await ProvisionAsync(database);
        await database.Get<MigrationSwitch>().SetAsync(MigrationMode.Frozen, TestActors.Ada);

        Assert.IsType<ProvisioningResult.Unchanged>(await ProvisionAsync(database));

        // Even what is wrong with it by now does not matter: it is not used.
        await WriteAsync(("login.js", TestScriptInspector.Mistake));
        Assert.Equal(new ProvisioningResult.Differs("shop"), await ProvisionAsync(database));

        await WriteAsync(("login.js", "// login"));
        Assert.IsType<ProvisioningResult.Unchanged>(await ProvisionAsync(database));
        await WriteAsync(("countUsers.js", "// count"));
        Assert.IsType<ProvisioningResult.Differs>(await ProvisionAsync(database));

        var published = await database.Get<CustomDatabaseManager>().GetPublishedAsync();
        Assert.Equal((MigrationMode.Frozen, "// login", 2), (published!.Mode, published.Scripts[ScriptKind.Login].Source, published.Scripts.Count));
    }

    [SkippableFact]
    public async Task ProvisionAsync_ConfiguredByHand_Differs()
    {
        await using var database = await CreateDatabaseAsync();
        await database.Get<CustomDatabaseManager>().SaveAsync(new CustomDatabaseEdit { Name = "by hand", Type = CustomDatabaseType.Other }, TestActors.Ada);
        await WriteAsync(("database.json", Shop), ("login.js", ""), ("searchUser.js", ""));

        Assert.Equal(new ProvisioningResult.Differs("by hand"), await ProvisionAsync(database));
    }

    [SkippableFact]
    public async Task ProvisionAsync_NodesStartedAtOnce_OneProvisions()
    {
        await using var database = await CreateDatabaseAsync();
        await WriteAsync(("database.json", Shop), ("login.js", ""), ("searchUser.js", ""));

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => ProvisionAsync(database))));

        Assert.Single(results.OfType<ProvisioningResult.Provisioned>());
        Assert.Equal(4, results.OfType<ProvisioningResult.Unchanged>().Count());
        Assert.Equal((1, 2), await database.ReadAsync(async context => (await context.CustomDatabases.CountAsync(), await context.ScriptVersions.CountAsync())));
    }

    [SkippableFact]
    public async Task ProvisionAsync_Faults_StoreNothingAndAreAllNamed()
    {
        await using var database = await CreateDatabaseAsync();
        await WriteAsync(
            ("database.json", """{ "name": "", "type": "postgres", "uri": "mysql://reader:hunter22@db/shop", "allowedHosts": ["db"] }"""),
            ("login.js", $"one\n  {TestScriptInspector.Mistake}"));

        var faults = Assert.IsType<ProvisioningResult.Faulty>(await ProvisionAsync(database)).Faults;

        Assert.Equal(["database.json", "database.json", "database.json", "login.js", "searchUser.js"], faults.Select(fault => fault.File));
        Assert.Equal("login.js:2:3: Unexpected token.", faults[3].ToString());
        Assert.Equal("searchUser.js: The file is missing.", faults[4].ToString());
        Assert.DoesNotContain(faults, fault => fault.ToString().Contains("hunter22", StringComparison.Ordinal));
        Assert.Null(await database.Get<CustomDatabaseManager>().GetAsync());
        Assert.Empty(await database.Get<ActivityQueries>().LatestAsync(10));
    }

    [SkippableFact]
    public async Task ProvisionAsync_NoFolder_IsAFault()
    {
        await using var database = await CreateDatabaseAsync();
        var folder = Path.Combine(_folder.Path, "missing");

        var result = await database.Get<CustomDatabaseProvisioner>().ProvisionAsync(folder);

        Assert.Contains(folder, Assert.Single(Assert.IsType<ProvisioningResult.Faulty>(result).Faults).ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    private Task<ProvisioningResult> ProvisionAsync(TestDatabase database) => database.Get<CustomDatabaseProvisioner>().ProvisionAsync(_folder.Path);

    private async Task WriteAsync(params (string Name, string Content)[] files)
    {
        foreach (var (name, content) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.Path, name), content);
        }
    }
}

public sealed class SqliteCustomDatabaseProvisionerTests : CustomDatabaseProvisionerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync();
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresCustomDatabaseProvisionerTests(PostgresServer server) : CustomDatabaseProvisionerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(server);
}
