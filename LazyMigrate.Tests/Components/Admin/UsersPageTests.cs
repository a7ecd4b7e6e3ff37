using Bunit;
using LazyMigrate.Core.Users;
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
        Assert.Equal(["Adaada", "ada@example.orgverified", "Migrated", "just now", "never", "Disabled"], page.FindAll("tbody td").Select(cell => cell.TextContent.Trim()));
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

    private async Task<AppUser> AddAsync(string name, UserOrigin origin, bool isDisabled = false)
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
        await Database.AddAsync(user);
        return user;
    }
}
