using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>What the settings of a custom database mean to scripts: variables, reachable hosts, values to mask.</summary>
/// <param name="Variables">Names and values of <c>env</c>.</param>
/// <param name="Access">What modules may reach.</param>
/// <param name="Secrets">Values to mask.</param>
internal sealed record ConnectionVariables(
    IReadOnlyDictionary<string, string> Variables,
    LegacyAccess Access,
    IReadOnlyList<string> Secrets)
{
    // Shorter values would mask ordinary words in what a script prints.
    private const int ShortestMaskedLength = 4;

    private const string Masked = "••••";

    private static readonly string[] s_names = ["DB_CONNECTION_URI", "DB_HOST", "DB_PORT", "DB_USERNAME", "DB_PASSWORD", "DB_DATABASE"];

    /// <summary>Fills <c>DB_HOST</c>, <c>DB_PORT</c>, <c>DB_USERNAME</c>, <c>DB_PASSWORD</c> and <c>DB_DATABASE</c> from the URI, or the URI from them.</summary>
    public static ConnectionVariables Create(
        CustomDatabaseType type,
        string? uri,
        IReadOnlyDictionary<string, string> own,
        IReadOnlyList<string> allowedHosts,
        string sqliteFolder)
    {
        var variables = new Dictionary<string, string>(own, StringComparer.Ordinal);
        uri ??= variables.GetValueOrDefault("DB_CONNECTION_URI") ?? ComposeUri(type, variables);
        var hosts = new List<string>(allowedHosts.SelectMany(host => Spellings(host.ToLowerInvariant())));
        var files = new List<string>();
        string? password = null;

        if (!string.IsNullOrEmpty(uri))
        {
            variables["DB_CONNECTION_URI"] = uri;
            if (type == CustomDatabaseType.Sqlite)
            {
                var file = SqlitePath(uri);
                variables.TryAdd("DB_DATABASE", file);
                files.Add(Path.GetFullPath(file, sqliteFolder));
            }
            else if (ConnectionAddress.Read(type, uri) is { } address)
            {
                password = address.Password;
                variables.TryAdd("DB_HOST", address.Host);
                variables.TryAdd("DB_PORT", address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
                variables.TryAdd("DB_USERNAME", address.Username);
                variables.TryAdd("DB_PASSWORD", password ?? "");
                variables.TryAdd("DB_DATABASE", address.Database);
                hosts.AddRange(address.Hosts.SelectMany(Spellings));
            }
        }

        foreach (var name in s_names)
        {
            variables.TryAdd(name, "");
        }

        // The address of the database is no secret, and masking "shop.db" would only make messages unreadable.
        var secrets = own.Where(pair => !s_names.Contains(pair.Key)).Select(pair => pair.Value).ToList();
        secrets.Add(variables["DB_PASSWORD"]);
        if (password is { Length: > 0 })
        {
            secrets.Add(password);
            secrets.Add(uri!);
        }
        else if (!string.IsNullOrEmpty(uri) && Mask(type, uri) == Masked)
        {
            // Not read as a URI, so whatever it is: it may hold a password.
            secrets.Add(uri);
        }

        return new ConnectionVariables(
            variables,
            new LegacyAccess(hosts.Distinct().ToList(), sqliteFolder, files),
            secrets.Where(secret => secret.Length >= ShortestMaskedLength).Distinct().ToList());
    }

    /// <summary>The URI as the console may show it.</summary>
    public static string? Mask(CustomDatabaseType type, string? uri)
    {
        if (uri is null || (type == CustomDatabaseType.Sqlite && !SqlitePath(uri).Contains("://", StringComparison.Ordinal)))
        {
            return uri;
        }

        // ADO's notation, or several hosts: no URI to .NET, but what it says is known.
        if (type == CustomDatabaseType.SqlServer ? !uri.Contains("://", StringComparison.Ordinal) : type == CustomDatabaseType.MongoDb && !Uri.TryCreate(uri, UriKind.Absolute, out _))
        {
            return ConnectionAddress.Read(type, uri) is { } address ? MaskAddress(type, uri, address) : Masked;
        }

        // Without a host it is some other notation ("root:secret@tcp(db)/shop" parses as a URI of scheme root), and an "@" after
        // the host means that a password with "/", "?" or "#" in it was not percent-encoded: where it ends cannot be told.
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
            || parsed.Host.Length == 0
            || uri.LastIndexOf('@') > EndOfAuthority(uri))
        {
            return Masked;
        }

        // The query may carry a password, too (password=, sslpassword=), so none of it is shown.
        var user = parsed.UserInfo.Split(':', 2);
        var login = user[0].Length == 0 ? "" : user.Length == 2 ? $"{user[0]}:{Masked}@" : $"{user[0]}@";
        var port = parsed.Port > 0 ? $":{parsed.Port}" : "";
        return $"{parsed.Scheme}://{login}{parsed.Host}{port}{parsed.AbsolutePath}{(parsed.Query.Length > 1 ? "?…" : "")}";
    }

    /// <summary>Written anew from what was read, so that nothing else of the text is shown.</summary>
    private static string MaskAddress(CustomDatabaseType type, string uri, ConnectionAddress address)
    {
        if (type == CustomDatabaseType.SqlServer)
        {
            var parts = new List<string> { $"Server={address.Host},{address.Port}" };
            parts.AddRange(address.Database.Length > 0 ? [$"Database={address.Database}"] : []);
            parts.AddRange(address.Username.Length > 0 ? [$"User Id={address.Username}"] : []);
            parts.AddRange(address.Password is { Length: > 0 } ? [$"Password={Masked}"] : []);
            return string.Join(';', parts);
        }

        var login = address.Username.Length == 0 ? "" : address.Password is null ? $"{Uri.EscapeDataString(address.Username)}@" : $"{Uri.EscapeDataString(address.Username)}:{Masked}@";
        return $"mongodb://{login}{string.Join(',', address.Hosts)}/{Uri.EscapeDataString(address.Database)}{(uri.Contains('?', StringComparison.Ordinal) ? "?…" : "")}";
    }

    /// <summary>Accepts <c>shop.db</c>, <c>sqlite:shop.db</c> and <c>sqlite:///srv/shop.db</c>.</summary>
    public static string SqlitePath(string uri) =>
        uri.StartsWith("sqlite://", StringComparison.OrdinalIgnoreCase) ? uri["sqlite://".Length..]
        : uri.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? uri["sqlite:".Length..]
        : uri;

    private static int EndOfAuthority(string uri)
    {
        var end = uri.IndexOfAny(['/', '?', '#'], uri.IndexOf("://", StringComparison.Ordinal) + 3);
        return end < 0 ? uri.Length : end;
    }

    // An IPv6 address is written with brackets in a URI and without them by most drivers; both are the same address.
    private static IEnumerable<string> Spellings(string hostAndPort) =>
        hostAndPort.StartsWith('[') && hostAndPort.LastIndexOf("]:", StringComparison.Ordinal) is > 0 and var end
            ? [hostAndPort, string.Concat(hostAndPort.AsSpan(1, end - 1), hostAndPort.AsSpan(end + 1))]
            : [hostAndPort];

    private static string? ComposeUri(CustomDatabaseType type, Dictionary<string, string> variables)
    {
        if (type == CustomDatabaseType.Sqlite)
        {
            return variables.GetValueOrDefault("DB_DATABASE");
        }

        if (Scheme(type) is not { } scheme || variables.GetValueOrDefault("DB_HOST") is not { Length: > 0 } host)
        {
            return null;
        }

        var user = Uri.EscapeDataString(variables.GetValueOrDefault("DB_USERNAME", ""));
        var password = Uri.EscapeDataString(variables.GetValueOrDefault("DB_PASSWORD", ""));
        var login = user.Length == 0 ? "" : password.Length == 0 ? $"{user}@" : $"{user}:{password}@";
        var port = variables.GetValueOrDefault("DB_PORT") is { Length: > 0 } text ? $":{text}" : "";
        var address = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
        return $"{scheme}://{login}{address}{port}/{Uri.EscapeDataString(variables.GetValueOrDefault("DB_DATABASE", ""))}";
    }

    private static string? Scheme(CustomDatabaseType type) => type switch
    {
        CustomDatabaseType.Postgres => "postgres",
        CustomDatabaseType.MySql => "mysql",
        CustomDatabaseType.MongoDb => "mongodb",
        CustomDatabaseType.SqlServer => "mssql",
        _ => null,
    };
}
