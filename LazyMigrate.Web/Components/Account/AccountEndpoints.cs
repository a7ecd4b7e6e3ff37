using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LazyMigrate.Web.Components.Account;

internal static class AccountEndpoints
{
    /// <summary>What the hosted pages need besides themselves.</summary>
    public static void MapAccount(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(AccountUrls.Start, GoOnAsync);

    private static async Task<RedirectHttpResult> GoOnAsync(HttpContext context, SetupGate setup, IAuthorizationService authorization)
    {
        if (await setup.IsOpenAsync())
        {
            return TypedResults.LocalRedirect(AccountUrls.Setup);
        }

        if (context.User.Identity is not { IsAuthenticated: true })
        {
            return TypedResults.LocalRedirect(AccountUrls.LogIn);
        }

        var mayUseConsole = await authorization.AuthorizeAsync(context.User, ConsolePolicies.Administrator);
        return TypedResults.LocalRedirect(mayUseConsole.Succeeded ? AccountUrls.Console : AccountUrls.Account);
    }
}
