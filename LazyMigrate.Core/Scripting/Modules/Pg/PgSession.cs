using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace LazyMigrate.Core.Scripting.Modules.Pg;

/// <summary>The connections that one run has leased.</summary>
internal sealed class PgSession(PostgresPools pools, ModuleRun run) : IModuleSession
{
    private readonly Leases<Lease> _leases = new(run.Ended);

    public bool ReachesOutside(string operation) => operation is "connect" or "query";

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument) => operation switch
    {
        "connect" => ConnectAsync(argument),
        "query" => QueryAsync(argument),
        "end" => EndAsync(argument),
        _ => throw new ModuleException("ERR_INVALID_STATE", "pg has no such operation."),
    };

    public ValueTask DisposeAsync() => _leases.DisposeAsync();

    /// <summary>Reads the settings of a Client or Pool.</summary>
    internal static PostgresTarget ReadTarget(JsonElement argument)
    {
        var uri = ModuleJson.StringOf(argument, "connectionString");
        var target = uri is not null
            ? PostgresTarget.Parse(uri)
            : new PostgresTarget
            {
                Host = HostOf(ModuleJson.StringOf(argument, "host") ?? "localhost"),
                Port = ModuleJson.NumberOf(argument, "port") ?? 5432,
                Username = ModuleJson.StringOf(argument, "user") ?? "postgres",
                Password = ModuleJson.StringOf(argument, "password"),
                Database = ModuleJson.StringOf(argument, "database"),
            };
        // Npgsql checks nothing by itself here: the callback of the settings judges the certificate.
        return TlsSettings.Read(argument) is { } tls ? target with { SslMode = SslMode.Require, Tls = tls }
            : ModuleJson.StringOf(argument, "ssl") == "disable" ? target with { SslMode = SslMode.Disable }
            : target;
    }

    private static string HostOf(string host) => host.Length > 0 && !host.AsSpan().ContainsAny(",/\\@;")
        ? host
        : throw new ModuleException("ENOTFOUND", "The host of the database is not a single host name.");

    private async Task<ModuleAnswer> ConnectAsync(JsonElement argument)
    {
        var target = ReadTarget(argument);
        AllowedHosts.Check(run.Access, target.HostAndPort);
        if (_leases.Refusal is { } refusal)
        {
            throw new ModuleException("53300", $"{refusal}.");
        }

        NpgsqlConnection connection;
        PoolEntry<NpgsqlDataSource> entry;
        try
        {
            (connection, entry) = await pools.OpenAsync(target, run.Ended).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or ArgumentException)
        {
            throw PostgresErrors.ToModuleException(exception, target);
        }

        var process = connection.ProcessID;
        var id = await _leases.AddAsync(new Lease(connection, entry, target)).ConfigureAwait(false);
        return new ModuleAnswer($$"""{"id":{{id}},"processID":{{process}}}""");
    }

    private async Task<ModuleAnswer> QueryAsync(JsonElement argument)
    {
        if (_leases.Find(argument) is not { } lease)
        {
            throw new ModuleException("ERR_INVALID_STATE", "Client was closed and is not queryable");
        }

        await lease.Turn.WaitAsync(run.Ended).ConfigureAwait(false);
        try
        {
            // Everything comes as text and is read by the facade, as node-postgres does it.
            await using var command = new NpgsqlCommand(ModuleJson.StringOf(argument, "text") ?? "", lease.Connection)
            {
                AllResultTypesAreUnknown = true,
                CommandTimeout = Math.Max(1, (int)Math.Ceiling(run.TimeLeft.TotalSeconds)),
            };
            AddParameters(command, argument);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, run.Ended).ConfigureAwait(false);
            try
            {
                return await ReadAsync(reader, command.CommandText).ConfigureAwait(false);
            }
            catch (ModuleLimitException)
            {
                await AbandonedStatement.EndAsync(command, reader).ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException or NotSupportedException or IOException)
        {
            throw ToModuleException(exception, lease);
        }
        finally
        {
            lease.Turn.Release();
        }
    }

    private static ModuleException ToModuleException(Exception exception, Lease lease) => exception switch
    {
        NpgsqlException { InnerException: TimeoutException } => new ModuleException("57014", "canceling statement due to statement timeout"),
        InvalidOperationException or NotSupportedException => lease.Connection.State == ConnectionState.Open
            ? new ModuleException("0A000", "This statement is not supported here.")
            : new ModuleException("ECONNRESET", "Connection terminated unexpectedly"),
        _ => PostgresErrors.ToModuleException(exception, lease.Target),
    };

    private static void AddParameters(NpgsqlCommand command, JsonElement argument)
    {
        if (argument.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array)
        {
            foreach (var value in values.EnumerateArray())
            {
                // Text of no type: the server decides what it is, as with node-postgres.
                command.Parameters.Add(new NpgsqlParameter
                {
                    NpgsqlDbType = NpgsqlDbType.Unknown,
                    Value = value.ValueKind == JsonValueKind.String ? ModuleJson.TextOf(value) : DBNull.Value,
                });
            }
        }

        if (command.Parameters.Count == 0)
        {
            // Without any parameter Npgsql takes the text apart and sends several statements. With one that nothing
            // refers to the server gets it whole, and refuses more than one statement: half of an injection's tricks.
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = DBNull.Value });
        }
    }

    private async Task<ModuleAnswer> ReadAsync(NpgsqlDataReader reader, string text)
    {
        var rows = new StringBuilder("[");
        var count = 0;
        while (await reader.ReadAsync(run.Ended).ConfigureAwait(false))
        {
            var row = ModuleJson.Write(writer =>
            {
                writer.WriteStartArray();
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    if (reader.IsDBNull(i))
                    {
                        writer.WriteNullValue();
                    }
                    else
                    {
                        writer.WriteStringValue(reader.GetString(i));
                    }
                }

                writer.WriteEndArray();
            });
            run.CountRow(Encoding.UTF8.GetByteCount(row));
            rows.Append(count++ == 0 ? "" : ",").Append(row);
        }

        rows.Append(']');
        var fields = Enumerable.Range(0, reader.FieldCount).Select(i => (Name: reader.GetName(i), Type: reader.GetDataTypeOID(i))).ToList();

        // The count of changed rows is known when the result has been read to its end.
        await reader.CloseAsync().ConfigureAwait(false);
        var changed = fields.Count == 0 && reader.RecordsAffected >= 0 ? reader.RecordsAffected : (int?)null;
        var json = ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("command", CommandOf(text));
            writer.WritePropertyName("rowCount");
            writer.WriteRawValue(fields.Count > 0 ? $"{count}" : changed?.ToString(CultureInfo.InvariantCulture) ?? "null");
            writer.WriteStartArray("fields");
            foreach (var (name, type) in fields)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(name);
                writer.WriteNumberValue(type);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WritePropertyName("rows");
            writer.WriteRawValue(rows.ToString(), skipInputValidation: true);
            writer.WriteEndObject();
        });
        return new ModuleAnswer(json, fields.Count > 0 ? count : changed);
    }

    /// <summary>The command tag's word: <c>SELECT</c> also for a query that begins with <c>WITH</c>.</summary>
    private static string CommandOf(string text)
    {
        var start = text.AsSpan().TrimStart(" \t\r\n(");
        var end = 0;
        while (end < start.Length && char.IsAsciiLetter(start[end]))
        {
            end++;
        }

        var word = start[..end].ToString().ToUpperInvariant();
        return word is "WITH" or "VALUES" or "TABLE" ? "SELECT" : word;
    }

    private async Task<ModuleAnswer> EndAsync(JsonElement argument)
    {
        await _leases.ReleaseAsync(argument).ConfigureAwait(false);
        return ModuleAnswer.Null;
    }

    private sealed class Lease(NpgsqlConnection connection, PoolEntry<NpgsqlDataSource> entry, PostgresTarget target) : ConnectionLease
    {
        public NpgsqlConnection Connection => connection;

        public PostgresTarget Target => target;

        public override async ValueTask GiveBackAsync()
        {
            try
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                entry.GivenBack();
            }
        }
    }
}
