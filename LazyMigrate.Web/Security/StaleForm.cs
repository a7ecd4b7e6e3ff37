using Microsoft.AspNetCore.Antiforgery;

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
}
