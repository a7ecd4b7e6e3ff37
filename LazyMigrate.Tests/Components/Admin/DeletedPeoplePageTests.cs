using Bunit;
using LazyMigrate.Core.Users;
using LazyMigrate.Web.Components.Admin.Users;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class DeletedPeoplePageTests : ConsoleTest
{
    [Fact]
    public void Deleted_Nobody_SaysWhatItIsFor()
    {
        var page = Render<DeletedPeoplePage>();

        page.WaitForElement(".empty");
        Assert.Equal("Nobody was deleted", page.Find(".empty h2").TextContent);
    }

    [Fact]
    public async Task Lift_Confirmed_RemovesTheRow()
    {
        await AddAdministratorAsync();
        await Database.AddAsync(new Tombstone { NormalizedEmail = "bob@example.org", LegacyId = "7", DeletedAt = Database.Time.GetUtcNow() });
        var page = Render<DeletedPeoplePage>();
        page.WaitForElement("tbody tr");
        Assert.Equal(["bob@example.org", "7", "just now"], page.FindAll("tbody td").Take(3).Select(cell => cell.TextContent.Trim()));

        var asking = page.Find("[aria-label='Let them come back… bob@example.org']").ClickAsync(new());
        Dialog.WaitForElement(".mud-dialog-actions button");
        await Dialog.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == "Let them come back").ClickAsync(new());
        await asking;

        page.WaitForElement(".empty");
        Assert.Equal(0, await Database.Get<TombstoneManager>().CountAsync());
    }

    [Theory]
    [InlineData("bob@example.org", 1)]
    [InlineData("BOB@Example.org", 1)]
    [InlineData("eve@example.org", 0)]
    [InlineData("two words", 0)]
    [InlineData("", 2)]
    public async Task Search_Exact_FindsThatPerson(string typed, int found)
    {
        await Database.AddAsync(new Tombstone { NormalizedEmail = "bob@example.org" }, new Tombstone { NormalizedUserName = "dan" });
        var page = Render<DeletedPeoplePage>();
        page.WaitForElement("tbody tr");

        await page.Find("input[type=search]").InputAsync(new() { Value = typed });
        await page.Find("form").SubmitAsync();

        Assert.Equal(found, page.FindAll("tbody tr").Count);
    }
}
