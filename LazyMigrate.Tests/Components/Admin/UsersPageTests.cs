using Bunit;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Admin.Users;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class UsersPageTests : ConsoleTest
{
    [Fact]
    public void Users_None_SaysHowTheyComeAbout()
    {
        var page = Render<UsersPage>();

        page.WaitForElement(".empty");
        Assert.Equal("No users yet", page.Find(".empty h2").TextContent);
    }

    [Fact]
    public async Task Users_Some_ShowsIdentityVerifiedMarkOriginAndStatus()
    {
        await AddAsync("ada", UserOrigin.Migrated, isDisabled: true);

        var page = Render<UsersPage>();

        page.WaitForElement("tbody tr");
        Assert.Equal(["Select Ada", "Adaada", "ada@example.orgverified", "Migrated", "just now", "never", "Disabled"], page.FindAll("tbody td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("1–1 of 1", page.Find(".pager [role=status]").TextContent);
    }

    [Fact]
    public async Task Users_FilterInTheAddress_IsApplied()
    {
        await AddAsync("ada", UserOrigin.Migrated);
        await AddAsync("bob", UserOrigin.Registered);
        Navigation.NavigateTo("/admin/users?origin=Registered");

        var page = Render<UsersPage>();

        page.WaitForElement("tbody tr");
        Assert.Equal(["Bob"], page.FindAll(".identity a").Select(link => link.TextContent));
        Assert.Equal("Registered", page.Find("[aria-current]").TextContent);
    }

    [Fact]
    public async Task Users_NobodyMatches_OffersToShowAll()
    {
        await AddAsync("ada", UserOrigin.Migrated);
        Navigation.NavigateTo("/admin/users?q=zoe");

        var page = Render<UsersPage>();

        page.WaitForElement(".empty");
        Assert.Equal("/admin/users", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Search_Typed_GoesIntoTheAddressAfterAPause()
    {
        await AddAsync("ada", UserOrigin.Migrated);
        var page = Render<UsersPage>();
        page.WaitForElement("tbody tr");

        var typing = page.Find("input[type=search]").InputAsync(new() { Value = "ad" });
        Assert.EndsWith("/", Navigation.Uri, StringComparison.Ordinal);
        Database.Time.Advance(TimeSpan.FromMilliseconds(300));
        await typing;

        Assert.EndsWith("/admin/users?q=ad", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_ManyPages_LinksToTheNext()
    {
        for (var number = 0; number < UsersQuery.PageSize + 1; number++)
        {
            await AddAsync($"user{number}", UserOrigin.Migrated);
        }

        var page = Render<UsersPage>();

        page.WaitForElement("tbody tr");
        Assert.Equal("1–25 of 26", page.Find(".pager [role=status]").TextContent);
        Assert.Equal("/admin/users?page=2", page.Find(".pager a[href]").GetAttribute("href"));
    }

    [Fact]
    public async Task Row_Clicked_OpensTheUser()
    {
        var user = await AddAsync("ada", UserOrigin.Migrated);
        var page = Render<UsersPage>();
        page.WaitForElement("tbody tr");

        await page.Find("tbody tr").ClickAsync(new());

        Assert.EndsWith($"/admin/users/{user.Id}", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_OwnDatabaseFails_SaysSo()
    {
        await BreakDatabaseAsync("Users");

        var page = Render<UsersPage>();

        page.WaitForElement("[role=alert]");
    }

    [Fact]
    public async Task Filters_OnlyThose_AreShownAndSwitchedOffAgain()
    {
        await AddAsync("ada", UserOrigin.Migrated, change: user => user.MustChangePassword = true);
        await AddAsync("bob", UserOrigin.Migrated, change: user => user.TwoFactorEnabled = true);
        Navigation.NavigateTo("/admin/users?only=must-change-password");

        var page = Render<UsersPage>();

        page.WaitForElement("tbody tr");
        Assert.Equal(["Ada"], page.FindAll(".identity a").Select(link => link.TextContent));
        Assert.Contains("Must change password", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        var chips = page.FindAll("nav[aria-label=Only] a");
        Assert.Equal(["/admin/users", "/admin/users?only=must-change-password,second-factor", "/admin/users?only=must-change-password,disabled"], chips.Select(chip => Uri.UnescapeDataString(chip.GetAttribute("href")!)));
        Assert.Equal("true", chips[0].GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Bulk_Disable_AsksAndChangesWhoIsSelected()
    {
        await AddAdministratorAsync();
        var bob = await AddAsync("bob", UserOrigin.Migrated);
        var eve = await AddAsync("eve", UserOrigin.Migrated);
        var page = Render<UsersPage>();
        page.WaitForElement("tbody tr");

        await SelectAsync(page, "Select Bob");
        await SelectAsync(page, "Select Eve");
        Assert.Equal("2 users selected", page.Find(".bulk [role=status]").TextContent);
        var asking = Button(page, "Disable").ClickAsync(new());
        Dialog.WaitForAssertion(() => Assert.Contains("Disable 2 users?", Dialog.Markup, StringComparison.Ordinal));
        await Dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Disable").ClickAsync(new());
        await asking;

        Assert.Equal(["2 users are disabled."], Toasts);
        Assert.Empty(page.FindAll(".bulk"));
        Assert.All([bob, eve], user => Assert.True(Database.Get<UserQueries>().GetAsync(user.Id).Result!.User.IsDisabled));
    }

    [Fact]
    public async Task Bulk_Yourself_IsRefusedByTheServer()
    {
        await AddAdministratorAsync();
        var page = Render<UsersPage>();
        page.WaitForElement("tbody tr");

        await SelectAsync(page, $"Select {TestActors.Ada.Name}");
        var asking = Button(page, "Delete…").ClickAsync(new());
        Dialog.WaitForElement("#confirmation");
        await Dialog.Find("#confirmation").InputAsync(new() { Value = TestActors.Ada.Name });
        await Dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Delete the user").ClickAsync(new());
        await asking;

        Assert.Contains("your own account", Assert.Single(Toasts), StringComparison.Ordinal);
        Assert.Equal("1 user selected", page.Find(".bulk [role=status]").TextContent);
    }

    [Fact]
    public async Task Bulk_Delete_NeedsTheNumber()
    {
        await AddAdministratorAsync();
        await AddAsync("bob", UserOrigin.Migrated);
        await AddAsync("eve", UserOrigin.Migrated);
        var page = Render<UsersPage>();
        page.WaitForElement("tbody tr");
        await SelectAsync(page, "Select Bob");
        await SelectAsync(page, "Select Eve");

        var asking = Button(page, "Delete…").ClickAsync(new());
        Dialog.WaitForElement("#confirmation");
        Assert.True(DeleteButton().HasAttribute("disabled"));
        await Dialog.Find("#confirmation").InputAsync(new() { Value = "2" });
        await DeleteButton().ClickAsync(new());
        await asking;

        Assert.Equal(["2 users are deleted."], Toasts);
        Assert.Equal([TestActors.Ada.Name], page.FindAll(".identity a").Select(link => link.TextContent));
        Assert.Equal(2, await Database.Get<TombstoneManager>().CountAsync());

        AngleSharp.Dom.IElement DeleteButton() => Dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Delete 2 users");
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<UsersPage> page, string text) =>
        page.FindAll(".bulk button").Single(button => button.TextContent.Trim() == text);

    private static Task SelectAsync(IRenderedComponent<UsersPage> page, string label) =>
        page.FindAll(".select label").Single(item => item.TextContent.Trim() == label).QuerySelector("input")!.ChangeAsync(new() { Value = true });

    private async Task<AppUser> AddAsync(string name, UserOrigin origin, bool isDisabled = false, Action<AppUser>? change = null)
    {
        var user = new AppUser
        {
            Name = char.ToUpperInvariant(name[0]) + name[1..],
            UserName = name,
            NormalizedUserName = name,
            Email = $"{name}@example.org",
            NormalizedEmail = $"{name}@example.org",
            EmailConfirmed = true,
            Origin = origin,
            MigratedAt = Database.Time.GetUtcNow(),
            CreatedAt = Database.Time.GetUtcNow(),
            IsDisabled = isDisabled,
        };
        change?.Invoke(user);
        await Database.AddAsync(user);
        return user;
    }
}
