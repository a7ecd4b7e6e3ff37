using System.Globalization;
using Npgsql;

namespace LazyMigrate.Core.Scripting.Modules.Pg;

/// <summary>A PostgreSQL database as a script or a setting names it.</summary>
internal sealed record PostgresTarget
{
    private const int DefaultPort = 5432;

    private static readonly string[] s_schemes = ["postgres://", "postgresql://"];

    public required string Host { get; init; }

    public int Port { get; init; } = DefaultPort;

    public string Username { get; init; } = "postgres";

    public string? Password { get; init; }

    public string? Database { get; init; }

    public SslMode SslMode { get; init; } = SslMode.Disable;

    /// <summary>What a script said about TLS beyond <see cref="SslMode"/>, or null.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>As <see cref="LegacyAccess.Hosts"/> has it.</summary>
    public string HostAndPort => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host.ToLowerInvariant()}]:{Port}" : $"{Host.ToLowerInvariant()}:{Port}";

    /// <summary>Reads <c>postgres://user:password@host:port/database?sslmode=require</c>, percent-encoded or not.</summary>
    /// <exception cref="ModuleException">It is not such a URI.</exception>
    public static PostgresTarget Parse(string uri)
    {
        var scheme = s_schemes.FirstOrDefault(prefix => uri.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        if (scheme is null)
        {
            throw Invalid("it must begin with `postgres://`");
        }

        var rest = uri[scheme.Length..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];

        // The last one: passwords with an unescaped @ are common.
        var at = rest.LastIndexOf('@');
        var user = at < 0 ? "" : rest[..at];
        rest = rest[(at + 1)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var database = slash < 0 ? "" : Uri.UnescapeDataString(rest[(slash + 1)..]);
        var (host, port) = ParseAddress(slash < 0 ? rest : rest[..slash]);
        var colon = user.IndexOf(':', StringComparison.Ordinal);
        var target = new PostgresTarget
        {
            Host = host,
            Port = port,
            Username = user.Length == 0 ? "postgres" : Uri.UnescapeDataString(colon < 0 ? user : user[..colon]),
            Password = colon < 0 ? null : Uri.UnescapeDataString(user[(colon + 1)..]),
            Database = database.Length == 0 ? null : database,
        };
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..]));
            target = name switch
            {
                "sslmode" => target with { SslMode = SslModeOf(value) },
                "ssl" => target with { SslMode = value is "true" or "1" ? SslMode.VerifyFull : SslMode.Disable },
                _ => target,
            };
        }

        return target;
    }

    /// <summary>The connection string of a pool to it. It holds the password: it is a key in memory, and never shown.</summary>
    public string ToConnectionString(bool pooling = true) => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Username = Username,
        Password = Password,
        Database = Database ?? Username,
        SslMode = SslMode,
        ApplicationName = "LazyMigrate",
        Pooling = pooling,
        MaxPoolSize = 32,
        ConnectionIdleLifetime = 60,
        Timeout = 10,
        Enlist = false,
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary><c>sslmode</c> as node-postgres reads it: whatever encrypts also verifies, except <c>no-verify</c>.</summary>
    internal static SslMode SslModeOf(string mode) => mode switch
    {
        "disable" or "allow" or "" => SslMode.Disable,
        "no-verify" => SslMode.Require,
        "prefer" or "require" or "verify-full" => SslMode.VerifyFull,
        "verify-ca" => SslMode.VerifyCA,
        _ => throw Invalid("its `sslmode` must be `disable`, `no-verify`, `require`, `verify-ca` or `verify-full`"),
    };

    private static (string Host, int Port) ParseAddress(string address)
    {
        var bracket = address.LastIndexOf(']');
        var colon = address.IndexOf(':', bracket < 0 ? 0 : bracket);
        var host = Uri.UnescapeDataString(colon < 0 ? address : address[..colon]).Trim('[', ']');
        var port = DefaultPort;
        if (colon >= 0 && (!int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            throw Invalid("its port is not a number from 1 to 65535");
        }

        if (host.Length == 0)
        {
            throw Invalid("it names no host");
        }

        // Npgsql reads a comma as several hosts and a slash as a socket's folder; neither can be on the list of allowed hosts.
        return host.AsSpan().ContainsAny(",/\\@;") ? throw Invalid("its host is not a single host name") : (host, port);
    }

    private static ModuleException Invalid(string reason) => new(
        "ERR_INVALID_URL",
        $"The connection URI is not valid: {reason}. It looks like `postgres://user:password@host:5432/database`.");
}
