using Bunit;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Admin.Overview;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class OverviewPageTests : ConsoleTest
{
    [Fact]
    public void Overview_NoDatabase_ShowsTheFirstStep()
    {
        var page = RenderLoaded();

        Assert.Equal("Connect a legacy database", page.Find("li.next a").TextContent);
        Assert.Equal("/admin/welcome", page.Find(".page-header .actions a").GetAttribute("href"));
        Assert.Empty(page.FindAll(".chart"));
    }

    [Fact]
    public async Task Overview_ScriptsPublishedAndTested_LeavesTheSwitchAsNextStep()
    {
        await ConnectAsync();
        await PublishBothAsync();

        var page = RenderLoaded();

        Assert.Equal("Switch lazy migration on", page.Find("li.next a").TextContent);
    }

    [Fact]
    public async Task Overview_SampleLoaded_ShowsCredentialsAndOpensTheLogInPageInANewTab()
    {
        await Database.Get<SampleManager>().LoadAsync(TestActors.Ada);

        var page = RenderLoaded();

        Assert.Equal(
            SampleManager.Credentials.SelectMany(person => (string[])[person.Identifier, person.Password]),
            page.FindAll(".people code").Select(code => code.TextContent));
        var logIn = page.Find("a[target=_blank]");
        Assert.Equal("/account/login", logIn.GetAttribute("href"));
    }

    [Fact]
    public async Task Overview_PeopleMoved_ShowsFiguresChartAndTable()
    {
        await MigrateAsync(moved: 2, legacyUsers: 10);

        var page = RenderLoaded();

        Assert.Equal(["2", "8", "2"], page.FindAll(".figures dd").Select(figure => figure.TextContent));
        Assert.Equal("20", page.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Equal("1 Mar 2026", page.Find("details tbody th").TextContent);
        Assert.Equal("2", page.Find("details tbody td").TextContent);
    }

    [Fact]
    public async Task Overview_Refusals_AreThoseOfTooManyAttempts_Too()
    {
        await MigrateAsync(moved: 1, legacyUsers: 10);
        foreach (var kind in (string[])[ActivityKinds.LoginRefused, ActivityKinds.LoginThrottled])
        {
            await Database.AddAsync(Database.Get<ActivityFactory>().Create(kind, subjectName: "ada@example.org"));
        }

        var page = RenderLoaded();

        Assert.Equal(["1", "0", "2"], page.FindAll("details tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task Overview_OtherSpan_ShowsSoManyDays()
    {
        await MigrateAsync(moved: 1, legacyUsers: 10);
        var page = RenderLoaded();
        Assert.Equal(30, page.FindAll("details tbody tr").Count);

        await page.FindAll(".segments button")[2].ClickAsync(new());

        Assert.Equal(90, page.FindAll("details tbody tr").Count);
        Assert.Equal("true", page.FindAll(".segments button")[2].GetAttribute("aria-pressed"));
    }

    [Fact]
    public async Task Overview_NoCountScript_SaysUnknownAndLinksToIt()
    {
        await ConnectAsync();

        var page = RenderLoaded();

        Assert.Equal("/admin/database/scripts/countUsers", page.Find(".figures .unknown a").GetAttribute("href"));
    }

    [Fact]
    public async Task Overview_CountFails_SaysWhy()
    {
        await ConnectAsync();
        await Database.Get<DatabaseScriptManager>().PublishAsync(ScriptKind.CountUsers, "count", null, null, TestActors.Ada);
        Database.Runner.Fail(ScriptKind.CountUsers, ScriptFailureKind.ModuleError, "The legacy database is down.");

        var page = RenderLoaded();

        Assert.Contains("The legacy database is down.", page.Find(".figures .unknown").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_OwnDatabaseFails_SaysSoAndTriesAgain()
    {
        await BreakDatabaseAsync("ActivityEvents");
        var page = Render<OverviewPage>();
        page.WaitForElement("[role=alert]");

        await MendDatabaseAsync("ActivityEvents");
        await page.Find("[role=alert] button").ClickAsync(new());

        page.WaitForElement(".figures");
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Overview_TimePasses_RefreshesItselfWhileVisible()
    {
        JSInterop.SetupModule("./console.js").Setup<bool>("isVisible").SetResult(true);
        await ConnectAsync();
        var page = RenderLoaded();
        await Database.Get<MigrationSwitch>().SetAsync(MigrationMode.Frozen, TestActors.Bob);

        Database.Time.Advance(TimeSpan.FromSeconds(10));

        page.WaitForAssertion(() => Assert.Contains("Frozen", page.Find(".modes li.current").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SwitchOn_NotReady_ListsWhatIsLackingAndCannotBeConfirmed()
    {
        await ConnectAsync();
        var page = RenderLoaded();

        Choose(page, "Switch on…");

        Assert.Equal(
            ["/admin/database/scripts/login", "/admin/database/scripts/login", "/admin/database/scripts/searchUser", "/admin/database/scripts/searchUser"],
            Dialog.FindAll(".checklist a").Select(link => link.GetAttribute("href")));
        Assert.True(Dialog.FindAll("button")[^1].HasAttribute("disabled"));
    }

    [Fact]
    public async Task SwitchOn_ReadyAndConfirmed_TakesEffect()
    {
        await ConnectAsync();
        await PublishBothAsync();
        var page = RenderLoaded();

        Choose(page, "Switch on…");
        await Dialog.FindAll("button")[^1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Lazy migration", page.Find(".modes li.current").TextContent, StringComparison.Ordinal));
        Assert.Equal(MigrationMode.LazyMigration, await Database.Get<CustomDatabaseManager>().GetModeAsync());
        var changed = (await Database.Get<ActivityQueries>().LatestAsync(1)).Single();
        Assert.Equal((ActivityKinds.ModeChanged, TestActors.Ada.Id, TestActors.Ada.Name), (changed.Kind, changed.ActorId, changed.ActorName));
    }

    [Fact]
    public async Task SwitchOn_Canceled_ChangesNothing()
    {
        await ConnectAsync();
        await PublishBothAsync();
        var page = RenderLoaded();

        Choose(page, "Switch on…");
        await Dialog.FindAll("button")[0].ClickAsync(new());

        Assert.Equal(MigrationMode.Off, await Database.Get<CustomDatabaseManager>().GetModeAsync());
    }

    [Fact]
    public async Task RemoveSample_NameTyped_RemovesIt()
    {
        await Database.Get<SampleManager>().LoadAsync(TestActors.Ada);
        var page = RenderLoaded();

        Choose(page, "Remove the sample…");
        Assert.True(Dialog.FindAll("button")[^1].HasAttribute("disabled"));
        await Dialog.Find("#sample-name").InputAsync(new() { Value = SampleManager.Name });
        await Dialog.FindAll("button")[^1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".people")));
        Assert.Null(await Database.Get<CustomDatabaseManager>().GetAsync());
    }

    // The click is over when the dialog is: it cannot be waited for.
    private void Choose(IRenderedComponent<OverviewPage> page, string button)
    {
        page.FindAll("button").Single(item => item.TextContent.Contains(button, StringComparison.Ordinal)).Click();
        Dialog.WaitForElement(".mud-dialog");
    }

    private IRenderedComponent<OverviewPage> RenderLoaded()
    {
        var page = Render<OverviewPage>();
        page.WaitForElement(".figures");
        return page;
    }

    private async Task MigrateAsync(int moved, int legacyUsers)
    {
        await ConnectAsync();
        await PublishBothAsync();
        await Database.Get<DatabaseScriptManager>().PublishAsync(ScriptKind.CountUsers, "count", null, null, TestActors.Ada);
        await Database.Get<MigrationSwitch>().SetAsync(MigrationMode.LazyMigration, TestActors.Ada);
        var custom = await Database.Get<CustomDatabaseManager>().GetAsync();
        Database.Runner.Answer(ScriptKind.CountUsers, legacyUsers.ToString(System.Globalization.CultureInfo.InvariantCulture));
        for (var number = 0; number < moved; number++)
        {
            var user = new AppUser { UserName = $"user{number}", NormalizedUserName = $"user{number}", Origin = UserOrigin.Migrated, CustomDatabaseId = custom!.Id, LegacyId = $"{number}", CreatedAt = Database.Time.GetUtcNow() };
            await Database.AddAsync(user, Database.Get<ActivityFactory>().Create(ActivityKinds.UserMigrated, subjectId: user.Id, subjectName: user.UserName));
        }
    }
}
