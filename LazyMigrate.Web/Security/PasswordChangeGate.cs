using LazyMigrate.Core.Users;
using LazyMigrate.Web.Components.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;

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

    // Files that everybody may have say so. A page that says what went wrong is shown in place of what was asked for.
    private static bool IsOpen(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null
        || context.Request.Path.Value is AccountUrls.ChangePassword or AccountUrls.LogOut
        || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
