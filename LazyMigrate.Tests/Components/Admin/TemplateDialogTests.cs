using Bunit;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Web.Components.Admin.Scripts;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class TemplateDialogTests : ConsoleTest
{
    [Fact]
    public async Task Templates_OfADatabase_ComeFirst()
    {
        await OpenAsync(CustomDatabaseType.MySql, ScriptTemplates.For(LegacyStore.MySql, ScriptKind.Login).Source);

        var legends = Dialog.FindAll(".choices legend").Select(legend => legend.TextContent).ToList();
        Assert.Equal("MySQL or MariaDB, as this custom database", legends[0]);
        Assert.Equal("Any other", legends[^1]);
        Assert.Equal(["MySQL or MariaDB with bcrypt", "WordPress", "Drupal", "Laravel on MySQL"], Dialog.FindAll("fieldset:first-of-type .name").Select(name => name.TextContent));
        Assert.Equal(ScriptTemplates.All.Count(template => template.Kind == ScriptKind.Login), Dialog.FindAll(".choices input").Count);
        Assert.Equal("Verifies phpass ($P$), bcrypt ($wp$2y$) and old MD5; reads the table wp_users.", SummaryOf("wordpress/login"));
        Assert.True(Radio("mysql/login").HasAttribute("checked"));
    }

    [Fact]
    public async Task Choose_Another_ShowsItsTextAndReplacesNothing()
    {
        await OpenAsync(CustomDatabaseType.Postgres, ScriptTemplates.For(LegacyStore.Postgres, ScriptKind.Login).Source);

        await Radio("keycloak/login").ChangeAsync(new() { Value = "keycloak/login" });

        Dialog.WaitForAssertion(() => Assert.Contains("user_entity", Shown("text"), StringComparison.Ordinal));
        Assert.Null(Editor.LastSetText);
    }

    [Fact]
    public async Task Use_DraftIsATemplate_AsksNothing()
    {
        await OpenAsync(CustomDatabaseType.Postgres, ScriptTemplates.For(LegacyStore.Postgres, ScriptKind.Login).Source);
        await Radio("django/login").ChangeAsync(new() { Value = "django/login" });

        Assert.Empty(Dialog.FindAll(".work"));
        await Button("Use this template").ClickAsync(new());

        Dialog.WaitForAssertion(() => Assert.Equal(Source("django/login"), Editor.LastSetText));
        Assert.Contains(Toasts, toast => toast!.Contains("“Django on PostgreSQL” is in the editor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Use_DraftHasWorkInIt_NeedsAConfirmation()
    {
        await OpenAsync(CustomDatabaseType.Postgres, "// an afternoon's work");

        Assert.Contains("somebody has worked on it", Dialog.Find(".work").TextContent, StringComparison.Ordinal);
        Assert.True(Button("Use this template").HasAttribute("disabled"));
        await Dialog.Find("form.choices").SubmitAsync();
        Assert.Null(Editor.LastSetText);

        await Dialog.Find(".work input").ChangeAsync(new() { Value = true });
        await Button("Use this template").ClickAsync(new());

        Dialog.WaitForAssertion(() => Assert.Equal(Source("postgres/login"), Editor.LastSetText));
    }

    [Fact]
    public async Task Compare_Draft_IsTheOtherSide()
    {
        await OpenAsync(CustomDatabaseType.Postgres, "// mine");

        await Dialog.Find(".preview input").ChangeAsync(new() { Value = true });

        Dialog.WaitForAssertion(() => Assert.Equal("// mine", Shown("original")));
    }

    [Fact]
    public async Task Cancel_Draft_Stays()
    {
        await OpenAsync(CustomDatabaseType.Other, "// mine");

        await Button("Cancel").ClickAsync(new());

        Dialog.WaitForAssertion(() => Assert.Empty(Dialog.FindAll(".picker")));
        Assert.Null(Editor.LastSetText);
    }

    [Theory]
    [InlineData(ScriptKind.SearchUser, "Reads the table users.")]
    [InlineData(ScriptKind.Login, "Verifies bcrypt; reads the table users.")]
    public void Summary_OfATemplate_SaysWhatItDoes(ScriptKind kind, string summary) => Assert.Equal(summary, ScriptTemplates.For(LegacyStore.Sqlite, kind).Summary);

    private static string Source(string key) => ScriptTemplates.All.Single(template => template.Key == key).Source;

    private string SummaryOf(string key) => Dialog.Find($"#{Radio(key).GetAttribute("aria-describedby")}").TextContent;

    private AngleSharp.Dom.IElement Radio(string key) => Dialog.Find($".choices input[value='{key}']");

    private AngleSharp.Dom.IElement Button(string text) => Dialog.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == text);

    private string? Shown(string name) => (string?)Editor.LastShown?.GetType().GetProperty(name)!.GetValue(Editor.LastShown);

    private async Task OpenAsync(CustomDatabaseType type, string draft)
    {
        await ConnectAsync(type);
        Editor.Text = draft;
        var page = Render<ScriptPage>(parameters => parameters.Add(item => item.Name, "login"));
        page.WaitForElement(".problems");

        // The click is over when the dialog is: it cannot be waited for.
        page.FindAll("button").Single(button => button.TextContent.Trim() == "Templates…").Click();
        Dialog.WaitForElement(".picker");
    }
}
