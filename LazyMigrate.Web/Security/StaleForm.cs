using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace LazyMigrate.Web.Security;

/// <summary>Answers a form whose antiforgery token is missing, stale or of another session, in place of the page, whose answer would be blank.</summary>
internal sealed class StaleForm(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return next(context);
    }

    /// <summary>Pages that say what went wrong answer forms, too. They are read, never posted to: otherwise the form would be refused a second time.</summary>
    public static Task ReadProblemPagesAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }
}
