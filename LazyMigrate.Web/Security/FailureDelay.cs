using Microsoft.Extensions.Options;

namespace LazyMigrate.Web.Security;

/// <summary>Holds refused log-ins back until the next multiple of <see cref="SecurityOptions.FailureGranularity"/> from the start of the request.</summary>
internal sealed class FailureDelay(IHttpContextAccessor accessor, TimeProvider time, IOptions<SecurityOptions> options)
{
    /// <summary>To be waited for as the last thing before the answer.</summary>
    public Task WaitAsync()
    {
        var granularity = options.Value.FailureGranularity;
        return granularity > TimeSpan.Zero && accessor.HttpContext?.Items[typeof(RequestStart)] is long started
            ? Task.Delay(Remaining(time.GetElapsedTime(started), granularity), time, CancellationToken.None)
            : Task.CompletedTask;
    }

    /// <summary>How long it is to the next multiple.</summary>
    internal static TimeSpan Remaining(TimeSpan elapsed, TimeSpan granularity) => granularity - TimeSpan.FromTicks(elapsed.Ticks % granularity.Ticks);
}

/// <summary>Notes when a request began, before anything else is done with it.</summary>
internal sealed class RequestStart(RequestDelegate next, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Items[typeof(RequestStart)] = time.GetTimestamp();
        return next(context);
    }
}
