using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MySqlConnector;

namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>The connections that one run has leased.</summary>
internal sealed class MySqlSession(MySqlPools pools, ModuleRun run) : IModuleSession
{
    private readonly Leases<Lease> _leases = new(run.Ended);

    public bool ReachesOutside(string operation) => operation is "connect" or "query" or "execute" or "prepare" or "ping" or "reset";

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument) => operation switch
    {
        "connect" => ConnectAsync(argument),
        "query" => UseAsync(argument, lease => QueryAsync(lease, argument)),
        "execute" => UseAsync(argument, lease => ExecuteAsync(lease, argument)),
        "prepare" => UseAsync(argument, lease => PrepareAsync(lease, argument)),
        "ping" => UseAsync(argument, PingAsync),
        "reset" => UseAsync(argument, ResetAsync),
        "end" or "destroy" => EndAsync(argument),
        _ => throw new ModuleException("ERR_INVALID_STATE", "mysql has no such operation."),
    };

    public ValueTask DisposeAsync() => _leases.DisposeAsync();

    private async Task<ModuleAnswer> ConnectAsync(JsonElement argument)
    {
        var target = MySqlTarget.Read(argument);
        AllowedHosts.Check(run.Access, target.HostAndPort);
        if (_leases.Refusal is { } refusal)
        {
            throw MySqlErrors.Server(1203, "42000", refusal);
        }

        var (connection, entry) = await pools.OpenAsync(target, run.Ended).ConfigureAwait(false);
        var version = JsonSerializer.Serialize(connection.ServerVersion, ModuleJson.Default.String);
        var thread = connection.ServerThread;
        var id = await _leases.AddAsync(new Lease(connection, entry, target)).ConfigureAwait(false);
        return new ModuleAnswer($$"""{"id":{{id}},"threadId":{{thread}},"version":{{version}}}""");
    }

    private async Task<ModuleAnswer> UseAsync(JsonElement argument, Func<Lease, Task<ModuleAnswer>> use)
    {
        if (_leases.Find(argument) is not { } lease)
        {
            throw new ModuleException("PROTOCOL_CONNECTION_LOST", "Connection lost: The server closed the connection.");
        }

        await lease.Turn.WaitAsync(run.Ended).ConfigureAwait(false);
        try
        {
            return await use(lease).ConfigureAwait(false);
        }
        catch (Exception exception) when (MySqlErrors.IsDrivers(exception))
        {
            throw lease.Connection.State == ConnectionState.Open && exception is not MySqlException
                ? MySqlErrors.Server(1235, "42000", "This statement or value is not supported here")
                : MySqlErrors.ToModuleException(exception, lease.Target);
        }
        finally
        {
            lease.Turn.Release();
        }
    }

    private MySqlCommand Command(Lease lease, JsonElement argument)
    {
        var sql = ModuleJson.StringOf(argument, "sql") ?? "";
        if (string.IsNullOrWhiteSpace(sql))
        {
            throw MySqlErrors.Server(1065, "42000", "Query was empty");
        }

        MySqlStatement.Check(sql);
        var limit = run.TimeLeft;
        if (ModuleJson.NumberOf(argument, "timeout") is > 0 and var milliseconds && milliseconds < limit.TotalMilliseconds)
        {
            limit = TimeSpan.FromMilliseconds(milliseconds);
        }

        return new MySqlCommand(sql, lease.Connection) { CommandTimeout = Math.Max(1, (int)Math.Ceiling(limit.TotalSeconds)) };
    }

    private async Task<ModuleAnswer> QueryAsync(Lease lease, JsonElement argument)
    {
        await using var command = Command(lease, argument);
        return await ReadAsync(lease, command, isBinary: false).ConfigureAwait(false);
    }

    private async Task<ModuleAnswer> ExecuteAsync(Lease lease, JsonElement argument)
    {
        await using var command = Command(lease, argument);
        foreach (var value in argument.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array ? values.EnumerateArray() : default)
        {
            command.Parameters.Add(ParameterOf(value));
        }

        try
        {
            await command.PrepareAsync(run.Ended).ConfigureAwait(false);
            return await ReadAsync(lease, command, isBinary: true).ConfigureAwait(false);
        }
        catch (MySqlException exception) when (exception.Number < 1000 && exception.Message.Contains("arameter", StringComparison.Ordinal))
        {
            throw MySqlErrors.Server(1210, "HY000", "Incorrect arguments to mysqld_stmt_execute");
        }
    }

    private static MySqlParameter ParameterOf(JsonElement value)
    {
        if (ModuleJson.StringOf(value, "n") is { } number)
        {
            return new MySqlParameter { MySqlDbType = MySqlDbType.Double, Value = double.Parse(number, CultureInfo.InvariantCulture) };
        }

        if (ModuleJson.StringOf(value, "b") is not null)
        {
            return new MySqlParameter { MySqlDbType = MySqlDbType.LongBlob, Value = ModuleJson.BytesOf(value, "b") };
        }

        return new MySqlParameter { MySqlDbType = MySqlDbType.VarChar, Value = ModuleJson.StringOf(value, "s") ?? (object)DBNull.Value };
    }

    private async Task<ModuleAnswer> PrepareAsync(Lease lease, JsonElement argument)
    {
        await using var command = Command(lease, argument);
        await command.PrepareAsync(run.Ended).ConfigureAwait(false);
        return ModuleAnswer.Null;
    }

    private async Task<ModuleAnswer> PingAsync(Lease lease) =>
        await lease.Connection.PingAsync(run.Ended).ConfigureAwait(false)
            ? ModuleAnswer.Null
            : throw new ModuleException("PROTOCOL_CONNECTION_LOST", "Connection lost: The server closed the connection.");

    private async Task<ModuleAnswer> ResetAsync(Lease lease)
    {
        await lease.Connection.ResetConnectionAsync(run.Ended).ConfigureAwait(false);
        await MySqlPools.PrepareAsync(lease.Connection, run.Ended).ConfigureAwait(false);
        return ModuleAnswer.Null;
    }

    /// <summary>Runs one statement: <c>{ "binary": bool, "results": [{ fields, rows } | { "ok": … }, …] }</c>; a procedure gives several.</summary>
    private async Task<ModuleAnswer> ReadAsync(Lease lease, MySqlCommand command, bool isBinary)
    {
        lease.Warnings = 0;
        var json = new StringBuilder("{\"binary\":").Append(isBinary ? "true" : "false").Append(",\"results\":[");
        var rows = 0;
        var results = 0;
        var hasOk = false;
        int affected;
        await using (var reader = await command.ExecuteReaderAsync(run.Ended).ConfigureAwait(false))
        {
            try
            {
                do
                {
                    if (reader.FieldCount > 0)
                    {
                        json.Append(results++ == 0 ? "" : ",");
                        rows += await MySqlResults.WriteAsync(json, reader, isBinary, run).ConfigureAwait(false);
                    }
                }
                while (await reader.NextResultAsync(run.Ended).ConfigureAwait(false));
            }
            catch (ModuleLimitException)
            {
                await AbandonedStatement.EndAsync(command, reader).ConfigureAwait(false);
                throw;
            }

            await reader.CloseAsync().ConfigureAwait(false);
            affected = Math.Max(0, reader.RecordsAffected);
        }

        if (results == 0 || MySqlStatement.WordOf(command.CommandText) == "CALL")
        {
            hasOk = true;
            json.Append(results++ == 0 ? "" : ",").Append("{\"ok\":").Append(Ok(lease, command, affected)).Append('}');
        }

        return new ModuleAnswer(json.Append("]}").ToString(), hasOk && results == 1 ? affected : rows);
    }

    /// <summary>The driver tells the rows that an UPDATE found, as the originals ask for it, and not how many of them it changed.</summary>
    private static string Ok(Lease lease, MySqlCommand command, int affected) => ModuleJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("affectedRows", affected);
        writer.WriteNumber("insertId", command.LastInsertedId);
        writer.WriteNumber("warnings", lease.Warnings);
        writer.WriteNumber("changed", MySqlStatement.WordOf(command.CommandText) == "UPDATE" ? affected : 0);
        writer.WriteEndObject();
    });

    private async Task<ModuleAnswer> EndAsync(JsonElement argument)
    {
        await _leases.ReleaseAsync(argument).ConfigureAwait(false);
        return ModuleAnswer.Null;
    }

    private sealed class Lease : ConnectionLease
    {
        private readonly PoolEntry<MySqlDataSource> _entry;

        public Lease(MySqlConnection connection, PoolEntry<MySqlDataSource> entry, MySqlTarget target)
        {
            (Connection, _entry, Target) = (connection, entry, target);
            connection.InfoMessage += CountWarnings;
        }

        public MySqlConnection Connection { get; }

        public MySqlTarget Target { get; }

        public int Warnings { get; set; }

        public override async ValueTask GiveBackAsync()
        {
            Connection.InfoMessage -= CountWarnings;
            try
            {
                await Connection.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                _entry.GivenBack();
            }
        }

        private void CountWarnings(object sender, MySqlInfoMessageEventArgs arguments) => Warnings = arguments.Errors.Count;
    }
}
