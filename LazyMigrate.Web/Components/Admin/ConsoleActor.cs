using System.Security.Claims;
using LazyMigrate.Core.Activity;
using Microsoft.AspNetCore.Components.Authorization;

namespace LazyMigrate.Web.Components.Admin;

/// <summary>Who works in the console, as activity names them.</summary>
internal static class ConsoleActor
{
    public static async Task<ActivityActor> GetActorAsync(this Task<AuthenticationState> authentication) => Of((await authentication).User);

    public static ActivityActor Of(ClaimsPrincipal user) => new(
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null,
        user.Identity?.Name ?? "unknown");
}
