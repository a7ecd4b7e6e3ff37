using System.Net.Sockets;
using Npgsql;

namespace LazyMigrate.Core.Scripting.Modules.Pg;

/// <summary>Npgsql's exceptions as node-postgres would tell them.</summary>
internal static class PostgresErrors
{
    public static ModuleException ToModuleException(Exception exception, PostgresTarget target)
    {
        if (exception is ModuleException known)
        {
            return known;
        }

        if (exception is PostgresException server)
        {
            return new ModuleException(server.SqlState, server.MessageText) { Fields = FieldsOf(server) };
        }

        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException socket:
                    return SocketCodes.ToConnectError(socket, target.Host, target.HostAndPort);
                case TimeoutException or OperationCanceledException:
                    return new ModuleException("ETIMEDOUT", $"connect ETIMEDOUT {target.HostAndPort}");
                case System.Security.Authentication.AuthenticationException:
                    return new ModuleException("ERR_TLS_CERT", "The server's TLS certificate is not trusted, or it speaks no TLS. Use `ssl: { rejectUnauthorized: false }` or give `ssl.ca`.");
            }
        }

        return exception is NpgsqlException { Message: var message } && message.Contains("SSL", StringComparison.Ordinal)
            ? new ModuleException("ERR_TLS", "The server does not support SSL connections")
            : new ModuleException("ECONNRESET", "Connection terminated unexpectedly");
    }

    private static Dictionary<string, string> FieldsOf(PostgresException exception)
    {
        var fields = new Dictionary<string, string> { ["severity"] = exception.InvariantSeverity };
        Add("detail", exception.Detail);
        Add("hint", exception.Hint);
        Add("schema", exception.SchemaName);
        Add("table", exception.TableName);
        Add("column", exception.ColumnName);
        Add("constraint", exception.ConstraintName);
        if (exception.Position > 0)
        {
            fields["position"] = $"{exception.Position}";
        }

        return fields;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                fields[name] = value;
            }
        }
    }
}
