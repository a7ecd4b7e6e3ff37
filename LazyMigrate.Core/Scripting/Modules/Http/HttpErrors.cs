using System.Net.Sockets;
using System.Security.Authentication;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>HttpClient's exceptions as Node would tell them.</summary>
internal static class HttpErrors
{
    public static ModuleException ToModuleException(HttpRequestException exception, Uri address)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ModuleException known:
                    return known;
                case SocketException socket:
                    return OfSocket(socket, address);
                case AuthenticationException:
                    return new ModuleException("ERR_TLS_CERT", $"The TLS certificate of {OutboundGate.HostAndPort(address)} is not trusted, or it speaks no TLS.");
            }
        }

        return exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
            ? new ModuleException("HPE_HEADER_OVERFLOW", "The response's headers are too long.")
            : new ModuleException("ECONNRESET", "socket hang up");
    }

    private static ModuleException OfSocket(SocketException exception, Uri address)
    {
        var code = exception.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "ECONNREFUSED",
            SocketError.HostNotFound or SocketError.NoData => "ENOTFOUND",
            SocketError.TryAgain => "EAI_AGAIN",
            SocketError.TimedOut => "ETIMEDOUT",
            SocketError.HostUnreachable => "EHOSTUNREACH",
            SocketError.NetworkUnreachable => "ENETUNREACH",
            _ => "ECONNRESET",
        };
        return code is "ENOTFOUND" or "EAI_AGAIN"
            ? new ModuleException(code, $"getaddrinfo {code} {address.IdnHost}")
            : new ModuleException(code, $"connect {code} {OutboundGate.HostAndPort(address)}");
    }
}
