using Bunit;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class ConsoleLayoutTests : ConsoleTest
{
    [Fact]
    public async Task Mode_SwitchedBySomebodyElse_IsShownSoon()
    {
        await ConnectAsync();
        var layout = RenderLayout(builder => builder.AddContent(0, "page"));
        layout.WaitForAssertion(() => Assert.Contains("Off", layout.Find(".mode-chip").TextContent, StringComparison.Ordinal));
        await Database.Get<MigrationSwitch>().SetAsync(MigrationMode.Frozen, TestActors.Bob);

        Database.Time.Advance(TimeSpan.FromSeconds(15));

        layout.WaitForAssertion(() => Assert.Contains("Frozen", layout.Find(".mode-chip").TextContent, StringComparison.Ordinal));
        Assert.Equal("/admin#mode", layout.Find(".mode-chip").GetAttribute("href"));
    }

    [Fact]
    public void Page_Throws_ShowsTheErrorPageInTheFrame()
    {
        var layout = RenderLayout(builder =>
        {
            builder.OpenComponent<Broken>(0);
            builder.CloseComponent();
        });

        layout.WaitForElement(".empty");
        Assert.Equal("Something went wrong on this page", layout.Find(".empty h2").TextContent);
        Assert.NotNull(layout.Find("nav"));
    }

    private IRenderedComponent<ConsoleLayout> RenderLayout(RenderFragment body)
    {
        var browser = JSInterop.SetupModule("./console.js");
        browser.Mode = JSRuntimeMode.Loose;
        browser.Setup<ConsoleLayout.BrowserStart>("start").SetResult(new ConsoleLayout.BrowserStart("system", false, false, "Europe/Berlin"));
        return Render<ConsoleLayout>(parameters => parameters.Add(layout => layout.Body, body));
    }

    private sealed class Broken : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => throw new InvalidOperationException("A bug.");
    }
}
