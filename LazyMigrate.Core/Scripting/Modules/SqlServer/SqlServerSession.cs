using System.Data;
using System.Text.Json;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>The connections that one run has leased.</summary>
internal sealed class SqlServerSession(SqlServerPools pools, ModuleRun run) : IModuleSession
{
    private readonly Leases<Lease> _leases = new(run.Ended);

    public bool ReachesOutside(string operation) => operation is "connect" or "query";

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument) => operation switch
    {
        "connect" => ConnectAsync(argument),
        "query" => QueryAsync(argument),
        "cancel" => CancelAsync(argument),
        "close" => CloseAsync(argument),
        _ => throw new ModuleException("ERR_INVALID_STATE", "tedious has no such operation."),
    };

    public ValueTask DisposeAsync() => _leases.DisposeAsync();

    private async Task<ModuleAnswer> ConnectAsync(JsonElement argument)
    {
        var target = SqlServerTarget.Read(argument);
        AllowedHosts.Check(run.Access, target.HostAndPort);
        if (_leases.Refusal is { } refusal)
        {
            throw new ModuleException("ELOGIN", $"{refusal}.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(run.Ended);
        patience.CancelAfter(target.ConnectTimeout);
        SqlConnection connection;
        PoolEntry<SqlServerPool> entry;
        try
        {
            (connection, entry) = await pools.OpenAsync(target, patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SqlException or InvalidOperationException or TimeoutException or OperationCanceledException or ArgumentException or IOException or System.Net.Sockets.SocketException)
        {
            run.Ended.ThrowIfCancellationRequested();
            throw SqlServerErrors.ToConnectError(exception, target);
        }

        var id = await _leases.AddAsync(new Lease(connection, entry)).ConfigureAwait(false);
        return new ModuleAnswer($$"""{"id":{{id}}}""");
    }

    private async Task<ModuleAnswer> QueryAsync(JsonElement argument)
    {
        if (_leases.Find(argument) is not { } lease)
        {
            throw new ModuleException("ECLOSE", "Connection closed before request completed.");
        }

        await lease.Turn.WaitAsync(run.Ended).ConfigureAwait(false);
        try
        {
            return await RunAsync(lease, argument).ConfigureAwait(false);
        }
        finally
        {
            lease.Turn.Release();
        }
    }

    private async Task<ModuleAnswer> RunAsync(Lease lease, JsonElement argument)
    {
        var timeout = ModuleJson.NumberOf(argument, "timeout") ?? 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(run.Ended);
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        lease.Current = canceled;
        if (timeout > 0)
        {
            limit.CancelAfter(timeout);
        }

        await using var command = CommandOf(lease.Connection, argument);
        var result = new SqlServerResult(run);
        result.Watch(lease.Connection, command);
        ModuleException? failure = null;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, canceled.Token).ConfigureAwait(false);
            try
            {
                await result.ReadAsync(reader, canceled.Token).ConfigureAwait(false);
            }
            catch (ModuleLimitException)
            {
                await AbandonedStatement.EndAsync(command, reader).ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception exception) when (canceled.IsCancellationRequested && exception is SqlException or OperationCanceledException or InvalidOperationException)
        {
            run.Ended.ThrowIfCancellationRequested();
            failure = limit.IsCancellationRequested
                ? new ModuleException("ETIMEOUT", $"Timeout: Request failed to complete in {timeout}ms")
                : new ModuleException("ECANCEL", "Canceled.");
        }
        catch (SqlException exception)
        {
            result.Add(exception);
            failure = result.HasErrors ? null : new ModuleException("ESOCKET", "Connection lost - socket hang up");
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or FormatException or OverflowException or IOException or TimeoutException or NotSupportedException)
        {
            failure = lease.Connection.State == ConnectionState.Open
                ? new ModuleException("EREQUEST", "This statement or one of its values is not supported here.")
                : new ModuleException("ESOCKET", "Connection lost - socket hang up");
        }
        finally
        {
            result.Unwatch(lease.Connection);
            lease.Current = null;
        }

        var isLost = lease.Connection.State != ConnectionState.Open || failure?.Code == "ESOCKET";
        var isRolledBack = result.HasErrors && !isLost && argument.TryGetProperty("inTransaction", out var open) && open.ValueKind == JsonValueKind.True
            && await IsRolledBackAsync(lease.Connection).ConfigureAwait(false);
        return result.ToAnswer(command, failure, isRolledBack, isLost);
    }

    private SqlCommand CommandOf(SqlConnection connection, JsonElement argument)
    {
        var isProcedure = ModuleJson.StringOf(argument, "kind") == "procedure";
        var command = new SqlCommand(ModuleJson.StringOf(argument, "text") ?? "", connection)
        {
            CommandType = isProcedure ? CommandType.StoredProcedure : CommandType.Text,
            CommandTimeout = Math.Max(1, (int)Math.Ceiling(run.TimeLeft.TotalSeconds)),
        };
        SqlServerParameters.Add(command.Parameters, argument);
        if (isProcedure)
        {
            command.Parameters.Add(new SqlParameter("@RETURN_VALUE", SqlDbType.Int) { Direction = ParameterDirection.ReturnValue });
        }

        return command;
    }

    /// <summary>Whether an error has ended the transaction, as it does with XACT_ABORT or a deadlock.</summary>
    private async Task<bool> IsRolledBackAsync(SqlConnection connection)
    {
        try
        {
            await using var command = new SqlCommand("SELECT @@TRANCOUNT", connection);
            return await command.ExecuteScalarAsync(run.Ended).ConfigureAwait(false) is 0;
        }
        catch (SqlException)
        {
            return true;
        }
    }

    private async Task<ModuleAnswer> CancelAsync(JsonElement argument)
    {
        if (_leases.Find(argument)?.Current is { } current)
        {
            try
            {
                await current.CancelAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // It has ended meanwhile.
            }
        }

        return ModuleAnswer.Null;
    }

    private async Task<ModuleAnswer> CloseAsync(JsonElement argument)
    {
        await CancelAsync(argument).ConfigureAwait(false);
        await _leases.ReleaseAsync(argument).ConfigureAwait(false);
        return ModuleAnswer.Null;
    }

    private sealed class Lease(SqlConnection connection, PoolEntry<SqlServerPool> entry) : ConnectionLease
    {
        /// <summary>Cancels the statement that runs.</summary>
        public volatile CancellationTokenSource? Current;

        public SqlConnection Connection => connection;

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
