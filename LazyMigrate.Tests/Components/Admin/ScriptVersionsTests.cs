using Bunit;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Admin.Scripts;

namespace LazyMigrate.Tests.Components.Admin;

/// <summary>The versions of a script in the console: read, compared, rolled back.</summary>
public sealed class ScriptVersionsTests : ConsoleTest
{
    [Fact]
    public async Task Versions_Two_SayWhoWhenAndWhetherTested()
    {
        var page = await RenderTwoAsync();

        Assert.Equal(
            ["Version 2 published", "Version 1 tested"],
            page.FindAll(".versions .name").Select(item => string.Join(' ', item.Children.Select(part => part.TextContent.Trim()))));
        Assert.Equal(["second", "first"], page.FindAll(".versions .note").Select(item => item.TextContent));
        Assert.Equal(["Open version 2", "Compare version 2 with the draft", "Open version 1", "Compare version 1 with the draft", "Roll back to version 1…"], Buttons(page));
    }

    [Fact]
    public async Task Open_Version_ShowsItsSourceReadOnly()
    {
        var page = await RenderTwoAsync();

        await OpenAsync(page, "Open version 1");

        Assert.Equal("login, version 1", Dialog.Find("h2").TextContent);
        Assert.Contains("Succeeded with this very text", Dialog.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Equal(("// one", null), Shown());
        Assert.Empty(Dialog.FindAll(".changes"));
    }

    [Fact]
    public async Task Open_Compared_ShowsBothSides()
    {
        var page = await RenderTwoAsync();
        Editor.Text = "// draft";
        await OpenAsync(page, "Compare version 1 with the draft");

        Assert.Equal(("// draft", "// one"), Shown());
        Assert.Contains("Only in the draft", Dialog.Find(".sides").TextContent, StringComparison.Ordinal);

        var other = Dialog.FindAll("#version-other option").Single(option => option.TextContent.StartsWith("version 2", StringComparison.Ordinal));
        await Dialog.Find("#version-other").ChangeAsync(new() { Value = other.GetAttribute("value") });

        Assert.Equal(("// two", "// one"), Shown());
        Assert.Contains("Only in version 2", Dialog.Find(".sides").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ComparedWithTheSame_SaysThatThereIsNoDifference()
    {
        var page = await RenderTwoAsync();

        await OpenAsync(page, "Compare version 2 with the draft");

        Assert.Contains("There is no difference", Dialog.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Load_PutsTheSourceIntoTheEditor()
    {
        var page = await RenderTwoAsync();
        await OpenAsync(page, "Open version 1");

        await ConfirmAsync("Load into the editor");

        page.WaitForAssertion(() => Assert.Equal("// one", Editor.LastSetText));
    }

    [Fact]
    public async Task RollBack_Confirmed_PublishesAndKeepsTheDraft()
    {
        var page = await RenderTwoAsync();
        Editor.Text = "// draft";
        await OpenAsync(page, "Roll back to version 1…");

        Assert.Contains("as version 3", Dialog.Find(".mud-dialog-content p").TextContent, StringComparison.Ordinal);
        Assert.Empty(Dialog.FindAll(".notice"));
        await ConfirmAsync("Publish as version 3");

        page.WaitForAssertion(() => Assert.Equal(["Rolled back to version 1", "second", "first"], page.FindAll(".versions .note").Select(item => item.TextContent)));
        var state = await StateAsync();
        Assert.Equal(("// draft", 3, true), (state.Draft, state.Published!.Number, state.Published.IsTested));
        Assert.Null(Editor.LastSetText);
    }

    [Fact]
    public async Task RollBack_WithLoading_PutsTheSourceIntoTheEditor()
    {
        var page = await RenderTwoAsync();
        await OpenAsync(page, "Roll back to version 1…");

        await Dialog.Find("input[type=checkbox]").ChangeAsync(new() { Value = true });
        await ConfirmAsync("Publish as version 3");

        page.WaitForAssertion(() => Assert.Equal("// one", Editor.LastSetText));
    }

    [Fact]
    public async Task RollBack_NeverTested_Warns()
    {
        var page = await RenderTwoAsync();
        var state = await StateAsync();
        await Database.Get<DatabaseScriptManager>().PublishAsync(ScriptKind.Login, "// three", null, state.ConcurrencyStamp, TestActors.Ada);
        page = RenderLoaded();

        await OpenAsync(page, "Roll back to version 2…");

        Assert.Contains("No test run has succeeded", Dialog.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_SomebodyRolledBackMeanwhile_IsNoConflict()
    {
        var page = await RenderTwoAsync();
        var state = await StateAsync();
        await Database.Get<DatabaseScriptManager>().RollBackAsync(ScriptKind.Login, state.Versions[1].Id, state.ConcurrencyStamp, TestActors.Bob);
        Editor.Text = "// mine";

        await page.FindAll("button").Single(button => button.TextContent.Trim() == "Save draft").ClickAsync(new());

        Assert.Empty(page.FindAll(".notice"));
        Assert.Equal("// mine", (await StateAsync()).Draft);
    }

    private static List<string?> Buttons(IRenderedComponent<ScriptPage> page) =>
        page.FindAll(".versions button").Select(button => button.GetAttribute("aria-label")).ToList();

    private async Task<IRenderedComponent<ScriptPage>> RenderTwoAsync()
    {
        await ConnectAsync();
        var scripts = Database.Get<DatabaseScriptManager>();
        var first = (ScriptPublish.Published)await scripts.PublishAsync(ScriptKind.Login, "// one", "first", null, TestActors.Ada);
        await scripts.MarkTestedAsync(ScriptKind.Login, "// one");
        await scripts.PublishAsync(ScriptKind.Login, "// two", "second", first.State.ConcurrencyStamp, TestActors.Bob);
        Editor.Text = "// two";
        return RenderLoaded();
    }

    private IRenderedComponent<ScriptPage> RenderLoaded()
    {
        var page = Render<ScriptPage>(parameters => parameters.Add(item => item.Name, "login"));
        page.WaitForElement(".versions .name");
        return page;
    }

    // The click is over when the dialog is: it cannot be waited for.
    private async Task OpenAsync(IRenderedComponent<ScriptPage> page, string label)
    {
        page.Find($"button[aria-label='{label}']").Click();
        Dialog.WaitForElement(".mud-dialog-actions");
        await Dialog.InvokeAsync(() => { });
    }

    private Task ConfirmAsync(string text) => Dialog.FindAll("button").Single(button => button.TextContent.Trim() == text).ClickAsync(new());

    private (string? Text, string? Original) Shown()
    {
        Dialog.WaitForElement(".viewer");
        var shown = Editor.LastShown!;
        return (Value("text"), Value("original"));

        string? Value(string name) => (string?)shown.GetType().GetProperty(name)!.GetValue(shown);
    }

    private async Task<DatabaseScriptState> StateAsync() => (await Database.Get<DatabaseScriptManager>().GetAsync(ScriptKind.Login))!;
}
