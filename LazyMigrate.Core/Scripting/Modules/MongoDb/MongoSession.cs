using System.Collections.Concurrent;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace LazyMigrate.Core.Scripting.Modules.MongoDb;

/// <summary>The clients that one run has open: each a lease of a pool, and nothing of its own.</summary>
internal sealed class MongoSession(MongoPools pools, ModuleRun run) : IModuleSession
{
    private const int ClientsAtOnce = 10;

    private static readonly BsonDocumentCommand<BsonDocument> s_ping = new(new BsonDocument("ping", 1));
    private readonly ConcurrentDictionary<int, Lease> _leases = new();
    private int _lastId;

    public bool ReachesOutside(string operation) => operation is "connect" or "command";

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument) => operation switch
    {
        "connect" => ConnectAsync(argument),
        "command" => CommandAsync(argument),
        "close" => Task.FromResult(Close(ModuleJson.NumberOf(argument, "id") ?? 0)),
        _ => throw new ModuleException("ERR_INVALID_STATE", "mongodb has no such operation."),
    };

    public ValueTask DisposeAsync()
    {
        foreach (var id in _leases.Keys)
        {
            Close(id);
        }

        return ValueTask.CompletedTask;
    }

    private async Task<ModuleAnswer> ConnectAsync(JsonElement argument)
    {
        var named = MongoTarget.Read(argument);
        var target = await named.ResolveAsync(run.Ended).ConfigureAwait(false);
        var access = run.Access;
        if (named.IsSrv && access.Hosts.Contains(MongoTarget.HostAndPort(named.Hosts[0]), StringComparer.Ordinal))
        {
            // A name with an SRV record stands for the hosts behind it, which the driver takes only from the same domain.
            access = access with { Hosts = [.. access.Hosts.Concat(target.Hosts.Select(MongoTarget.HostAndPort)).Distinct(StringComparer.Ordinal)] };
        }

        foreach (var host in target.Hosts)
        {
            AllowedHosts.Check(access, MongoTarget.HostAndPort(host));
        }

        if (_leases.Count >= ClientsAtOnce)
        {
            throw new ModuleException("ERR_LIMIT", $"A script may have {ClientsAtOnce} clients open at most.");
        }

        var entry = pools.Find(target, access);
        try
        {
            await PingAsync(entry.Pool, target, run.TimeLeft, run.Ended).ConfigureAwait(false);
        }
        catch (ModuleException exception)
        {
            entry.Failed(exception.Code);
            throw;
        }

        entry.Leased();
        var id = Interlocked.Increment(ref _lastId);
        _leases[id] = new Lease(entry, target);
        if (run.Ended.IsCancellationRequested)
        {
            // The run's end may have passed by this lease already.
            Close(id);
        }

        return new ModuleAnswer($$"""{"id":{{id}}}""");
    }

    /// <summary>Finds a server, opens a connection and signs in, or says why not.</summary>
    public static async Task PingAsync(MongoPool pool, MongoTarget target, TimeSpan timeLeft, CancellationToken ended)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ended);
        limit.CancelAfter(target.SelectionTime < timeLeft ? target.SelectionTime : timeLeft);
        var database = pool.Client.GetDatabase("admin");
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                await database.RunCommandAsync(s_ping, ReadPreference.PrimaryPreferred, limit.Token).ConfigureAwait(false);
                return;
            }
            catch (MongoConnectionException exception) when (isFirst && exception is not MongoAuthenticationException && exception.IsNetworkException)
            {
                // A pooled connection that idled through a restart of the server looks open until it is used.
            }
            catch (OperationCanceledException) when (!ended.IsCancellationRequested)
            {
                throw MongoErrors.ToSelectionError(target, pool);
            }
            catch (Exception exception) when (MongoErrors.IsKnown(exception))
            {
                throw MongoErrors.ToModuleException(exception, target, pool);
            }
        }
    }

    private async Task<ModuleAnswer> CommandAsync(JsonElement argument)
    {
        if (!_leases.TryGetValue(ModuleJson.NumberOf(argument, "id") ?? 0, out var lease))
        {
            throw new ModuleException("ERR_INVALID_STATE", "Client must be connected before running operations");
        }

        try
        {
            var command = BsonSerializer.Deserialize<BsonDocument>(ModuleJson.BytesOf(argument, "command"));
            MongoCommandGuard.Check(command);
            var reply = await lease.Entry.Pool.Client
                .GetDatabase(ModuleJson.StringOf(argument, "database") ?? "test")
                .RunCommandAsync(
                    new BsonDocumentCommand<RawBsonDocument>(command, BsonSerializer.LookupSerializer<RawBsonDocument>()),
                    ReadPreferenceOf(ModuleJson.StringOf(argument, "read")),
                    run.Ended)
                .ConfigureAwait(false);
            using (reply)
            {
                return ToAnswer(reply);
            }
        }
        catch (ArgumentException)
        {
            throw new ModuleException("ERR_INVALID_ARG_VALUE", "The command is not one that can be sent: check the names of database and fields.");
        }
        catch (Exception exception) when (MongoErrors.IsKnown(exception))
        {
            throw MongoErrors.ToModuleException(exception, lease.Target, lease.Entry.Pool);
        }
    }

    private ModuleAnswer ToAnswer(RawBsonDocument reply)
    {
        var rows = CountRows(reply);
        var bytes = new byte[reply.Slice.Length];
        reply.Slice.GetBytes(0, bytes, 0, bytes.Length);
        return ModuleAnswer.Bytes(bytes) with { Rows = rows };
    }

    /// <summary>A row is a document of a cursor's batch, the value of findAndModify, or one of distinct's values; of a write, a changed document.</summary>
    private int? CountRows(RawBsonDocument reply)
    {
        if (reply.TryGetValue("cursor", out var cursor) && cursor is BsonDocument batches)
        {
            var batch = batches.TryGetValue("firstBatch", out var first) ? first : batches.GetValue("nextBatch", BsonNull.Value);
            return batch is BsonArray documents ? Count(documents) : null;
        }

        if (reply.TryGetValue("values", out var values) && values is BsonArray distinct)
        {
            return Count(distinct);
        }

        run.CountRow(reply.Slice.Length);
        return reply.TryGetValue("value", out var value) ? (value.IsBsonNull ? 0 : 1)
            : reply.TryGetValue("n", out var changed) && changed.IsNumeric ? changed.ToInt32()
            : null;
    }

    private int Count(BsonArray items)
    {
        var count = 0;
        foreach (var item in items)
        {
            run.CountRow(item is RawBsonDocument document ? document.Slice.Length : 16 + (item.IsString ? item.AsString.Length : 0));
            count++;
        }

        return count;
    }

    private static ReadPreference ReadPreferenceOf(string? mode) => mode switch
    {
        null or "primary" => ReadPreference.Primary,
        "primaryPreferred" => ReadPreference.PrimaryPreferred,
        "secondary" => ReadPreference.Secondary,
        "secondaryPreferred" => ReadPreference.SecondaryPreferred,
        "nearest" => ReadPreference.Nearest,
        _ => throw new ModuleException("ERR_INVALID_ARG_VALUE", "The read preference must be primary, primaryPreferred, secondary, secondaryPreferred or nearest."),
    };

    private ModuleAnswer Close(int id)
    {
        if (_leases.TryRemove(id, out var lease))
        {
            lease.Entry.GivenBack();
        }

        return ModuleAnswer.Null;
    }

    private sealed record Lease(PoolEntry<MongoPool> Entry, MongoTarget Target);
}
