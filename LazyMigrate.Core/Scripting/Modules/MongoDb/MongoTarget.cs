using System.Buffers;
using System.Text.Json;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;

namespace LazyMigrate.Core.Scripting.Modules.MongoDb;

/// <summary>A MongoDB deployment as a script names it: what <c>connection_string.js</c> makes of the URI and the options.</summary>
internal sealed record MongoTarget
{
    private static readonly SearchValues<char> s_notInHosts = SearchValues.Create(",/\\@; ");

    public required IReadOnlyList<MongoServerAddress> Hosts { get; init; }

    /// <summary>Whether the one host is a name whose SRV record holds the real hosts.</summary>
    public bool IsSrv { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string AuthSource { get; init; } = "admin";

    public string? Mechanism { get; init; }

    public string? ReplicaSet { get; init; }

    public bool Direct { get; init; }

    /// <summary>How long to look for a server; what is left of the run where that is less.</summary>
    public TimeSpan SelectionTime { get; init; } = TimeSpan.FromSeconds(5);

    public TlsSettings? Tls { get; init; }

    /// <summary>The hosts as people write them.</summary>
    public string Address => string.Join(',', Hosts.Select(HostAndPort));

    public static MongoTarget Read(JsonElement argument)
    {
        var hosts = new List<MongoServerAddress>();
        if (argument.TryGetProperty("hosts", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            hosts.AddRange(list.EnumerateArray().Select(ReadHost));
        }

        if (hosts.Count == 0)
        {
            throw new ModuleException("ERR_INVALID_URL", "The connection URI names no host.");
        }

        var target = new MongoTarget
        {
            Hosts = hosts,
            IsSrv = IsTrue(argument, "isSrv"),
            User = ModuleJson.StringOf(argument, "user"),
            Password = ModuleJson.StringOf(argument, "password"),
            AuthSource = ModuleJson.StringOf(argument, "authSource") ?? "admin",
            Mechanism = ModuleJson.StringOf(argument, "mechanism"),
            ReplicaSet = ModuleJson.StringOf(argument, "replicaSet"),
            Direct = IsTrue(argument, "direct"),
            Tls = TlsSettings.Read(argument),
        };
        return ModuleJson.NumberOf(argument, "selectionTime") is > 0 and var milliseconds
            ? target with { SelectionTime = TimeSpan.FromMilliseconds(milliseconds) }
            : target;
    }

    /// <summary>Reads <c>mongodb://user:password@host:port,host:port/database</c> or <c>mongodb+srv://…</c>, without asking anybody for the hosts behind the latter.</summary>
    /// <returns>The target, and the database that the URI names or null.</returns>
    /// <exception cref="ModuleException">It is not such a URI.</exception>
    public static (MongoTarget Target, string? Database) Parse(string uri)
    {
        MongoUrl url;
        try
        {
            url = new MongoUrl(uri);
        }
        catch (Exception exception) when (exception is MongoConfigurationException or ArgumentException or FormatException)
        {
            throw new ModuleException("ERR_INVALID_URL", "The connection URI is not valid. It looks like `mongodb://user:password@host:27017/database`; user name and password must be percent-encoded.");
        }

        // The driver gives such a name the port of DNS.
        var isSrv = url.Scheme == ConnectionStringScheme.MongoDBPlusSrv;
        var hosts = url.Servers.Select(server => isSrv ? new MongoServerAddress(server.Host) : server);
        return (new MongoTarget { Hosts = [.. hosts], IsSrv = isSrv, User = url.Username, Password = url.Password }, url.DatabaseName);
    }

    /// <summary>As <see cref="LegacyAccess.Hosts"/> has it.</summary>
    public static string HostAndPort(MongoServerAddress host) => HostAndPort(host.Host, host.Port);

    public static string HostAndPort(string host, int port)
    {
        var name = host.Trim('[', ']').ToLowerInvariant();
        return name.Contains(':', StringComparison.Ordinal) ? $"[{name}]:{port}" : $"{name}:{port}";
    }

    /// <summary>The hosts behind an SRV record, with what its TXT record says.</summary>
    public async Task<MongoTarget> ResolveAsync(CancellationToken cancellationToken)
    {
        if (!IsSrv)
        {
            return this;
        }

        try
        {
            var resolved = await new MongoUrl($"mongodb+srv://{Hosts[0].Host}/").ResolveAsync(cancellationToken).ConfigureAwait(false);
            return this with
            {
                Hosts = [.. resolved.Servers],
                IsSrv = false,
                ReplicaSet = ReplicaSet ?? resolved.ReplicaSetName,
                AuthSource = resolved.AuthenticationSource ?? AuthSource,
            };
        }
        catch (Exception exception) when (exception is MongoException or InvalidOperationException || exception.GetType().Namespace == "DnsClient")
        {
            throw new ModuleException("ENOTFOUND", $"querySrv ENOTFOUND _mongodb._tcp.{Hosts[0].Host}");
        }
    }

    /// <summary>What tells two pools apart. It holds the password: a key in memory, never shown.</summary>
    public string PoolKey(LegacyAccess access) => string.Join(
        '\n',
        [Address, User, Password, AuthSource, Mechanism, ReplicaSet, Direct ? "direct" : "", Tls?.PoolKey, "hosts", .. access.Hosts.Order(StringComparer.Ordinal)]);

    public MongoClientSettings ToSettings()
    {
        var settings = new MongoClientSettings
        {
            Servers = Hosts,
            ReplicaSetName = ReplicaSet,
            DirectConnection = Direct,
            ApplicationName = "LazyMigrate",
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ServerSelectionTimeout = TimeSpan.FromSeconds(10),
            MaxConnectionPoolSize = 32,
            MaxConnectionIdleTime = TimeSpan.FromMinutes(1),
            HeartbeatInterval = TimeSpan.FromSeconds(10),
            RetryReads = true,
            // A command is sent as it is, so the driver has nothing to tell its second sending by.
            RetryWrites = false,
            Credential = ToCredential(),
        };
        if (Tls is { } tls)
        {
            settings.UseTls = true;
            settings.SslSettings = new SslSettings
            {
                CheckCertificateRevocation = false,
                ServerCertificateValidationCallback = (_, certificate, chain, errors) => tls.Accepts(certificate, chain, errors),
                ClientCertificates = tls.LoadClientCertificate() is { } own ? [own] : null,
            };
        }

        return settings;
    }

    private static bool IsTrue(JsonElement argument, string name) => argument.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.True;

    private static MongoServerAddress ReadHost(JsonElement host)
    {
        var name = ModuleJson.StringOf(host, "host") ?? "";
        return name.Length > 0 && !name.AsSpan().ContainsAny(s_notInHosts)
            ? new MongoServerAddress(name, ModuleJson.NumberOf(host, "port") is >= 1 and <= 65535 and var port ? port : 27017)
            : throw new ModuleException("ERR_INVALID_URL", "A host of the connection URI is not a single host name.");
    }

    private MongoCredential? ToCredential() => (User, Mechanism) switch
    {
        (null, _) => null,
        (_, null or "DEFAULT") => MongoCredential.CreateCredential(AuthSource, User, Password ?? ""),
        (_, "SCRAM-SHA-1" or "SCRAM-SHA-256") => new MongoCredential(
            Mechanism, new MongoInternalIdentity(AuthSource, User), new PasswordEvidence(Password ?? "")),
        (_, "PLAIN") when Tls is not null => new MongoCredential("PLAIN", new MongoExternalIdentity("$external", User), new PasswordEvidence(Password ?? "")),
        (_, "PLAIN") => throw new ModuleException("ERR_INVALID_ARG_VALUE", "The mechanism PLAIN sends the password as it is: use it with tls=true only."),
        _ => throw new ModuleException("ERR_INVALID_ARG_VALUE", $"The authentication mechanism {Mechanism} is not available: use SCRAM-SHA-256, SCRAM-SHA-1 or, with TLS, PLAIN."),
    };
}
