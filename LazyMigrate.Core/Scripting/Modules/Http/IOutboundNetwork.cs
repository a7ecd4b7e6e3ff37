using System.Net;
using System.Net.Sockets;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>Name resolution and sockets: the two things between a checked address and the network.</summary>
internal interface IOutboundNetwork
{
    /// <summary>All addresses of a host name.</summary>
    /// <exception cref="SocketException">It has none.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>Opens a TCP connection to exactly this address.</summary>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken);
}

/// <summary>The operating system's.</summary>
internal sealed class SystemNetwork : IOutboundNetwork
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);

    public async Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
