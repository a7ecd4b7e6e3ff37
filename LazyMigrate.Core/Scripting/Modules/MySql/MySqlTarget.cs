using System.Text.Json;
using MySqlConnector;

namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>A MySQL or MariaDB database as a script or a setting names it.</summary>
internal sealed record MySqlTarget
{
    private const int DefaultPort = 3306;

    private const string Example = "`mysql://user:password@host:3306/database`";

    private static readonly string[] s_schemes = ["mysql://", "mysqls://", "mariadb://"];

    public required string Host { get; init; }

    public int Port { get; init; } = DefaultPort;

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? Database { get; init; }

    public TlsSettings? Tls { get; init; }

    /// <summary>Whether the certificate must carry the host's name although the script trusts authorities of its own.</summary>
    public bool VerifyIdentity { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>As <see cref="LegacyAccess.Hosts"/> has it.</summary>
    public string HostAndPort => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host.ToLowerInvariant()}]:{Port}" : $"{Host.ToLowerInvariant()}:{Port}";

    /// <summary>Reads what a facade's <c>toSettings</c> made of a script's configuration.</summary>
    public static MySqlTarget Read(JsonElement argument) => new()
    {
        Host = HostOf(ModuleJson.StringOf(argument, "host") ?? "localhost"),
        Port = ModuleJson.NumberOf(argument, "port") is > 0 and <= 65535 and var port ? port : throw new ModuleException("ERR_SOCKET_BAD_PORT", "The port of the database is not a number from 1 to 65535."),
        Username = ModuleJson.StringOf(argument, "user"),
        Password = ModuleJson.StringOf(argument, "password"),
        Database = ModuleJson.StringOf(argument, "database"),
        VerifyIdentity = argument.TryGetProperty("verifyIdentity", out var verify) && verify.ValueKind == JsonValueKind.True,
        ConnectTimeout = ModuleJson.NumberOf(argument, "connectTimeout") is > 0 and <= 10_000 and var milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.FromSeconds(10),
        Tls = TlsSettings.Read(argument),
    };

    /// <summary>Reads <c>mysql://user:password@host:port/database?ssl=true</c>, percent-encoded or not.</summary>
    /// <exception cref="ModuleException">It is not such a URI.</exception>
    public static MySqlTarget Parse(string uri)
    {
        var read = DatabaseUri.Parse(uri, s_schemes, Example);
        return new MySqlTarget
        {
            // MySqlConnector reads a comma as several hosts.
            Host = read.Host.AsSpan().ContainsAny(",/\\@;") ? throw DatabaseUri.Invalid("its host is not a single host name", Example) : read.Host,
            Port = read.Port ?? DefaultPort,
            Username = read.Username,
            Password = read.Password,
            Database = read.Database,
            Tls = read.Scheme == "mysqls://" || read.Options.Any(option => option.Name == "ssl" && option.Value is not ("false" or "0")) ? TlsSettings.Default : null,
        };
    }

    /// <summary>The connection string of a pool to it. It holds the password: it is a key in memory, and never shown.</summary>
    public string ToConnectionString(bool pooling = true) => new MySqlConnectionStringBuilder
    {
        Server = Host,
        Port = (uint)Port,
        UserID = Username ?? "",
        Password = Password ?? "",
        Database = Database ?? "",
        ConnectionProtocol = MySqlConnectionProtocol.Tcp,
        SslMode = Tls is null ? MySqlSslMode.None : MySqlSslMode.Required,

        // mysql2 asks for the key by itself too; without TLS the password is encrypted with it.
        AllowPublicKeyRetrieval = true,
        ServerRedirectionMode = MySqlServerRedirectionMode.Disabled,
        AllowLoadLocalInfile = false,
        AllowUserVariables = true,
        AllowZeroDateTime = true,
        TreatTinyAsBoolean = false,
        GuidFormat = MySqlGuidFormat.None,
        UseAffectedRows = false,
        AutoEnlist = false,
        ApplicationName = "LazyMigrate",
        Pooling = pooling,
        ConnectionReset = true,
        MaximumPoolSize = 32,
        ConnectionIdleTimeout = 60,
        ConnectionTimeout = (uint)Math.Max(1, Math.Ceiling(ConnectTimeout.TotalSeconds)),
        CancellationTimeout = 2,
    }.ConnectionString;

    private static string HostOf(string host) => host.Length > 0 && !host.AsSpan().ContainsAny(",/\\@;")
        ? host
        : throw new ModuleException("ENOTFOUND", "The host of the database is not a single host name.");
}
