using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.CustomDatabases;

/// <summary>What activity keeps of changes: who, before and after, and of secrets only that they changed.</summary>
public sealed class SettingsActivityTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Settings_Saved_TellBeforeAndAfter_AndNoSecret()
    {
        var first = await SaveAsync(new CustomDatabaseEdit
        {
            Name = "Shop",
            Type = CustomDatabaseType.Postgres,
            NewUri = "postgres://shop:first-secret@db.example/shop",
            Variables = new Dictionary<string, string?> { ["PEPPER"] = "second-secret", ["SALT"] = "third-secret" },
        });
        await SaveAsync(new CustomDatabaseEdit
        {
            Name = "Old shop",
            Type = CustomDatabaseType.Postgres,
            NewUri = "postgres://shop:fourth-secret@db.example/shop",
            Variables = new Dictionary<string, string?> { ["PEPPER"] = "fifth-secret", ["TOKEN"] = "sixth-secret" },
            AllowedHosts = ["API.example:443"],
            TrustsEmailVerified = true,
            ConcurrencyStamp = first.ConcurrencyStamp,
        });

        Assert.Equal(
            [
                "Name: from Shop to Old shop. Connection URI changed. Variables given: TOKEN. Variables changed: PEPPER. Variables removed: SALT. " +
                "Allowed hosts: from none to api.example:443. Trusts verified addresses: from no to yes.",
                "Name: Shop. Type: Postgres. Connection URI given. Variables given: PEPPER, SALT. Allowed hosts: none. Trusts verified addresses: no.",
            ],
            (await LatestAsync(ActivityKinds.DatabaseSaved)).Select(item => item.Detail));
        Assert.All(await LatestAsync(ActivityKinds.DatabaseSaved), item => Assert.Equal(TestActors.Ada.Name, item.ActorName));
    }

    [Fact]
    public async Task Scripts_PublishedAndRolledBack_TellFromWhichVersionToWhich()
    {
        await SaveAsync(new CustomDatabaseEdit { Name = "Shop", Type = CustomDatabaseType.Other });
        var scripts = _database.Get<DatabaseScriptManager>();
        await scripts.PublishAsync(ScriptKind.Login, "// first", "the first", null, TestActors.Ada);
        await scripts.PublishAsync(ScriptKind.Login, "// second", null, (await scripts.GetAsync(ScriptKind.Login))!.ConcurrencyStamp, TestActors.Bob);

        Assert.Equal(
            [("From version 1 to version 2. Not tested.", "Bob"), ("Version 1 published. Not tested. Note: the first", "Ada")],
            (await LatestAsync(ActivityKinds.ScriptPublished)).Select(item => (item.Detail, item.ActorName)));
    }

    [Fact]
    public async Task TestRun_TellsWhoTestedWhat_AndNothingOfWhatItSaid()
    {
        await SaveAsync(new CustomDatabaseEdit { Name = "Shop", Type = CustomDatabaseType.Other });
        _database.Runner.Answer(ScriptKind.Login, _ => new ScriptCompletion.Answered("""{"id":"1","email":"ada@example.org","nickname":"quoted"}"""));

        await _database.Get<ScriptTester>().RunAsync(ScriptKind.Login, "// draft", new ScriptTestInput("Ada@example.org", "typed password") { Actor = TestActors.Bob });

        var item = Assert.Single(await LatestAsync(ActivityKinds.ScriptTested));
        Assert.Equal(("Bob", "ada@example.org", "Accepted"), (item.ActorName, item.SubjectName, item.Outcome));
        Assert.Matches("^Login, draft [0-9A-Fa-f]{12}$", item.Detail);
    }

    private async Task<CustomDatabaseSettings> SaveAsync(CustomDatabaseEdit edit)
    {
        _database.Time.Advance(TimeSpan.FromSeconds(1));
        return Assert.IsType<CustomDatabaseSave.Saved>(await _database.Get<CustomDatabaseManager>().SaveAsync(edit, TestActors.Ada)).Settings;
    }

    private async Task<List<ActivityEvent>> LatestAsync(string kind) =>
        [.. (await _database.Get<ActivityQueries>().LatestAsync(50)).Where(item => item.Kind == kind)];
}
