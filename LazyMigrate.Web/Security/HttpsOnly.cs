using LazyMigrate.Web.Api;

namespace LazyMigrate.Web.Security;

/// <summary>Outside Development, cookies travel over HTTPS only; without it nobody could log in, so the server says why instead.</summary>
internal sealed class HttpsOnly(RequestDelegate next)
{
    private const string Explanation =
        "This server answers over HTTPS only. Reach it by its https address; if a reverse proxy handles TLS, start the server with " +
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED=true and let the proxy send X-Forwarded-Proto. See docs/operating.md.";

    public async Task InvokeAsync(HttpContext context)
    {
        // What asks whether the server lives is often its neighbour, and speaks plain HTTP; no cookie travels.
        if (context.Request.IsHttps || context.Request.Path.StartsWithSegments(HealthUrls.Root, StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await context.Response.WriteAsync(Explanation, context.RequestAborted);
    }
}
