using System.Diagnostics.CodeAnalysis;

namespace LazyMigrate.Web.Security;

/// <summary>Tells an address of this server from one that somebody put into a link to lead people elsewhere.</summary>
internal static class ReturnUrl
{
    private const int LongestLength = 2048;

    /// <summary>Whether it is a path on this server, as this server writes one: <c>/admin/users?page=2</c>.</summary>
    /// <remarks>
    /// Browsers drop tabs and line breaks from addresses and read <c>\</c> as <c>/</c>, and <c>//host</c> is another host.
    /// Whatever is not printable ASCII is refused, too: this server escapes it in its own addresses, and a header cannot hold it.
    /// </remarks>
    public static bool IsLocal([NotNullWhen(true)] string? url) =>
        url is { Length: > 0 and <= LongestLength }
        && url[0] == '/'
        && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !url.Contains('\\', StringComparison.Ordinal);
}
