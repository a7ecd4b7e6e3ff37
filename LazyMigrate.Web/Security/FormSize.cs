using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;

namespace LazyMigrate.Web.Security;

/// <summary>Refuses forms that are larger than any that a hosted page sends, before anything is read.</summary>
internal sealed class FormSize(RequestDelegate next)
{
    /// <summary>In bytes. The longest honest form holds an identifier of 254 and a password of 4096 characters, each character at most 12 bytes when escaped.</summary>
    public const int Limit = 64 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        var isPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (!isPage || HttpMethods.IsGet(context.Request.Method))
        {
            return next(context);
        }

        if (context.Request.ContentLength > Limit)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        // A body that does not say its length is counted while it is read.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = Limit;
        }

        return next(context);
    }
}
