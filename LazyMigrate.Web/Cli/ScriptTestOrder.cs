using System.Globalization;
using System.Text.RegularExpressions;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Web.Cli;

/// <summary>What <c>script test</c> was asked for.</summary>
internal sealed partial record ScriptTestOrder
{
    public required ScriptKind Kind { get; init; }

    public required string Source { get; init; }

    /// <summary>The dialect that was chosen by hand, or null to find out.</summary>
    public ScriptDialect? Dialect { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? UserName { get; init; }

    public string Password { get; init; } = "";

    /// <summary>As typed: <c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>As typed: <c>HOST:PORT</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    public bool IsJson { get; init; }

    /// <exception cref="UsageException">There is not exactly one, or it can be nobody's.</exception>
    public UserIdentifier Identifier()
    {
        var (canonical, kind) = (Email, Phone, UserName) switch
        {
            ({ } email, null, null) => (IdentifierParser.CanonicalEmail(email), IdentifierKind.Email),
            (null, { } phone, null) => (IdentifierParser.CanonicalPhone(phone), IdentifierKind.Phone),
            (null, null, { } userName) => (IdentifierParser.CanonicalUserName(userName), IdentifierKind.UserName),
            _ => throw new UsageException("Give exactly one of --email, --phone and --username."),
        };
        return canonical is not null
            ? new UserIdentifier(kind, canonical)
            : throw new UsageException(kind switch
            {
                IdentifierKind.Email => "--email is not an e-mail address.",
                IdentifierKind.Phone => "--phone is not an international phone number, for example +4915112345678.",
                _ => "--username is not a user name that can be typed safely.",
            });
    }

    /// <summary>Variables, reachable hosts and secrets, as a custom database with these settings has them.</summary>
    /// <exception cref="UsageException">A variable or a host is not written as it must be.</exception>
    public ConnectionVariables Connection()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in Variables)
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                // Without the text: it may be a secret.
                throw new UsageException("--env must be NAME=VALUE.");
            }

            variables[variable[..equals]] = variable[(equals + 1)..];
        }

        foreach (var host in AllowedHosts)
        {
            if (HostRegex().Match(host) is not { Success: true } match || int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture) is 0 or > 65_535)
            {
                throw new UsageException($"--allow-host must be HOST:PORT, not {host}.");
            }
        }

        return ConnectionVariables.Create(
            TypeOf(variables.GetValueOrDefault("DB_CONNECTION_URI")),
            null,
            variables,
            AllowedHosts,
            Directory.GetCurrentDirectory());
    }

    private static CustomDatabaseType TypeOf(string? uri) => uri?.Split(':', 2)[0].ToLowerInvariant() switch
    {
        "postgres" or "postgresql" => CustomDatabaseType.Postgres,
        "mysql" or "mariadb" => CustomDatabaseType.MySql,
        "mongodb" => CustomDatabaseType.MongoDb,
        "mssql" or "sqlserver" => CustomDatabaseType.SqlServer,
        "sqlite" => CustomDatabaseType.Sqlite,
        "http" or "https" => CustomDatabaseType.Http,
        { } path when path.EndsWith(".db", StringComparison.Ordinal) || path.EndsWith(".sqlite", StringComparison.Ordinal) => CustomDatabaseType.Sqlite,
        _ => CustomDatabaseType.Other,
    };

    [GeneratedRegex(@"^(?:\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+):(?<port>\d{1,5})$")]
    private static partial Regex HostRegex();
}
