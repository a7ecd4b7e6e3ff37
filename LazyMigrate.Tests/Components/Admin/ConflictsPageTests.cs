using Bunit;
using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using LazyMigrate.Web.Components.Admin.Conflicts;
using LazyMigrate.Web.Components.Admin.Overview;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class ConflictsPageTests : ConsoleTest
{
    private const string Phone = "+4930901820";

    [Theory]
    [InlineData("/admin/conflicts", "No open conflict")]
    [InlineData("/admin/conflicts?state=linked", "Nobody was linked")]
    [InlineData("/admin/conflicts?state=KeptApart", "Nobody was kept apart")]
    [InlineData("/admin/conflicts?state=rejected&page=7", "Nobody was rejected")]
    [InlineData("/admin/conflicts?state=9", "No open conflict")]
    public void Conflicts_None_SaysWhatAppearsHere(string address, string title)
    {
        var page = RenderAt(address, ".empty");

        Assert.Equal(title, page.Find(".empty h2").TextContent);
        Assert.Equal("true", page.FindAll(".chips a").Single(chip => chip.HasAttribute("aria-current")).GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Conflicts_Open_ShowsBothSides_AndMarksWhatCollidesInWords()
    {
        await StageAsync();

        var page = RenderAt("/admin/conflicts", ".conflict");

        Assert.Equal("Ada Lovelace", page.Find(".conflict h2").TextContent);
        Assert.Equal(["Legacy database", "User here Bob"], page.FindAll(".sides thead th").Select(head => Words(head.TextContent)));
        Assert.Equal(
            ["Name|Ada Lovelace|Bob", "E-mail|ada@example.org not verified|–", $"Phone|{Phone}|{Phone} The same", "User name|–|bob", "Legacy id|42|–"],
            page.FindAll(".sides tbody tr").Take(5).Select(row => string.Join('|', row.Children.Select(cell => Words(cell.TextContent)))));
        Assert.Equal("Phone", page.Find(".sides tr.collides th").TextContent);
        Assert.Equal(["Link with Bob…", "Keep apart…", "Reject…"], page.FindAll(".conflict > .actions button").Select(button => button.TextContent.Trim()));
        Assert.Empty(page.FindAll(".problems"));
        Assert.Equal(["Open 1", "Linked 0", "Kept apart 0", "Rejected 0"], page.FindAll(".chips a").Select(chip => Words(chip.TextContent)));
    }

    [Fact]
    public async Task Conflicts_TypedIsTheOtherOnes_SaysWhyNotToKeepApart()
    {
        await StageAsync(identifier: Phone);

        var page = RenderAt("/admin/conflicts", ".conflict");

        Assert.Equal(["Link with Bob…", "Reject…"], page.FindAll(".conflict > .actions button").Select(button => button.TextContent.Trim()));
        Assert.StartsWith("Keeping apart is not possible.", Words(page.Find(".problems li").TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conflicts_NothingCollidesAnyMore_SaysSo()
    {
        var bob = await StageAsync();
        await Database.ReadAsync(context => context.Users.Where(user => user.Id == bob).ExecuteUpdateAsync(update => update.SetProperty(user => user.NormalizedPhoneNumber, (string?)null)));

        var page = RenderAt("/admin/conflicts", ".conflict");

        Assert.Contains("Nothing collides any more", page.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Link with Bob…", "Link", ConflictState.Linked, "The password that Bob has here counts", "They are Bob, whose password counts.")]
    [InlineData("Link with Bob…", "Link", ConflictState.Linked, "A second factor of the legacy database is not taken over", "They are Bob, whose password counts.")]
    [InlineData("Keep apart…", "Keep apart", ConflictState.KeptApart, "without the phone number, which stays with Bob.", "At the next log-in they are moved without the phone number.")]
    [InlineData("Reject…", "Reject", ConflictState.Rejected, "the same sentence as for a wrong password", "They are refused.")]
    public async Task Decide_Confirmed_SaysBeforeAndAfterWhatItMeans(string button, string confirm, ConflictState state, string before, string after)
    {
        await StageAsync();
        var page = RenderAt("/admin/conflicts", ".conflict");

        page.FindAll(".conflict > .actions button").Single(item => item.TextContent.Trim() == button).Click();
        Dialog.WaitForElement(".mud-dialog");
        Assert.Contains(before, Dialog.Find(".mud-dialog-content").TextContent, StringComparison.Ordinal);
        await Dialog.FindAll(".mud-dialog-actions button").Single(item => item.TextContent.Trim() == confirm).ClickAsync(new());

        page.WaitForElement(".empty");
        Assert.Equal(state, (await Database.ReadAsync(context => context.MigrationConflicts.SingleAsync())).State);
        page = RenderAt($"/admin/conflicts?state={state}", ".decided");
        Assert.StartsWith(after, Words(page.Find(".decided").TextContent), StringComparison.Ordinal);
        Assert.Contains("Ada, just now.", Words(page.Find(".decided").TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepApart_WithoutAnAddress_SaysBothThatAndThatItCanBeReopened()
    {
        var bob = await StageAsync(identifier: "countess", kind: IdentifierKind.UserName);
        await Database.ReadAsync(context => context.Users.Where(user => user.Id == bob).ExecuteUpdateAsync(update => update.SetProperty(user => user.Email, "ada@example.org").SetProperty(user => user.NormalizedEmail, "ada@example.org")));
        var page = RenderAt("/admin/conflicts", ".conflict");

        page.FindAll(".conflict > .actions button").Single(item => item.TextContent.Trim() == "Keep apart…").Click();
        Dialog.WaitForElement(".mud-dialog");
        Assert.Contains("cannot get a new password by mail", Dialog.Find(".mud-dialog-content").TextContent, StringComparison.Ordinal);
        Assert.Contains("You can reopen this until they have moved.", Dialog.Find(".mud-dialog-content").TextContent, StringComparison.Ordinal);
        await Dialog.FindAll(".mud-dialog-actions button")[0].ClickAsync(new());

        page.FindAll(".conflict > .actions button").Single(item => item.TextContent.Trim() == "Link with Bob…").Click();
        Dialog.WaitForElement(".mud-dialog");
        Assert.Contains("The address of Bob was never confirmed.", Dialog.Find(".mud-dialog-content").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_Canceled_ChangesNothing()
    {
        await StageAsync();
        var page = RenderAt("/admin/conflicts", ".conflict");

        page.FindAll(".conflict > .actions button")[^1].Click();
        Dialog.WaitForElement(".mud-dialog");
        await Dialog.FindAll(".mud-dialog-actions button")[0].ClickAsync(new());

        Assert.Equal(1, await Database.Get<ConflictQueries>().CountOpenAsync());
    }

    [Fact]
    public async Task Decide_SomebodyElseHas_SaysSoAndShowsWhatIsThere()
    {
        await StageAsync();
        var page = RenderAt("/admin/conflicts", ".conflict");
        var seen = Assert.Single(await Database.Get<ConflictQueries>().ListAsync(ConflictState.Open)).Conflict;
        await Database.Get<ConflictManager>().KeepApartAsync(seen.Id, seen.Stamp, seen.Fields, TestServices.TestActors.Ada);

        page.FindAll(".conflict > .actions button")[^1].Click();
        Dialog.WaitForElement(".mud-dialog");
        await Dialog.FindAll(".mud-dialog-actions button")[^1].ClickAsync(new());

        page.WaitForElement(".empty");
        Assert.Contains(Toasts, toast => toast!.StartsWith("This conflict has changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reopen_Rejected_IsOpenAgain()
    {
        await StageAsync(state: ConflictState.Rejected);
        var page = RenderAt("/admin/conflicts?state=rejected", ".decided");

        await page.Find(".decided button").ClickAsync(new());

        page.WaitForElement(".empty");
        Assert.Equal(1, await Database.Get<ConflictQueries>().CountOpenAsync());
    }

    [Fact]
    public async Task Overview_OpenConflicts_LinksThere()
    {
        await StageAsync();

        var page = Render<OverviewPage>();

        page.WaitForElement(".notice");
        Assert.Equal("1 open conflict", page.Find(".notice strong").TextContent);
        Assert.Equal("/admin/conflicts", page.Find(".notice a").GetAttribute("href"));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<ConflictsPage> RenderAt(string address, string element)
    {
        Navigation.NavigateTo(address);
        var page = Render<ConflictsPage>();
        page.WaitForElement(element);
        return page;
    }

    /// <summary>Ada of the legacy database has the phone number of Bob, who is here.</summary>
    private async Task<Guid> StageAsync(string identifier = "ada@example.org", ConflictState state = ConflictState.Open, IdentifierKind? kind = null)
    {
        await AddAdministratorAsync();
        await ConnectAsync();
        var database = await Database.ReadAsync(context => context.CustomDatabases.SingleAsync());
        var bob = new AppUser { Name = "Bob", UserName = "bob", NormalizedUserName = "bob", PhoneNumber = Phone, NormalizedPhoneNumber = Phone, PasswordHash = "x", Origin = UserOrigin.Registered };
        var now = Database.Time.GetUtcNow();
        await Database.AddAsync(bob, new MigrationConflict
        {
            CustomDatabaseId = database.Id,
            LegacyId = "42",
            IdentifierKind = kind ?? (identifier == Phone ? IdentifierKind.Phone : IdentifierKind.Email),
            Identifier = identifier,
            Email = "ada@example.org",
            NormalizedEmail = "ada@example.org",
            NormalizedPhoneNumber = Phone,
            Name = "Ada Lovelace",
            Fields = ConflictFields.Phone,
            PhoneOwnerId = bob.Id,
            FirstSeenAt = now,
            LastSeenAt = now,
            Count = 1,
            State = state,
        });
        return bob.Id;
    }
}
