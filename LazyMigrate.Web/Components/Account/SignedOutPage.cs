using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Components;

namespace LazyMigrate.Web.Components.Account;

/// <summary>A page for whoever is not signed in; everyone else goes on at once.</summary>
public abstract class SignedOutPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = default!;

    /// <summary>Where to go afterwards: as it came, unchecked.</summary>
    [SupplyParameterFromQuery]
    protected string? ReturnUrl { get; set; }

    [Inject]
    private SetupGate Setup { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        // A form that is posted late, from a second tab, must find its page: without it Blazor answers a bare 400.
        if (HttpMethods.IsPost(HttpContext.Request.Method))
        {
            return;
        }

        if (HttpContext.User.Identity is { IsAuthenticated: true })
        {
            RedirectDoor.GoTo(ReturnUrl);
        }
        else if (ReturnUrl?.StartsWith(AccountUrls.Console, StringComparison.Ordinal) == true && await Setup.IsOpenAsync())
        {
            // Nobody could log in to the console yet.
            RedirectDoor.GoTo(AccountUrls.Setup);
        }
    }
}
