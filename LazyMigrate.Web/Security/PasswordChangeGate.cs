using LazyMigrate.Core.Users;
using LazyMigrate.Web.Components.Account;

namespace LazyMigrate.Web.Security;

/// <summary>Whoever must change the password gets to nothing else before: no page, no console, no application.</summary>
internal sealed class PasswordChangeGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.User.HasClaim(claim => claim.Type == AppUserClaimsPrincipalFactory.MustChangePasswordClaim) || IsOpen(context))
        {
            return next(context);
        }

        if (HttpMethods.IsGet(context.Request.Method) && !context.WebSockets.IsWebSocketRequest)
        {
            var request = context.Request;
            context.Response.Redirect(AccountUrls.ChangePasswordWith($"{request.PathBase}{request.Path}{request.QueryString}"));
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
    }

    // Files that everybody may have say so.
    private static bool IsOpen(HttpContext context) =>
        context.Request.Path.Value is AccountUrls.ChangePassword or AccountUrls.LogOut or AccountUrls.Error or AccountUrls.NotFound
        || context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null;
}
