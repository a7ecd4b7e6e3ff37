namespace LazyMigrate.Web.Security;

/// <summary>Tells browsers what pages may do: nothing but what they need, and nothing from another host.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string HostedPages =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // MudBlazor sets style attributes and injects its theme as a style element; Monaco does the same, starts its language
    // services as blob workers and compiles none of them; Blazor needs its socket. Scripts stay our own files only.
    private const string Console =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
        "worker-src 'self' blob:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var isConsole = context.Request.Path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase);
            headers.ContentSecurityPolicy = isConsole ? Console : HostedPages;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            if (headers.CacheControl.Count == 0 && context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
