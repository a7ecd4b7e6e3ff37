using System.Net;
using System.Net.Sockets;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>Which addresses are of the public Internet, by IANA's special-purpose registries (RFC 6890 and later).</summary>
/// <remarks>
/// Whatever translates or embeds an IPv4 address (mapped, 6to4, Teredo, NAT64, ISATAP) counts as not public, because what it
/// leads to is decided elsewhere.
/// </remarks>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] s_notPublic4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // carrier-grade NAT
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local, and the metadata services of clouds
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, and broadcast
    ];

    private static readonly IPNetwork[] s_notPublic6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, with Teredo
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    public static bool Contains(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !s_notPublic4.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => IsGlobal(address) && !s_notPublic6.Any(network => network.Contains(address)) && !IsIsatap(address),
        _ => false,
    };

    /// <summary>In 2000::/3, all of the unicast space that is assigned so far.</summary>
    /// <remarks>Not by IPNetwork, which reads a mapped address as the IPv4 address in it.</remarks>
    private static bool IsGlobal(IPAddress address) => (address.GetAddressBytes()[0] & 0xe0) == 0x20;

    /// <summary>RFC 5214: an interface identifier of <c>::0:5efe:a.b.c.d</c> or <c>::200:5efe:a.b.c.d</c>.</summary>
    private static bool IsIsatap(IPAddress address) => address.GetAddressBytes() is [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe, ..];
}
