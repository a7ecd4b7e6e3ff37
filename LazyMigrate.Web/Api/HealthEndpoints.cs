using LazyMigrate.Web.Configuration;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LazyMigrate.Web.Api;

/// <summary>How the server is, for whatever starts, restarts and balances it (docs/operating.md, "Health").</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<OwnDatabaseHealthCheck>("database", HealthStatus.Unhealthy, [], s_timeout)
        .AddCheck<LegacyDatabaseHealthCheck>("legacy", HealthStatus.Degraded, [], s_timeout)
        .AddCheck<WorkersHealthCheck>("workers", HealthStatus.Degraded, [], s_timeout)
        .AddCheck<ActivityHealthCheck>("activity", HealthStatus.Degraded, [], s_timeout);

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        // Alive is who answers. A database that is away is no reason to restart the server.
        endpoints.MapHealthChecks(HealthUrls.Live, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        endpoints.MapHealthChecks(HealthUrls.Ready, new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>Anonymous callers get the status alone; what it comes from is for administrators.</summary>
    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        var status = report.Status.ToString().ToLowerInvariant();
        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        if (context.User.Identity is { IsAuthenticated: true } && (await authorization.AuthorizeAsync(context.User, ConsolePolicies.Administrator)).Succeeded)
        {
            await context.Response.WriteAsJsonAsync(new
            {
                status,
                checks = report.Entries.ToDictionary(
                    entry => entry.Key,
                    entry => new { status = entry.Value.Status.ToString().ToLowerInvariant(), reason = entry.Value.Description }),
            });
        }
        else
        {
            await context.Response.WriteAsJsonAsync(new { status });
        }
    }
}
