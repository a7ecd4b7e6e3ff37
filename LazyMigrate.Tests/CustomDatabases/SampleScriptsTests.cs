using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LazyMigrate.Tests.CustomDatabases;

/// <summary>The sample's scripts in the real script runtime, on the sample's real file.</summary>
public sealed class SampleScriptsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(services =>
        {
            services.RemoveAll<IScriptRunner>();
            services.RemoveAll<IScriptInspector>();
            services.AddScripting();
        });
        await _database.Get<SampleManager>().LoadAsync(TestActors.Ada);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Login_ShownPeople_AreAcceptedUnderEveryIdentifier()
    {
        foreach (var credential in SampleManager.Credentials)
        {
            foreach (var identifier in new[] { credential.Identifier, credential.OtherIdentifier }.OfType<string>())
            {
                var report = await RunAsync(ScriptKind.Login, identifier, credential.Password);

                Assert.Equal(("Accepted", credential.DisplayName), (report.Outcome, report.Mapped?.Name));
                Assert.Empty(report.Problems);
                Assert.Contains(
                    IdentifierParser.Parse(identifier)!.Canonical,
                    new[] { report.Mapped!.NormalizedEmail, report.Mapped.NormalizedPhoneNumber, report.Mapped.NormalizedUserName });
                Assert.NotNull(report.Profile!.SignedUp);
            }
        }
    }

    [Fact]
    public async Task Login_Others_AreRefused()
    {
        var ada = SampleManager.Credentials[0];
        var blocked = SampleManager.BlockedPerson;

        Assert.Equal("WrongPassword", (await RunAsync(ScriptKind.Login, ada.Identifier, "wrong")).Outcome);
        Assert.Equal("NoSuchUser", (await RunAsync(ScriptKind.Login, "nobody@example.com", ada.Password)).Outcome);
        Assert.Equal("NoSuchUser", (await RunAsync(ScriptKind.Login, "+4930999999", ada.Password)).Outcome);
        Assert.Equal("NoSuchUser", (await RunAsync(ScriptKind.Login, "'or'1'='1@example.com", ada.Password)).Outcome);
        Assert.Equal("WrongPassword", (await RunAsync(ScriptKind.Login, blocked.Identifier, "wrong")).Outcome);
        var report = await RunAsync(ScriptKind.Login, blocked.Identifier, blocked.Password);
        Assert.Equal(("Blocked", blocked.DisplayName), (report.Outcome, report.Profile?.Name));
    }

    [Fact]
    public async Task SearchUser_KnownAndUnknown_AreToldApart()
    {
        foreach (var credential in SampleManager.Credentials)
        {
            Assert.Equal("Found", (await RunAsync(ScriptKind.SearchUser, credential.Identifier)).Outcome);
        }

        Assert.Equal("NotFound", (await RunAsync(ScriptKind.SearchUser, "nobody@example.com")).Outcome);
        Assert.Equal("NotFound", (await RunAsync(ScriptKind.SearchUser, "+4930999999")).Outcome);
        Assert.Equal("NotFound", (await RunAsync(ScriptKind.SearchUser, "nobody")).Outcome);
    }

    [Fact]
    public async Task Scripts_TestedAndPublished_AreReadyForTheSwitch()
    {
        var (identifier, password) = (SampleManager.Credentials[0].Identifier, SampleManager.Credentials[0].Password);
        Assert.Equal(500, (await RunAsync(ScriptKind.CountUsers, identifier: null)).Count);
        await RunAsync(ScriptKind.Login, identifier, password);
        await RunAsync(ScriptKind.SearchUser, identifier);
        var scripts = _database.Get<DatabaseScriptManager>();
        foreach (var kind in (ScriptKind[])[ScriptKind.Login, ScriptKind.SearchUser, ScriptKind.CountUsers])
        {
            var state = await scripts.GetAsync(kind);
            Assert.IsType<ScriptPublish.Published>(await scripts.PublishAsync(kind, state!.Draft, null, state.ConcurrencyStamp, TestActors.Ada));
            Assert.Empty(_database.Get<IScriptInspector>().Inspect(kind, state.Draft).Problems);
        }

        Assert.True((await _database.Get<MigrationSwitch>().SetAsync(MigrationMode.LazyMigration, TestActors.Ada)).IsReady);
        var progress = await _database.Get<MigrationProgressReader>().GetAsync();
        Assert.Equal((MigrationMode.LazyMigration, 0, 500L), (progress.Mode, progress.Moved, progress.Left));
    }

    [Fact]
    public async Task RemoveAsync_AfterRuns_TheFileIsGoneAndComesBack()
    {
        await RunAsync(ScriptKind.CountUsers, identifier: null);

        await _database.Get<SampleManager>().RemoveAsync(TestActors.Ada);
        Assert.Empty(Directory.GetFiles(_database.SqliteFolder));
        await _database.Get<SampleManager>().LoadAsync(TestActors.Ada);

        Assert.Equal("Accepted", (await RunAsync(ScriptKind.Login, SampleManager.Credentials[0].Identifier, SampleManager.Credentials[0].Password)).Outcome);
    }

    private async Task<ScriptTestReport> RunAsync(ScriptKind kind, string? identifier, string password = "")
    {
        var script = await _database.Get<DatabaseScriptManager>().GetAsync(kind);
        return await _database.Get<ScriptTester>().RunAsync(kind, script!.Draft, new ScriptTestInput(identifier, password));
    }
}
