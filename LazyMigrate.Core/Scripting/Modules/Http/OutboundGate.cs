using System.Net;
using System.Net.Sockets;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>The one door to the network for HTTP: which hosts a run may ask, and at which of their addresses.</summary>
/// <remarks>
/// A name is resolved once a connection, every address is checked, and the connection goes to a checked address: a name that
/// resolves to something else a moment later changes nothing.
/// </remarks>
internal sealed class OutboundGate(IOutboundNetwork network, LegacyAccess access)
{
    /// <summary>The host and port of an address as <see cref="LegacyAccess.Hosts"/> has them.</summary>
    public static string HostAndPort(Uri address) => HostAndPort(address.IdnHost, address.Port);

    /// <summary>Checks the name; the addresses behind it are checked when it is connected to.</summary>
    /// <exception cref="ModuleException">It is not a web address, or not an allowed one.</exception>
    public void Check(Uri address)
    {
        if (address.Scheme is not ("http" or "https"))
        {
            throw new ModuleException("ERR_INVALID_PROTOCOL", $"Protocol \"{address.Scheme}:\" not supported. Expected \"http:\" or \"https:\"");
        }

        if (access.Hosts.Count > 0 && !IsListed(HostAndPort(address)))
        {
            throw NotAllowed(HostAndPort(address));
        }
    }

    /// <summary>Connects to an address of the host that the run may reach.</summary>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var name = host.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(name, out var literal)
            ? [literal]
            : await network.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
        var hostAndPort = HostAndPort(name, host.Port);
        if (!IsListed(hostAndPort) && !addresses.All(PublicAddresses.Contains))
        {
            throw new ModuleException(
                "EACCES",
                $"{hostAndPort} is an address inside a private network, which scripts may not ask; if it is meant, add it under Allowed hosts.");
        }

        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await network.ConnectAsync(address, host.Port, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException exception)
            {
                last = exception;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static string HostAndPort(string host, int port)
    {
        var name = host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        return name.Contains(':', StringComparison.Ordinal) ? $"[{name}]:{port}" : $"{name}:{port}";
    }

    private static ModuleException NotAllowed(string hostAndPort) =>
        new("EACCES", $"{hostAndPort} is not an allowed host of this custom database; add it under Allowed hosts.");

    private bool IsListed(string hostAndPort) => access.Hosts.Contains(hostAndPort, StringComparer.Ordinal);
}
