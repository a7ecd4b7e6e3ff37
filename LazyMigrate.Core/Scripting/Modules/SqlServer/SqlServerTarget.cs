using System.Buffers;
using System.Text.Json;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>A SQL Server database as a script or a setting names it.</summary>
internal sealed record SqlServerTarget
{
    private const int DefaultPort = 1433;

    private static readonly SearchValues<char> s_notInHosts = SearchValues.Create(",/\\@;() \t=\"'");

    public required string Host { get; init; }

    public int Port { get; init; } = DefaultPort;

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Null for the login's own.</summary>
    public string? Database { get; init; }

    /// <summary>Optional, Mandatory, or Strict (TDS 8).</summary>
    public SqlConnectionEncryptOption Encrypt { get; init; } = SqlConnectionEncryptOption.Mandatory;

    public bool TrustServerCertificate { get; init; }

    /// <summary>The name that the server's certificate must carry, where it is not the host's.</summary>
    public string? CertificateHost { get; init; }

    public bool ReadOnlyIntent { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>As <see cref="LegacyAccess.Hosts"/> has it.</summary>
    public string HostAndPort => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host.ToLowerInvariant()}]:{Port}" : $"{Host.ToLowerInvariant()}:{Port}";

    /// <summary>Reads the settings of a <c>Connection</c>, as the facade normalises them.</summary>
    /// <exception cref="ModuleException">They name no single host and port.</exception>
    public static SqlServerTarget Read(JsonElement argument)
    {
        var host = ModuleJson.StringOf(argument, "server") ?? "localhost";
        if (host.Contains('\\', StringComparison.Ordinal) || ModuleJson.StringOf(argument, "instanceName") is not null)
        {
            throw NamedInstance();
        }

        return new SqlServerTarget
        {
            Host = CheckHost(host),
            Port = CheckPort(ModuleJson.NumberOf(argument, "port") ?? DefaultPort),
            Username = ModuleJson.StringOf(argument, "userName"),
            Password = ModuleJson.StringOf(argument, "password"),
            Database = ModuleJson.StringOf(argument, "database"),
            Encrypt = ModuleJson.StringOf(argument, "encrypt") switch
            {
                "strict" => SqlConnectionEncryptOption.Strict,
                "optional" => SqlConnectionEncryptOption.Optional,
                _ => SqlConnectionEncryptOption.Mandatory,
            },
            TrustServerCertificate = IsTrue(argument, "trustServerCertificate"),
            CertificateHost = ModuleJson.StringOf(argument, "serverName"),
            ReadOnlyIntent = IsTrue(argument, "readOnlyIntent"),
            ConnectTimeout = TimeSpan.FromMilliseconds(Math.Max(1, ModuleJson.NumberOf(argument, "connectTimeout") ?? 15_000)),
        };
    }

    /// <summary>Reads <c>mssql://user:password@host:port/database?encrypt=true</c> or <c>Server=host,port;Database=…;User Id=…;Password=…</c>.</summary>
    /// <exception cref="ModuleException">It is neither.</exception>
    public static SqlServerTarget Parse(string text) => SqlServerUri.IsUri(text) ? SqlServerUri.Parse(text) : ParseConnectionString(text);

    /// <summary>The connection string of a pool to it. It holds the password: it is a key in memory, and never shown.</summary>
    public string ToConnectionString(bool pooling = true)
    {
        var builder = new SqlConnectionStringBuilder
        {
            DataSource = $"tcp:{Host},{Port}",
            UserID = Username ?? "",
            Password = Password ?? "",
            Encrypt = Encrypt,
            TrustServerCertificate = TrustServerCertificate && Encrypt != SqlConnectionEncryptOption.Strict,
            ApplicationName = "LazyMigrate",
            WorkstationID = "LazyMigrate",
            ApplicationIntent = ReadOnlyIntent ? ApplicationIntent.ReadOnly : ApplicationIntent.ReadWrite,
            Pooling = pooling,
            MaxPoolSize = 32,
            // A restarted server is reached at once, not after a pause that grows with every failure.
            PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock,
            // A statement that was cut off may have been done: only the script knows whether to repeat it.
            ConnectRetryCount = 0,
            // SqlClient repeats a refused log-in (but not a wrong password) until this is over, and only then tells why.
            ConnectTimeout = Math.Clamp((int)Math.Ceiling(ConnectTimeout.TotalSeconds), 1, 5),
            Enlist = false,
        };
        if (Database is not null)
        {
            builder.InitialCatalog = Database;
        }

        if (CertificateHost is not null)
        {
            builder.HostNameInCertificate = CertificateHost;
        }

        return builder.ConnectionString;
    }

    internal static string CheckHost(string host)
    {
        host = host.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
        if (host is "." or "(local)" or "(.)")
        {
            return "localhost";
        }

        // SqlClient reads a comma as a port, a backslash as an instance, a prefix with a colon as a protocol (np:, lpc:, admin:).
        var bare = host.Trim('[', ']');
        return bare.Length > 0 && !bare.AsSpan().ContainsAny(s_notInHosts)
            && (!bare.Contains(':', StringComparison.Ordinal) || System.Net.IPAddress.TryParse(bare, out _))
            ? bare
            : throw new ModuleException("ENOTFOUND", "The host of the database is not a single host name.");
    }

    internal static int CheckPort(int port) =>
        port is >= 1 and <= 65535 ? port : throw new ModuleException("ERR_SOCKET_BAD_PORT", "The port of the database is not a number from 1 to 65535.");

    internal static ModuleException NamedInstance() => new(
        "EINSTLOOKUP",
        "A named instance is looked up over UDP by SQL Server Browser, which allowed hosts cannot cover: give the instance's port (`options.port`, or `Server=host,port`) instead of its name.");

    private static bool IsTrue(JsonElement argument, string name) =>
        argument.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static SqlServerTarget ParseConnectionString(string text)
    {
        SqlConnectionStringBuilder builder;
        try
        {
            builder = new SqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw SqlServerUri.Invalid("it is neither a URI nor a connection string of SQL Server");
        }

        if (builder.DataSource.Length == 0)
        {
            throw SqlServerUri.Invalid("it names no server");
        }

        if (builder.IntegratedSecurity || builder.Authentication is not (SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword))
        {
            throw new ModuleException("ELOGIN", "Only logins of SQL Server itself (User Id and Password) are supported, not Windows' or Entra's.");
        }

        var source = builder.DataSource;
        var comma = source.LastIndexOf(',');
        var port = DefaultPort;
        if (comma >= 0 && !int.TryParse(source.AsSpan(comma + 1), out port))
        {
            throw SqlServerUri.Invalid("its port is not a number from 1 to 65535");
        }

        var host = (comma < 0 ? source : source[..comma]).Trim();
        var backslash = host.IndexOf('\\', StringComparison.Ordinal);
        if (backslash >= 0)
        {
            // With a port the instance's name means nothing.
            host = comma >= 0 ? host[..backslash] : throw NamedInstance();
        }

        return new SqlServerTarget
        {
            Host = CheckHost(host),
            Port = CheckPort(port),
            Username = builder.UserID.Length == 0 ? null : builder.UserID,
            Password = builder.Password.Length == 0 ? null : builder.Password,
            Database = builder.InitialCatalog.Length == 0 ? null : builder.InitialCatalog,
            Encrypt = builder.Encrypt,
            TrustServerCertificate = builder.TrustServerCertificate,
            CertificateHost = builder.HostNameInCertificate.Length == 0 ? null : builder.HostNameInCertificate,
            ReadOnlyIntent = builder.ApplicationIntent == ApplicationIntent.ReadOnly,
        };
    }
}
