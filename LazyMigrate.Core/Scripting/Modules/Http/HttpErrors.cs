using System.Net.Sockets;

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
                    return SocketCodes.ToConnectError(socket, address.IdnHost, OutboundGate.HostAndPort(address));
            }
        }

        return exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
            ? new ModuleException("HPE_HEADER_OVERFLOW", "The response's headers are too long.")
            : new ModuleException("ECONNRESET", "socket hang up");
    }
}
