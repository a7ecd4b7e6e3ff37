using System.Globalization;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Modules.MongoDb;
using LazyMigrate.Core.Scripting.Modules.MySql;
using LazyMigrate.Core.Scripting.Modules.Pg;
using LazyMigrate.Core.Scripting.Modules.SqlServer;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>What a connection URI says, read as the database's own module reads it.</summary>
/// <param name="Host">Of the first host, without brackets.</param>
/// <param name="Port">Of the first host.</param>
/// <param name="Hosts">All hosts as <see cref="Scripting.LegacyAccess.Hosts"/> has them.</param>
/// <param name="Username">Empty where there is none.</param>
/// <param name="Password">Null where there is none.</param>
/// <param name="Database">Empty where there is none.</param>
internal sealed record ConnectionAddress(string Host, int Port, IReadOnlyList<string> Hosts, string Username, string? Password, string Database)
{
    /// <summary>What is wrong with a URI, or null.</summary>
    public static string? ProblemOf(CustomDatabaseType type, string uri)
    {
        try
        {
            return TryRead(type, uri) is null ? "it names no host" : null;
        }
        catch (ModuleException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Reads what can be read; null is another notation, of which nothing is known.</summary>
    public static ConnectionAddress? Read(CustomDatabaseType type, string uri)
    {
        try
        {
            return TryRead(type, uri);
        }
        catch (ModuleException)
        {
            return null;
        }
    }

    private static ConnectionAddress? TryRead(CustomDatabaseType type, string uri)
    {
        switch (type)
        {
            case CustomDatabaseType.Postgres:
                var postgres = PostgresTarget.Parse(uri);
                return new(Lower(postgres.Host), postgres.Port, [postgres.HostAndPort], uri.Contains('@', StringComparison.Ordinal) ? postgres.Username : "", postgres.Password, postgres.Database ?? "");
            case CustomDatabaseType.MySql:
                var mysql = MySqlTarget.Parse(uri);
                return new(Lower(mysql.Host), mysql.Port, [mysql.HostAndPort], mysql.Username ?? "", mysql.Password, mysql.Database ?? "");
            case CustomDatabaseType.SqlServer:
                var sqlServer = SqlServerTarget.Parse(uri);
                return new(Lower(sqlServer.Host), sqlServer.Port, [sqlServer.HostAndPort], sqlServer.Username ?? "", sqlServer.Password, sqlServer.Database ?? "");
            case CustomDatabaseType.MongoDb:
                var (mongo, database) = MongoTarget.Parse(uri);
                var first = mongo.Hosts[0];
                return new(Lower(first.Host.Trim('[', ']')), first.Port, [.. mongo.Hosts.Select(MongoTarget.HostAndPort)], mongo.User ?? "", mongo.Password, database ?? "");
            default:
                return ReadUri(uri);
        }
    }

    private static ConnectionAddress? ReadUri(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
        {
            return null;
        }

        var user = parsed.UserInfo.Split(':', 2);
        var port = Math.Max(parsed.Port, 0);
        return new(
            parsed.DnsSafeHost,
            port,
            [string.Create(CultureInfo.InvariantCulture, $"{Lower(parsed.Host)}:{port}")],
            Uri.UnescapeDataString(user[0]),
            user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null,
            Uri.UnescapeDataString(parsed.AbsolutePath.TrimStart('/')));
    }

    private static string Lower(string host) => host.ToLowerInvariant();
}
