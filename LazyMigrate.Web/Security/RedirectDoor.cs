using System.Diagnostics.CodeAnalysis;
using LazyMigrate.Web.Components.Account;
using Microsoft.AspNetCore.Components;

namespace LazyMigrate.Web.Security;

/// <summary>The one door that hosted pages send browsers on through: it opens to this server only.</summary>
internal static class RedirectDoor
{
    /// <summary>Ends the page and sends the browser to <paramref name="url"/>, or to the start when that is not on this server.</summary>
    /// <remarks>
    /// What NavigationManager does on static pages, except that it would make the address absolute, from a Host header and a
    /// scheme that a proxy may have changed.
    /// </remarks>
    [DoesNotReturn]
    public static void GoTo(string? url) => throw new NavigationException(ReturnUrl.IsLocal(url) ? url : AccountUrls.Start);
}
