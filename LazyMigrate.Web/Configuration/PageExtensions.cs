using LazyMigrate.Web.Api;
using LazyMigrate.Web.Components;
using LazyMigrate.Web.Components.Account;
using MudBlazor;
using MudBlazor.Services;

namespace LazyMigrate.Web.Configuration;

internal static class PageExtensions
{
    /// <summary>The hosted pages, rendered statically, and the console, interactive.</summary>
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.AddHealth();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.PreventDuplicates = true;
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapAccount();
        app.MapHealth();
        app.MapActivityExport();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            // SecurityHeaders says it for every page; Blazor would add a second, different policy.
            options.ContentSecurityFrameAncestorsPolicy = null;

            // Secrets are typed into the console: no compression on its socket (security.md, "Servers").
            options.ConfigureWebSocketAcceptContext = null;
        });
    }
}
