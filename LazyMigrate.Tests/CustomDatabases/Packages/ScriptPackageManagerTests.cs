using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Packages;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.CustomDatabases.Packages;

public abstract class ScriptPackageManagerTests : IAsyncLifetime
{
    private TestDatabase _database = default!;

    private ScriptPackageManager Manager => _database.Get<ScriptPackageManager>();

    public async Task InitializeAsync() => _database = await CreateAsync(services => services.AddSingleton<IScriptInspector>(provider => new ScriptInspector(
        provider.GetRequiredService<ScriptModuleCatalog>(),
        provider.GetRequiredService<IScriptPackageSource>(),
        new ScriptLimits())));

    public async Task DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Add_Package_IsListedAndCanBeRequired()
    {
        var archive = Greet("1.0.0", """{"lodash":"^4.0.0","crypto":"*","dep":"^2"}""");

        var added = Assert.IsType<PackageAddition.Added>(await AddAsync(archive));

        Assert.Equal(("greet", "1.0.0", "MIT"), (added.Name, added.Version, added.License));
        var package = Assert.Single(await Manager.ListAsync());
        Assert.Equal(("greet", "1.0.0", "MIT", archive.Length, 2, TestActors.Ada.Name), (package.Name, package.Version, package.License, package.ArchiveLength, package.FileCount, package.AddedBy));
        Assert.Contains("dep@^2", package.Missing);
        Assert.DoesNotContain("crypto@*", package.Missing);
        Assert.Empty(package.UsedBy);
        Assert.StartsWith("sha512-", package.Integrity, StringComparison.Ordinal);
        var source = _database.Get<IScriptPackageSource>();
        Assert.Equal([new ScriptPackageId("greet", "1.0.0")], source.List());
        Assert.Equal(2, (await source.FindAsync(new ScriptPackageId("greet", "1.0.0"), CancellationToken.None))!.Files.Count);
        Assert.Empty(_database.Get<IScriptInspector>().Inspect(ScriptKind.Login, "async function login() { return require('greet/lib/x'); }").UnavailableModules);
        var activity = await _database.ReadAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.ScriptPackageAdded));
        Assert.StartsWith("greet@1.0.0, MIT, sha512-", activity.Detail, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Add_SameVersionAgain_ChangesNothing()
    {
        await AddAsync(Greet("1.0.0"));

        Assert.IsType<PackageAddition.AlreadyThere>(await AddAsync(Greet("1.0.0")));
        Assert.Contains("Another tarball of greet@1.0.0", Assert.IsType<PackageAddition.Refused>(await AddAsync(Greet("1.0.0", """{"a":"1"}"""))).Reason, StringComparison.Ordinal);
        Assert.Single(await Manager.ListAsync());
    }

    [SkippableTheory]
    [InlineData("pg", "built in")]
    [InlineData("bcrypt", "built in")]
    public async Task Add_NameOfAModuleWithAHostPart_IsRefused(string name, string reason) =>
        Assert.Contains(reason, Assert.IsType<PackageAddition.Refused>(await AddAsync(TestPackage.Pack(("package.json", $$"""{"name":"{{name}}","version":"1.0.0"}""")))).Reason, StringComparison.Ordinal);

    [SkippableFact]
    public async Task Add_NoTarball_IsRefusedAndNothingIsStored()
    {
        Assert.IsType<PackageAddition.Refused>(await AddAsync("hello"u8.ToArray()));

        Assert.Empty(await Manager.ListAsync());
    }

    [SkippableFact]
    public async Task Add_AtOnce_StoresItOnce()
    {
        var additions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AddAsync(Greet("1.0.0")))));

        Assert.Single(additions.OfType<PackageAddition.Added>());
        Assert.Equal(7, additions.OfType<PackageAddition.AlreadyThere>().Count());
        Assert.Single(await Manager.ListAsync());
    }

    [SkippableFact]
    public async Task Remove_NeededByAPublishedScript_IsRefused_ThroughDependenciesToo()
    {
        await AddAsync(Greet("1.0.0", """{"dep":"^2.0.0"}"""));
        await AddAsync(TestPackage.Pack(("package.json", """{"name":"dep","version":"2.1.0"}"""), ("index.js", "")));
        await AddAsync(TestPackage.Pack(("package.json", """{"name":"dep","version":"1.0.0"}"""), ("index.js", "")));
        await _database.Get<CustomDatabaseManager>().SaveAsync(new CustomDatabaseEdit { Name = "Shop", Type = CustomDatabaseType.Other }, TestActors.Ada);
        await _database.Get<DatabaseScriptManager>().PublishAsync(ScriptKind.Login, "async function login() { return require('greet@1.0.0'); }", "first", null, TestActors.Ada);

        Assert.Equal([ScriptKind.Login], Assert.IsType<PackageRemoval.InUse>(await Manager.RemoveAsync("greet", "1.0.0", TestActors.Ada)).Scripts);
        Assert.IsType<PackageRemoval.InUse>(await Manager.RemoveAsync("dep", "2.1.0", TestActors.Ada));
        Assert.IsType<PackageRemoval.Removed>(await Manager.RemoveAsync("dep", "1.0.0", TestActors.Ada));
        Assert.IsType<PackageRemoval.Gone>(await Manager.RemoveAsync("dep", "1.0.0", TestActors.Ada));
        Assert.Equal(["dep@2.1.0", "greet@1.0.0"], (await Manager.ListAsync()).Select(package => $"{package.Name}@{package.Version}"));
        Assert.Equal(2, _database.Get<IScriptPackageSource>().List().Count);
    }

    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    private static byte[] Greet(string version, string dependencies = "{}") => TestPackage.Pack(
        ("package.json", $$"""{"name":"greet","version":"{{version}}","license":"MIT","dependencies":{{dependencies}}}"""),
        ("index.js", "exports.hello = 1;"));

    private async Task<PackageAddition> AddAsync(byte[] archive)
    {
        using var stream = new MemoryStream(archive);
        return await Manager.AddAsync(stream, TestActors.Ada);
    }
}

public sealed class SqliteScriptPackageManagerTests : ScriptPackageManagerTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresScriptPackageManagerTests(PostgresServer server) : ScriptPackageManagerTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);
}
