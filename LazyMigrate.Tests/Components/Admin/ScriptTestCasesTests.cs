using Bunit;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Admin.Scripts;

namespace LazyMigrate.Tests.Components.Admin;

/// <summary>The saved test cases in the console: saved from a run, picked, changed, deleted, run together.</summary>
public sealed class ScriptTestCasesTests : ConsoleTest
{
    private const string Ada = """{"id":"1","email":"ada@example.org"}""";

    [Fact]
    public async Task Cases_None_SayWhatTheyAreFor()
    {
        var page = await RenderAsync();

        Assert.StartsWith("None yet.", page.Find("[aria-labelledby=cases-title] p").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Run all cases");
    }

    [Fact]
    public async Task Save_AfterARun_TakesInputsAndOutcomeButNoPassword()
    {
        Database.Runner.Answer(ScriptKind.Login, Ada);
        var page = await RenderAsync();
        await RunAsync(page, "ada@example.org", "opensesame");

        OpenDialog(page, "Save as a test case…");
        Assert.Equal("ada@example.org", Dialog.Find("#case-identifier").GetAttribute("value"));
        Assert.Equal("Accepted", Dialog.Find("#case-outcome").GetAttribute("value"));
        Assert.Empty(Dialog.FindAll("#case-password"));
        await Dialog.Find("#case-name").InputAsync(new() { Value = "Ada" });
        await ClickAsync(Dialog, "Save the test case");

        page.WaitForAssertion(() => Assert.Equal("Ada", page.Find(".cases strong").TextContent));
        var saved = Assert.Single(await ListAsync());
        Assert.Equal(saved with { Name = "Ada", Identifier = "ada@example.org", ExpectedOutcome = "Accepted", HasPassword = false }, saved);
        Assert.Null(await Database.Get<ScriptTestCaseManager>().GetPasswordAsync(saved.Id, default));

        // It is known until the page is left.
        await ClickAsync(page, "Run all cases");
        page.WaitForAssertion(() => Assert.Equal("As expected", page.Find(".result .badge").TextContent.Trim()));
        Assert.Contains("opensesame", Database.Runner.Requests[^1].Secrets);
    }

    [Fact]
    public async Task Save_Ticked_StoresThePasswordAndNeverShowsIt()
    {
        Database.Runner.Answer(ScriptKind.Login, Ada);
        var page = await RenderAsync();
        await RunAsync(page, "ada@example.org", "opensesame");
        OpenDialog(page, "Save as a test case…");
        await Dialog.Find("input[type=checkbox]").ChangeAsync(new() { Value = true });
        await ClickAsync(Dialog, "Save the test case");
        page.WaitForElement(".cases strong");

        var saved = Assert.Single(await ListAsync());
        Assert.Equal("opensesame", await Database.Get<ScriptTestCaseManager>().GetPasswordAsync(saved.Id, default));
        Assert.Contains("password stored", page.Find(".cases").TextContent, StringComparison.Ordinal);

        var other = await RenderAsync();
        other.Find($"button[aria-label='Use {saved.Name}']").Click();
        Assert.Equal("ada@example.org", other.Find("#run-identifier").GetAttribute("value"));
        Assert.Equal(("", "stored with the test case"), (other.Find("#run-password").GetAttribute("value") ?? "", other.Find("#run-password").GetAttribute("placeholder")));
        await ClickAsync(other, "Run");
        Assert.Contains("opensesame", Database.Runner.Requests[^1].Secrets);
        Assert.Contains("As expected", other.Find(".picked").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", other.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_NameTaken_SaysSoAtTheField()
    {
        await SaveAsync("Ada", "Accepted");
        var page = await RenderAsync();
        OpenDialog(page, "Save as a test case…");
        await Dialog.Find("#case-name").InputAsync(new() { Value = "Ada" });
        await Dialog.Find("#case-identifier").InputAsync(new() { Value = "ada" });

        await ClickAsync(Dialog, "Save the test case");

        Assert.Equal("Another case of this script has this name.", Dialog.Find("#case-name-error").TextContent.Trim());
        Assert.Equal("true", Dialog.Find("#case-name").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Edit_Case_ChangesIt()
    {
        await SaveAsync("Ada", "Accepted");
        var page = await RenderAsync();
        page.Find("button[aria-label='Edit Ada']").Click();
        Dialog.WaitForElement("#case-name");

        await Dialog.Find("#case-outcome").ChangeAsync(new() { Value = "Blocked" });
        await ClickAsync(Dialog, "Save the test case");

        page.WaitForAssertion(() => Assert.Contains("expects Blocked", page.Find(".cases").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_Confirmed_RemovesIt()
    {
        await SaveAsync("Ada", "Accepted");
        var page = await RenderAsync();
        page.Find("button[aria-label='Delete Ada']").Click();
        Dialog.WaitForElement(".mud-dialog-actions");

        await ClickAsync(Dialog, "Delete");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".cases")));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task RunAll_Mixed_SaysExpectedAndGot()
    {
        await SaveAsync("1 right", "Accepted", "opensesame");
        await SaveAsync("2 unknown", "NoSuchUser");
        await SaveAsync("3 no password", "Blocked");
        Database.Runner.Answer(ScriptKind.Login, Ada);
        var page = await RenderAsync();

        await ClickAsync(page, "Run all cases");

        page.WaitForAssertion(() => Assert.Equal(["As expected", "Got Accepted", "Not run"], page.FindAll(".result .badge").Select(badge => badge.TextContent.Trim())));
        Assert.Equal("1 of 3 as expected", page.Find(".case-actions [role=status]").TextContent);
        Assert.Equal(["1 ms", "1 ms"], page.FindAll(".duration").Select(duration => duration.TextContent));
        Assert.True((await Database.Get<DatabaseScriptManager>().GetAsync(ScriptKind.Login))!.IsDraftTested);
        page.WaitForAssertion(() => Assert.Contains("Tested", page.FindAll("h1 .badge").Select(badge => badge.TextContent.Trim())));

        await Editor.TypeAsync(page, "// something else");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".result .badge")));
    }

    [Fact]
    public async Task RunAll_Stopped_SaysHowFarItCame()
    {
        await SaveAsync("1", "NoSuchUser");
        await SaveAsync("2", "NoSuchUser");
        Database.Runner.Answer(ScriptKind.Login, "null");
        Database.Runner.Gate = new TaskCompletionSource().Task;
        var page = await RenderAsync();

        var running = ClickAsync(page, "Run all cases");
        page.WaitForAssertion(() => Assert.Equal("0 of 2 run", page.Find(".case-actions [role=status]").TextContent));
        await ClickAsync(page, "Stop");
        await running;

        Assert.Contains("Stopped after 0 of 2 cases.", page.Find("[aria-labelledby=cases-title] .notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_CasesFail_WarnsAndLetsPublish()
    {
        await SaveAsync("1", "NoSuchUser");
        await SaveAsync("2", "WrongPassword");
        Database.Runner.Answer(ScriptKind.Login, "null");
        var page = await RenderAsync();
        OpenDialog(page, "Publish…");

        await ClickAsync(Dialog, "Run all cases first");

        Dialog.WaitForAssertion(() => Assert.Contains(
            "1 of 2 cases did not have the expected outcome. You can publish all the same.",
            Dialog.FindAll(".notice").Select(notice => notice.TextContent.Trim())));
        Assert.False(Dialog.FindAll("button")[^1].HasAttribute("disabled"));
    }

    [Fact]
    public async Task Run_LimitPassed_IsMarkedAmongTheLimits()
    {
        Database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.TimeLimit);
        var page = await RenderAsync();

        await RunAsync(page, "ada", "x");

        Assert.Equal("0.001 s of 10 s limit passed", string.Join(' ', page.Find(".used .passed").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static Task ClickAsync<T>(IRenderedComponent<T> component, string text)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        component.FindAll("button").Single(button => button.TextContent.Trim() == text).ClickAsync(new());

    private static async Task RunAsync(IRenderedComponent<ScriptPage> page, string identifier, string password)
    {
        await page.Find("#run-identifier").InputAsync(new() { Value = identifier });
        await page.Find("#run-password").InputAsync(new() { Value = password });
        await ClickAsync(page, "Run");
    }

    // The click is over when the dialog is: it cannot be waited for.
    private void OpenDialog(IRenderedComponent<ScriptPage> page, string button)
    {
        page.FindAll("button").Single(item => item.TextContent.Trim() == button).Click();
        Dialog.WaitForElement(".mud-dialog-actions");
    }

    private async Task<IRenderedComponent<ScriptPage>> RenderAsync()
    {
        if (await Database.Get<CustomDatabaseManager>().GetAsync() is null)
        {
            await ConnectAsync();
        }

        Editor.Text = "// draft";
        var page = Render<ScriptPage>(parameters => parameters.Add(item => item.Name, "login"));
        page.WaitForElement("[aria-labelledby=cases-title]");
        return page;
    }

    private async Task SaveAsync(string name, string outcome, string? password = null)
    {
        if (await Database.Get<CustomDatabaseManager>().GetAsync() is null)
        {
            await ConnectAsync();
        }

        Assert.IsType<ScriptTestCaseSave.Saved>(await Database.Get<ScriptTestCaseManager>()
            .SaveAsync(ScriptKind.Login, new ScriptTestCaseEdit(null, name, "ada@example.org", outcome, password is not null, password), TestActors.Ada));
    }

    private Task<IReadOnlyList<ScriptTestCaseSummary>> ListAsync() => Database.Get<ScriptTestCaseManager>().ListAsync(ScriptKind.Login);
}
