using Npgsql;

namespace LazyMigrate.Core.Scripting.Modules.Pg;

/// <summary>A PostgreSQL database as a script or a setting names it.</summary>
internal sealed record PostgresTarget
{
    private const int DefaultPort = 5432;

    private const string Example = "`postgres://user:password@host:5432/database`";

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
        var read = DatabaseUri.Parse(uri, s_schemes, Example);
        var target = new PostgresTarget
        {
            // Npgsql reads a comma as several hosts and a slash as a socket's folder; neither can be on the list of allowed hosts.
            Host = read.Host.AsSpan().ContainsAny(",/\\@;") ? throw Invalid("its host is not a single host name") : read.Host,
            Port = read.Port ?? DefaultPort,
            Username = read.Username ?? "postgres",
            Password = read.Password,
            Database = read.Database,
        };
        foreach (var (name, value) in read.Options)
        {
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

    private static ModuleException Invalid(string reason) => DatabaseUri.Invalid(reason, Example);
}
