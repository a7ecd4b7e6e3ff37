using Bunit;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Web.Components.Admin.Welcome;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class WelcomePageTests : ConsoleTest
{
    [Fact]
    public async Task LoadSample_NoDatabase_LoadsItAndGoesToTheOverview()
    {
        var page = Render<WelcomePage>();

        await page.Find("button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.EndsWith("/admin", Navigation.Uri, StringComparison.Ordinal));
        Assert.True((await Database.Get<CustomDatabaseManager>().GetAsync())!.IsSample);
    }

    [Fact]
    public async Task LoadSample_DatabaseThere_SaysWhyNot()
    {
        await ConnectAsync();
        var page = Render<WelcomePage>();

        await page.Find("button").ClickAsync(new());

        page.WaitForElement(".notice");
        Assert.Contains("“Shop”", page.Find(".notice").TextContent, StringComparison.Ordinal);
    }
}
