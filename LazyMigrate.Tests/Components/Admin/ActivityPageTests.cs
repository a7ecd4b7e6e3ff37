using Bunit;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Api;
using LazyMigrate.Web.Components.Admin.Activity;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class ActivityPageTests : ConsoleTest
{
    [Fact]
    public void Nothing_SaysWhatWillBeThere()
    {
        var page = Render<ActivityPage>();

        Assert.Equal("Nothing has happened yet", page.WaitForElement(".empty h2").TextContent);
    }

    [Fact]
    public async Task Events_ReadAsSentences_NewestFirst()
    {
        await AddAsync(ActivityKinds.LoginRefused, "ada@example.org", outcome: "WrongPassword");
        await AddAsync(ActivityKinds.ModeChanged, null, TestActors.Bob, "Frozen", "From LazyMigration to Frozen.");

        var page = Render<ActivityPage>();

        page.WaitForElement("tbody tr");
        Assert.Equal(
            ["Bob switched the migration to Frozen|Bob|Frozen|From LazyMigration to Frozen.", "ada@example.org was refused at log-in|–|WrongPassword|–"],
            page.FindAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Skip(1).SkipLast(1).Select(cell => Fold(cell.TextContent)))));
    }

    [Theory]
    [InlineData("kind=login.", 2)]
    [InlineData("kind=login.refused", 1)]
    [InlineData("person=ada", 2)]
    [InlineData("person=Bob", 1)]
    [InlineData("outcome=Frozen", 1)]
    [InlineData("from=2026-03-01&to=2026-03-01", 3)]
    [InlineData("to=2026-02-28", 0)]
    [InlineData("kind=nonsense&from=nonsense", 0)]
    [InlineData("kind=login.&person=ada&outcome=Succeeded", 1)]
    public async Task Filters_InTheAddress_AreApplied(string query, int count)
    {
        await AddAsync(ActivityKinds.LoginRefused, "ada@example.org", outcome: "WrongPassword");
        await AddAsync(ActivityKinds.LoginSucceeded, "ada@example.org", outcome: "Succeeded");
        await AddAsync(ActivityKinds.ModeChanged, null, TestActors.Bob, "Frozen");
        Navigation.NavigateTo($"/admin/activity?{query}");

        var page = Render<ActivityPage>();

        page.WaitForElement(count == 0 ? ".empty" : "tbody tr");
        Assert.Equal(count, page.FindAll("tbody tr").Count);
        Assert.All(page.FindAll("header a"), link => Assert.Contains(query.Split('&')[0], link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Filter_Chosen_GoesIntoTheAddress()
    {
        await AddAsync(ActivityKinds.LoginRefused, "ada@example.org");
        var page = Render<ActivityPage>();
        page.WaitForElement("tbody tr");

        await page.Find("#filter-kind").ChangeAsync(new() { Value = "login." });
        await page.Find("#filter-from").ChangeAsync(new() { Value = "2026-03-01" });

        Assert.EndsWith("/admin/activity?kind=login.&from=2026-03-01", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_AreLinked()
    {
        for (var number = 0; number <= ActivityQuery.PageSize; number++)
        {
            await AddAsync(ActivityKinds.LoginRefused, $"person{number}");
        }

        var page = Render<ActivityPage>();

        page.WaitForElement("tbody tr");
        Assert.Equal(ActivityQuery.PageSize, page.FindAll("tbody tr").Count);
        Assert.Equal("/admin/activity?page=2", page.Find(".pager a[href]").GetAttribute("href"));
    }

    [Fact]
    public async Task Details_Opened_ShowEverything()
    {
        await AddAsync(ActivityKinds.ModeChanged, null, TestActors.Bob, "Frozen", "From LazyMigration to Frozen.");
        var page = Render<ActivityPage>();

        await page.WaitForElement(".open button").ClickAsync(new());

        Dialog.WaitForAssertion(() => Assert.Contains("From LazyMigration to Frozen.", Dialog.Find(".facts").TextContent, StringComparison.Ordinal));
        Assert.Contains("Not yet", Dialog.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SaysIntactOrWhereItIsBroken()
    {
        await AddAsync(ActivityKinds.LoginRefused, "ada@example.org");
        await AddAsync(ActivityKinds.LoginRefused, "ada@example.org");
        await Database.Get<ActivitySealer>().SealDueAsync(default);
        var page = Render<ActivityPage>();

        await page.Find(".chain button").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("Intact", page.Find(".chain .badge").TextContent.Trim()));
        Assert.Contains("2 events are as they were written", page.Find(".chain").TextContent, StringComparison.Ordinal);

        await Database.ReadAsync(context => context.Database.ExecuteSqlRawAsync("UPDATE ActivityEvents SET SubjectName = 'eve' WHERE SealNumber = 2"));
        await page.Find(".chain button").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("Broken", page.Find(".chain .badge").TextContent.Trim()));
        Assert.Contains("Number 2: It was altered", page.Find(".chain").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnDatabaseFails_SaysSo()
    {
        await BreakDatabaseAsync("ActivityEvents");

        Render<ActivityPage>().WaitForElement("[role=alert]");
    }

    private async Task AddAsync(string kind, string? subject, ActivityActor? actor = null, string? outcome = null, string? detail = null)
    {
        Database.Time.Advance(TimeSpan.FromSeconds(1));
        await Database.AddAsync(Database.Get<ActivityFactory>().Create(kind, actor, subjectName: subject, outcome: outcome, detail: detail));
    }

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
