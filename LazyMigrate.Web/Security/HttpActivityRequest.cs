using System.Diagnostics;
using LazyMigrate.Core.Activity;

namespace LazyMigrate.Web.Security;

/// <summary>The HTTP request, or the circuit's first one, that an activity belongs to.</summary>
internal sealed class HttpActivityRequest(IHttpContextAccessor accessor) : IActivityRequest
{
    public string? Address => accessor.HttpContext?.Connection.RemoteIpAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    public string? CorrelationId => Activity.Current?.TraceId.ToString() ?? accessor.HttpContext?.TraceIdentifier;
}
