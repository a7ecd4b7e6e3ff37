using System.Globalization;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary><c>mssql://user:password@host:port/database?encrypt=true</c>, percent-encoded or not; also <c>sqlserver://</c> and <c>tds://</c>.</summary>
internal static class SqlServerUri
{
    private static readonly string[] s_schemes = ["mssql://", "sqlserver://", "tds://"];

    public static bool IsUri(string text) => SchemeOf(text) is not null;

    /// <exception cref="ModuleException">It is not such a URI.</exception>
    public static SqlServerTarget Parse(string uri)
    {
        var rest = uri[SchemeOf(uri)!.Length..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];

        // The last one: passwords with an unescaped @ are common.
        var at = rest.LastIndexOf('@');
        var user = at < 0 ? "" : rest[..at];
        rest = rest[(at + 1)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var database = slash < 0 ? "" : Uri.UnescapeDataString(rest[(slash + 1)..]);
        var address = slash < 0 ? rest : rest[..slash];
        var bracket = address.LastIndexOf(']');
        var colon = address.IndexOf(':', Math.Max(0, bracket));
        var port = 1433;
        if (colon >= 0 && (!int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            throw Invalid("its port is not a number from 1 to 65535");
        }

        var host = Uri.UnescapeDataString(colon < 0 ? address : address[..colon]);
        if (host.Length == 0)
        {
            throw Invalid("it names no host");
        }

        if (host.Contains('\\', StringComparison.Ordinal))
        {
            throw SqlServerTarget.NamedInstance();
        }

        var separator = user.IndexOf(':', StringComparison.Ordinal);
        var target = new SqlServerTarget
        {
            Host = SqlServerTarget.CheckHost(host),
            Port = port,
            Username = user.Length == 0 ? null : Uri.UnescapeDataString(separator < 0 ? user : user[..separator]),
            Password = separator < 0 ? null : Uri.UnescapeDataString(user[(separator + 1)..]),
            Database = database.Length == 0 ? null : database,
        };
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            var yes = value is "true" or "1" or "yes";
            target = (equals < 0 ? pair : pair[..equals]).ToLowerInvariant() switch
            {
                "encrypt" => target with { Encrypt = value == "strict" ? SqlConnectionEncryptOption.Strict : yes ? SqlConnectionEncryptOption.Mandatory : SqlConnectionEncryptOption.Optional },
                "trustservercertificate" => target with { TrustServerCertificate = yes },
                _ => target,
            };
        }

        return target;
    }

    internal static ModuleException Invalid(string reason) => new(
        "ERR_INVALID_URL",
        $"The connection URI is not valid: {reason}. It looks like `mssql://user:password@host:1433/database` or `Server=host,1433;Database=…;User Id=…;Password=…`.");

    private static string? SchemeOf(string text) => s_schemes.FirstOrDefault(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
}
