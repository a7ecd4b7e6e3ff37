using Bunit;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Admin.Users;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class UserDetailPageTests : ConsoleTest
{
    [Fact]
    public void User_Unknown_SaysSo()
    {
        var page = Render<UserDetailPage>(parameters => parameters.Add(item => item.Id, Guid.NewGuid()));

        page.WaitForElement(".empty");
        Assert.Equal("No such user", page.Find("h1").TextContent.Trim());
    }

    [Fact]
    public async Task User_Moved_ShowsProfileMigrationCredentialsAndActivity()
    {
        var database = await ConnectAsync();
        var user = new AppUser
        {
            Name = "Ada Lovelace",
            Email = "ada@example.org",
            NormalizedEmail = "ada@example.org",
            Origin = UserOrigin.Migrated,
            CustomDatabaseId = database.Id,
            LegacyId = "4711",
            MigratedAt = Database.Time.GetUtcNow(),
            CreatedAt = Database.Time.GetUtcNow(),
            PasswordHash = "hash",
            CustomDataJson = """{"shoe":38}""",
        };
        await Database.AddAsync(user, Database.Get<ActivityFactory>().Create(ActivityKinds.UserMigrated, subjectId: user.Id, subjectName: "ada@example.org"));

        var page = Render<UserDetailPage>(parameters => parameters.Add(item => item.Id, user.Id));

        page.WaitForElement(".facts");
        Assert.StartsWith("Ada Lovelace", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("4711", page.Find("[aria-labelledby=migration]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Shop", page.Find("[aria-labelledby=migration]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Stored here", page.Find("[aria-labelledby=credentials]").TextContent, StringComparison.Ordinal);
        Assert.Contains("moved from the legacy database", page.Find("[aria-labelledby=activity]").TextContent, StringComparison.Ordinal);
        Assert.Contains("\"shoe\": 38", page.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disable_Confirmed_IsShownAndTold()
    {
        var user = await AddAsync();
        var page = RenderUser(user);

        await ConfirmAsync(page, "Disable", "Disable");

        page.WaitForAssertion(() => Assert.Contains("Disabled", page.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Equal(["1 user is disabled."], Toasts);
        Assert.Contains("was disabled by Ada", page.Find("[aria-labelledby=activity]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(Action(page, "Enable"));
    }

    [Fact]
    public async Task RemoveSecondFactor_Confirmed_IsGone()
    {
        var user = await AddAsync(user => user.TwoFactorEnabled = true);
        var page = RenderUser(user);
        Assert.Contains("Authenticator app", page.Find("[aria-labelledby=credentials]").TextContent, StringComparison.Ordinal);

        await ConfirmAsync(page, "Remove…", "Remove the second factor");

        page.WaitForAssertion(() => Assert.DoesNotContain("Authenticator app", page.Markup, StringComparison.Ordinal));
        Assert.Null(Action(page, "Remove…"));
    }

    [Fact]
    public async Task Delete_NeedsTheName_AndGoesToTheList()
    {
        var user = await AddAsync();
        var page = RenderUser(user);

        var asking = Action(page, "Delete…")!.ClickAsync(new());
        Dialog.WaitForElement("#confirmation");
        await Dialog.Find("#confirmation").InputAsync(new() { Value = "Bob" });
        await Dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Delete the user").ClickAsync(new());
        await asking;

        Assert.EndsWith("/admin/users", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(1, await Database.Get<TombstoneManager>().CountAsync());
    }

    [Fact]
    public async Task Roles_AddedAndRemoved_AndThoseOfTheConsoleRefused()
    {
        var user = await AddAsync();
        var page = RenderUser(user);

        await AddRoleAsync(page, "owner");
        Assert.Contains("role of the console", page.Find("#role-error").TextContent, StringComparison.Ordinal);
        await AddRoleAsync(page, "vip");
        page.WaitForAssertion(() => Assert.Equal(["vip"], page.FindAll(".roles li span").Select(item => item.TextContent)));
        await AddRoleAsync(page, "customer");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".roles li").Count));
        await page.Find("[aria-label='Remove the role vip']").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(["customer"], page.FindAll(".roles li span").Select(item => item.TextContent)));
        Assert.Equal(["customer"], (await Database.Get<UserQueries>().GetAsync(user.Id))!.Roles);
    }

    [Fact]
    public async Task Yourself_CannotBeDisabledOrDeleted()
    {
        await AddAdministratorAsync();

        var page = Render<UserDetailPage>(parameters => parameters.Add(item => item.Id, TestActors.Ada.Id!.Value));
        page.WaitForElement(".facts");

        Assert.Contains("your own account", page.Find("[aria-labelledby=access]").TextContent, StringComparison.Ordinal);
        Assert.Null(Action(page, "Disable"));
        Assert.Null(Action(page, "Delete…"));
        Assert.Empty(page.FindAll(".roles button"));
    }

    private IRenderedComponent<UserDetailPage> RenderUser(AppUser user)
    {
        var page = Render<UserDetailPage>(parameters => parameters.Add(item => item.Id, user.Id));
        page.WaitForElement(".access");
        return page;
    }

    private async Task ConfirmAsync(IRenderedComponent<UserDetailPage> page, string action, string yes)
    {
        var asking = Action(page, action)!.ClickAsync(new());
        Dialog.WaitForElement(".mud-dialog-actions button");
        await Dialog.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == yes).ClickAsync(new());
        await asking;
    }

    private static AngleSharp.Dom.IElement? Action(IRenderedComponent<UserDetailPage> page, string text) =>
        page.FindAll(".access button").SingleOrDefault(button => button.TextContent.Trim() == text);

    private static async Task AddRoleAsync(IRenderedComponent<UserDetailPage> page, string role)
    {
        await page.Find("#role").InputAsync(new() { Value = role });
        await page.Find("form.add").SubmitAsync();
    }

    private async Task<AppUser> AddAsync(Action<AppUser>? change = null)
    {
        await AddAdministratorAsync();
        var user = new AppUser { Name = "Bob", UserName = "bob", NormalizedUserName = "bob", PasswordHash = "hash" };
        change?.Invoke(user);
        await Database.AddAsync(user);
        return user;
    }
}
