using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace LazyMigrate.Web.Security;

/// <summary>Makes the pages that say what went wrong fit to be shown in place of any answer, in the middle of any request.</summary>
internal sealed class ProblemPages(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var hasFailed = context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (hasFailed || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            // They are read, never posted to: a form that was refused would be refused a second time.
            context.Request.Method = HttpMethods.Get;
            context.Features.Set<IAntiforgeryValidationFeature>(null);
        }

        if (hasFailed)
        {
            // A session is checked against the database from time to time, and that may be what is gone.
            context.Request.Headers.Cookie = default;
        }

        return next(context);
    }
}
