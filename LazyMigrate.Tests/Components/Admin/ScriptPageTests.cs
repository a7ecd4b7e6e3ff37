using Bunit;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Admin.Scripts;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class ScriptPageTests : ConsoleTest
{
    private const string Source = "async function login() {\n  throw 1;\n}";

    [Fact]
    public void Script_NoDatabase_SaysWhatToDoFirst()
    {
        var page = RenderPage("login");

        page.WaitForElement(".empty");
        Assert.Equal("Connect a database first", page.Find(".empty h2").TextContent);
    }

    [Fact]
    public void Script_UnknownName_SaysSo() => Assert.Equal("No such script", RenderPage("logout").Find("h1").TextContent.Trim());

    [Fact]
    public async Task Script_NothingWritten_BeginsWithATemplate()
    {
        await ConnectAsync();

        var page = RenderLoaded("searchUser");

        Assert.Contains("searchUser", page.FindComponent<ScriptEditor>().Instance.InitialText, StringComparison.Ordinal);
        Assert.Equal(["Not published"], Badges(page));
    }

    [Fact]
    public async Task Typing_Mistake_IsListedAndMarked()
    {
        await ConnectAsync();
        var page = RenderLoaded("login");

        await Editor.TypeAsync(page, $"let a;\nlet {TestScriptInspector.Mistake};");

        Assert.Equal([new ScriptMarker("Unexpected token.", 2, 5, IsError: true)], Editor.Marks("inspection"));
        Assert.Equal("Line 2", page.Find(".problems button").TextContent);
    }

    [Fact]
    public async Task Typing_Pause_SavesTheDraft()
    {
        await ConnectAsync();
        var page = RenderLoaded("login");
        await Editor.TypeAsync(page, Source);
        Assert.Null((await StateAsync()).DraftSavedAt);

        Database.Time.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Contains("Draft saved", page.Find(".page-header [role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal((Source, "Ada"), ((await StateAsync()).Draft, (await StateAsync()).DraftSavedBy));
    }

    [Fact]
    public async Task Save_SomebodyElseSaved_KeepsMineUntilDecided()
    {
        await ConnectAsync();
        var page = RenderLoaded("login");
        await Database.Get<DatabaseScriptManager>().SaveDraftAsync(ScriptKind.Login, "theirs", null, TestActors.Bob);
        Editor.Text = "mine";

        await ClickAsync(page, "Save draft");
        Assert.Contains("Bob saved another draft", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal("theirs", (await StateAsync()).Draft);
        await ClickAsync(page, "Save mine over theirs");

        Assert.Equal("mine", (await StateAsync()).Draft);
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public async Task Open_CopyOfThisBrowserIsNewer_SaysThatItWasRestored()
    {
        await ConnectAsync();
        Editor.Restored = "kept";
        Editor.Text = "typed before the reload";

        var page = RenderLoaded("login");

        page.WaitForAssertion(() => Assert.Contains("What you had typed before was restored from this browser.", Toasts));
        Assert.Contains("Not saved yet", page.Find(".page-header [role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CopyBelongsToAnOlderDraft_LeavesTheChoice()
    {
        await ConnectAsync();
        Editor.Restored = "older";

        var page = RenderLoaded("login");

        page.WaitForElement(".notice");
        await ClickAsync(page, "Discard it");
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public async Task Run_Accepted_ShowsTheUserAndCountsAsTested()
    {
        await ConnectAsync();
        Database.Runner.Answer(ScriptKind.Login, """{"id":"4711","email":"ada@example.org","name":"Ada"}""");
        var page = RenderLoaded("login");
        Editor.Text = Source;

        await RunAsync(page, "ada@example.org", "opensesame");

        Assert.Equal("Accepted", page.Find(".outcome .badge").TextContent.Trim());
        Assert.Equal(["4711", "Ada"], page.FindAll(".run .facts dd").Take(2).Select(fact => fact.TextContent.Trim()));
        Assert.Contains("\"id\": \"4711\"", page.Find(".run details pre").TextContent, StringComparison.Ordinal);
        Assert.Contains("0 of 20 module calls", page.Find(".used").TextContent, StringComparison.Ordinal);
        Assert.True((await StateAsync()).IsDraftTested);
        page.WaitForAssertion(() => Assert.Contains("Tested", Badges(page)));
    }

    [Fact]
    public async Task Run_Failed_MarksTheLine()
    {
        await ConnectAsync();
        var failure = new ScriptFailure(ScriptFailureKind.ScriptError, "The script threw a number.", new ScriptPosition(2, 3)) { Stack = "at login (script.js:2:3)" };
        Database.Runner.Answer(ScriptKind.Login, _ => new ScriptCompletion.Failed(failure));
        var page = RenderLoaded("login");
        Editor.Text = Source;

        await RunAsync(page, "ada@example.org", "opensesame");

        Assert.Equal("Failed: ScriptError", page.Find(".outcome .badge").TextContent.Trim());
        Assert.Equal("The script threw a number.", page.Find(".outcome p").TextContent);
        Assert.Equal("Line 2, column 3", page.Find(".place").TextContent.Trim());
        Assert.Equal("at login (script.js:2:3)", page.Find(".stack").TextContent);
        Assert.Equal([new ScriptMarker("The script threw a number.", 2, 3, IsError: true)], Editor.Marks("run"));
        Assert.False((await StateAsync()).IsDraftTested);
    }

    [Fact]
    public async Task Run_TypedAfterwards_TakesTheMarkAway()
    {
        await ConnectAsync();
        Database.Runner.Answer(ScriptKind.Login, _ => new ScriptCompletion.Failed(new ScriptFailure(ScriptFailureKind.ScriptError, "No.", new ScriptPosition(2, 3))));
        var page = RenderLoaded("login");
        Editor.Text = Source;
        await RunAsync(page, "ada@example.org", "opensesame");

        await Editor.TypeAsync(page, Source);
        Assert.Single(Editor.Marks("run"));
        await Editor.TypeAsync(page, Source + " ");

        Assert.Empty(Editor.Marks("run"));
    }

    [Fact]
    public async Task Run_WrongPassword_SaysItInAWord()
    {
        await ConnectAsync();
        Database.Runner.Throw(ScriptKind.Login, ScriptErrorClass.WrongPassword);
        var page = RenderLoaded("login");

        await RunAsync(page, "ada@example.org", "wrong");

        Assert.Equal("Wrong password", page.Find(".outcome .badge").TextContent.Trim());
    }

    [Fact]
    public async Task Run_NoIdentifier_IsNotRun()
    {
        await ConnectAsync();
        var page = RenderLoaded("login");

        await RunAsync(page, "", "");

        Assert.Equal("Not run", page.Find(".outcome .badge").TextContent.Trim());
        Assert.Empty(Database.Runner.Requests);
    }

    [Fact]
    public async Task Run_Canceled_SaysSo()
    {
        await ConnectAsync();
        Database.Runner.Gate = new TaskCompletionSource().Task;
        var page = RenderLoaded("login");

        var running = RunAsync(page, "ada@example.org", "opensesame");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.TextContent.Trim() == "Cancel"));
        await ClickAsync(page, "Cancel");
        await running;

        Assert.Contains("The run was canceled.", page.Find(".outcome").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StartedAgain_ShowsTheNewLinesOnly()
    {
        await ConnectAsync();
        Database.Runner.Gate = new TaskCompletionSource().Task;
        Database.Runner.Stream = [new ScriptConsoleLine(ScriptConsoleLevel.Log, "begun"), ScriptConsoleLine.StartedAgain, new ScriptConsoleLine(ScriptConsoleLevel.Log, "begun")];
        var page = RenderLoaded("login");

        var running = RunAsync(page, "ada@example.org", "opensesame");

        page.WaitForAssertion(() => Assert.Equal(
            ["warn The worker process was lost; the run was started once more.", "log begun"],
            page.FindAll(".lines li").Select(line => line.TextContent.Trim())));
        await ClickAsync(page, "Cancel");
        await running;
    }

    [Fact]
    public async Task Run_Sample_IsPrefilled()
    {
        await Database.Get<SampleManager>().LoadAsync(TestActors.Ada);

        var page = RenderLoaded("login");

        Assert.Equal(SampleManager.Credentials[0].Identifier, page.Find("#run-identifier").GetAttribute("value"));
        Assert.Equal(SampleManager.Credentials[0].Password, page.Find("#run-password").GetAttribute("value"));
    }

    [Fact]
    public async Task Dialect_Chosen_IsSavedRunAndPublished()
    {
        await ConnectAsync();
        Database.Runner.Answer(ScriptKind.Login, """{"user_id":"1","email":"ada@example.org"}""");
        var page = RenderLoaded("login");
        Assert.Equal(["Automatic (authing)", "authing", "auth0"], page.FindAll("#dialect option").Select(option => option.TextContent));
        Editor.Text = Source;

        await page.Find("#dialect").ChangeAsync(new() { Value = "Auth0" });
        Assert.Equal((ScriptDialect?)ScriptDialect.Auth0, (await StateAsync()).DraftDialect);
        await RunAsync(page, "ada@example.org", "opensesame");
        Assert.Equal(ScriptDialect.Auth0, Assert.Single(Database.Runner.Requests).Dialect);
        page.WaitForAssertion(() => Assert.Contains("Tested", Badges(page)));
        OpenPublish(page);
        await Dialog.FindAll("button")[^1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("auth0", page.Find(".versions .name").TextContent, StringComparison.Ordinal));
        Assert.Equal(ScriptDialect.Auth0, (await StateAsync()).Published!.Dialect);
    }

    [Fact]
    public async Task Run_ListUsers_ShowsThePage()
    {
        await ConnectAsync();
        Database.Runner.Answer(ScriptKind.ListUsers, """{"totalCount":120,"list":[{"id":"51","email":"ada@example.org","name":"Ada"},{"email":"bob@example.org"}]}""");
        var page = RenderLoaded("listUsers");
        Editor.Text = "async function listUsers() {}";

        await page.Find("#run-page").InputAsync(new() { Value = "2" });
        await page.Find("#run-limit").InputAsync(new() { Value = "50" });
        await ClickAsync(page, "Run");

        Assert.StartsWith("[2,50,", Assert.Single(Database.Runner.Requests).ArgumentsJson, StringComparison.Ordinal);
        Assert.Equal("Invalid profile", page.Find(".outcome .badge").TextContent.Trim());
        Assert.StartsWith("2 of 120 people are on this page, but 1 of the rows", page.Find(".outcome p").TextContent, StringComparison.Ordinal);
        Assert.Equal(["1", "51", "ada@example.org", "Ada", "2", "Not a person"], page.FindAll(".run .table tbody td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("list[1].id", page.Find(".run .problems code").TextContent);
    }

    [Theory]
    [InlineData("0", "50")]
    [InlineData("1", "1001")]
    [InlineData("1", "")]
    public async Task Run_ListUsersWithNoPage_IsNotRun(string number, string limit)
    {
        await ConnectAsync();
        var page = RenderLoaded("listUsers");

        await page.Find("#run-page").InputAsync(new() { Value = number });
        await page.Find("#run-limit").InputAsync(new() { Value = limit });
        await ClickAsync(page, "Run");

        Assert.Equal("Type a page from 1, and a limit from 1 to 1,000.", page.Find(".outcome p").TextContent);
        Assert.Empty(Database.Runner.Requests);
    }

    [Fact]
    public async Task Run_UserMigrated_SaysWhatItDoesAndHasNoCases()
    {
        await ConnectAsync();
        Database.Runner.Answer(ScriptKind.UserMigrated, (string?)null);
        var page = RenderLoaded("userMigrated");
        Assert.Contains("tried again until it succeeds", page.Find(".page-header").TextContent, StringComparison.Ordinal);
        Assert.Contains("really calls the legacy database", page.Find(".run .notice").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Test cases", page.Markup, StringComparison.Ordinal);

        await ClickAsync(page, "Run");
        Assert.Equal("Not run", page.Find(".outcome .badge").TextContent.Trim());
        await page.Find("#run-legacy-id").InputAsync(new() { Value = "4711" });
        await page.Find("#run-identifier").InputAsync(new() { Value = "Ada@Example.org" });
        await ClickAsync(page, "Run");

        Assert.Equal("Done", page.Find(".outcome .badge").TextContent.Trim());
        Assert.StartsWith("""[{"id":"4711","localId":""", Assert.Single(Database.Runner.Requests).ArgumentsJson, StringComparison.Ordinal);
        Assert.Contains("\"email\":\"ada@example.org\"", Database.Runner.Requests[0].ArgumentsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_NotTested_WarnsAndPublishesWithTheNote()
    {
        await ConnectAsync();
        var page = RenderLoaded("login");
        Editor.Text = Source;

        OpenPublish(page);
        Assert.Contains("has not succeeded in a test run", Dialog.Find(".notice").TextContent, StringComparison.Ordinal);
        await Dialog.Find("#publish-note").InputAsync(new() { Value = "first" });
        await Dialog.FindAll("button")[^1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(["Version 1 published"], Badges(page)));
        Assert.Equal((1, "Ada", "first"), (await StateAsync()).Versions.Select(version => (version.Number, version.Author, version.Note)).Single());
    }

    [Fact]
    public async Task Publish_Mistake_CannotBeConfirmed()
    {
        await ConnectAsync();
        var page = RenderLoaded("login");
        Editor.Text = TestScriptInspector.Mistake;

        OpenPublish(page);

        Assert.Contains("Line 1: Unexpected token.", Dialog.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.True(Dialog.FindAll("button")[^1].HasAttribute("disabled"));
    }

    [Fact]
    public async Task Script_OwnDatabaseFails_SaysSo()
    {
        await ConnectAsync();
        await BreakDatabaseAsync("DatabaseScripts");

        RenderPage("login").WaitForElement("[role=alert]");
    }

    private static List<string> Badges(IRenderedComponent<ScriptPage> page) => page.FindAll("h1 .badge").Select(badge => badge.TextContent.Trim()).ToList();

    private static Task ClickAsync(IRenderedComponent<ScriptPage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text).ClickAsync(new());

    private static async Task RunAsync(IRenderedComponent<ScriptPage> page, string identifier, string password)
    {
        await page.Find("#run-identifier").InputAsync(new() { Value = identifier });
        await page.Find("#run-password").InputAsync(new() { Value = password });
        await ClickAsync(page, "Run");
    }

    // The click is over when the dialog is: it cannot be waited for.
    private void OpenPublish(IRenderedComponent<ScriptPage> page)
    {
        page.FindAll("button").Single(button => button.TextContent.Trim() == "Publish…").Click();
        Dialog.WaitForElement(".mud-dialog");
    }

    private IRenderedComponent<ScriptPage> RenderPage(string name) => Render<ScriptPage>(parameters => parameters.Add(page => page.Name, name));

    private IRenderedComponent<ScriptPage> RenderLoaded(string name)
    {
        var page = RenderPage(name);
        page.WaitForElement(".workbench");
        page.WaitForAssertion(() => Assert.NotNull(page.FindComponent<ScriptEditor>()));
        return page;
    }

    private async Task<DatabaseScriptState> StateAsync() => (await Database.Get<DatabaseScriptManager>().GetAsync(ScriptKind.Login))!;
}
