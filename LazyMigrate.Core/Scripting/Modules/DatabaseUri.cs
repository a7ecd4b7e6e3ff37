using System.Globalization;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary><c>scheme://user:password@host:port/database?name=value</c>, percent-encoded or not, as database drivers of Node read it.</summary>
/// <param name="Scheme">With <c>://</c>, as it stands in the list that it was read with.</param>
/// <param name="Username">Null where there is none.</param>
/// <param name="Password">Null where there is none.</param>
/// <param name="Host">A name or an address, without brackets.</param>
/// <param name="Port">Null where there is none.</param>
/// <param name="Database">Null where there is none.</param>
/// <param name="Options">Names and values of the query, in their order; a name without <c>=</c> has an empty value.</param>
internal sealed record DatabaseUri(
    string Scheme,
    string? Username,
    string? Password,
    string Host,
    int? Port,
    string? Database,
    IReadOnlyList<(string Name, string Value)> Options)
{
    public static string? SchemeOf(string text, IEnumerable<string> schemes) =>
        schemes.FirstOrDefault(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <param name="text">The URI.</param>
    /// <param name="schemes">Those that are meant, with <c>://</c>; the first is the usual one.</param>
    /// <param name="example">For the sentence of an error.</param>
    /// <exception cref="ModuleException">It is not such a URI.</exception>
    public static DatabaseUri Parse(string text, IReadOnlyList<string> schemes, string example)
    {
        var scheme = SchemeOf(text, schemes) ?? throw Invalid($"it must begin with `{schemes[0]}`", example);
        var (rest, query) = Cut(text[scheme.Length..], '?');

        // The last one: passwords with an unescaped @ are common.
        var at = rest.LastIndexOf('@');
        var (user, password) = Cut(at < 0 ? "" : rest[..at], ':');
        var (address, database) = Cut(rest[(at + 1)..], '/');
        var (host, port) = ParseAddress(address, example);
        return new DatabaseUri(
            scheme,
            user.Length == 0 ? null : Uri.UnescapeDataString(user),
            password is null ? null : Uri.UnescapeDataString(password),
            host,
            port,
            string.IsNullOrEmpty(database) ? null : Uri.UnescapeDataString(database),
            [.. (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Cut(pair, '=')).Select(pair => (pair.Before, Uri.UnescapeDataString(pair.After ?? "")))]);
    }

    public static ModuleException Invalid(string reason, string example) =>
        new("ERR_INVALID_URL", $"The connection URI is not valid: {reason}. It looks like {example}.");

    private static (string Before, string? After) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var index ? (text[..index], text[(index + 1)..]) : (text, null);

    private static (string Host, int? Port) ParseAddress(string address, string example)
    {
        var colon = address.IndexOf(':', Math.Max(0, address.LastIndexOf(']')));
        var host = Uri.UnescapeDataString(colon < 0 ? address : address[..colon]).Trim('[', ']');
        int? port = null;
        if (colon >= 0)
        {
            port = int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535
                ? number
                : throw Invalid("its port is not a number from 1 to 65535", example);
        }

        return host.Length > 0 ? (host, port) : throw Invalid("it names no host", example);
    }
}
