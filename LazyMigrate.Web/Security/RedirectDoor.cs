using LazyMigrate.Web.Components.Account;
using Microsoft.AspNetCore.Components;

namespace LazyMigrate.Web.Security;

/// <summary>The one door that hosted pages send browsers on through: it opens to this server only.</summary>
internal sealed class RedirectDoor(NavigationManager navigation)
{
    /// <summary>Sends the browser to <paramref name="url"/>, or to the start when that is not on this server.</summary>
    public void GoTo(string? url) => navigation.NavigateTo(ReturnUrl.IsLocal(url) ? url : AccountUrls.Start);
}
