using System.Net.Sockets;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>HttpClient's exceptions as Node would tell them.</summary>
internal static class HttpErrors
{
    /// <summary>The other side broke off an open connection.</summary>
    public static ModuleException Reset => new("ECONNRESET", "read ECONNRESET") { Fields = new Dictionary<string, string> { ["errno"] = "-104", ["syscall"] = "read" } };

    private static ModuleException WithAddress(ModuleException exception, Uri address)
    {
        var fields = new Dictionary<string, string>(exception.Fields);
        if (exception.Fields.GetValueOrDefault("syscall") == "getaddrinfo")
        {
            fields["hostname"] = address.IdnHost;
        }
        else
        {
            fields["address"] = address.IdnHost.Trim('[', ']');
            fields["port"] = $"{address.Port}";
        }

        return new ModuleException(exception.Code, exception.Message) { Fields = fields };
    }

    public static ModuleException ToModuleException(HttpRequestException exception, Uri address)
    {
        var isOpen = false;
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ModuleException known:
                    return known;
                case IOException:
                    isOpen = true;
                    break;
                case SocketException when isOpen:
                    return Reset;
                case SocketException socket:
                    return WithAddress(SocketCodes.ToConnectError(socket, address.IdnHost, OutboundGate.HostAndPort(address)), address);
            }
        }

        return exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
            ? new ModuleException("HPE_HEADER_OVERFLOW", "The response's headers are too long.")
            : new ModuleException("ECONNRESET", "socket hang up");
    }
}
