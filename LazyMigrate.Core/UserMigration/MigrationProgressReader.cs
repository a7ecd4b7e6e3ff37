using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using Microsoft.Extensions.Caching.Memory;

namespace LazyMigrate.Core.UserMigration;

/// <summary>How far the migration is.</summary>
public sealed class MigrationProgressReader(
    UserQueries users,
    CustomDatabaseManager databases,
    LegacyDirectory legacy,
    IMemoryCache cache)
{
    // A page that many administrators keep open must not make the legacy database count all day.
    private static readonly TimeSpan s_countLifetime = TimeSpan.FromSeconds(60);

    /// <summary>Reads the local counts at once; the legacy database is asked for its count at most once a minute.</summary>
    public async Task<MigrationProgress> GetAsync(CancellationToken cancellationToken = default)
    {
        var origins = await users.CountByOriginAsync(cancellationToken);
        var database = await databases.GetPublishedAsync(cancellationToken);
        var moved = await users.CountMovedAsync(database?.Id, cancellationToken);
        return new MigrationProgress(database?.Mode ?? MigrationMode.Off, moved, origins.Values.Sum(), await CountAsync(database, cancellationToken));
    }

    private async Task<LegacyCount> CountAsync(PublishedDatabase? database, CancellationToken cancellationToken)
    {
        if (database is null || !database.Scripts.TryGetValue(ScriptKind.CountUsers, out var script))
        {
            return new LegacyCount.Unknown();
        }

        var key = (nameof(MigrationProgressReader), database.Id, script.VersionId);
        if (cache.TryGetValue(key, out LegacyCount? known))
        {
            return known!;
        }

        LegacyCount count = await legacy.CountAsync(database, cancellationToken) switch
        {
            CountOutcome.Counted counted => new LegacyCount.Counted(counted.Users),
            CountOutcome.Failed failed => new LegacyCount.Failed(failed.Failure.Message),
            _ => new LegacyCount.Unknown(),
        };
        return cache.Set(key, count, s_countLifetime);
    }
}

/// <summary>How far the migration is.</summary>
/// <param name="Mode">The switch.</param>
/// <param name="Moved">Users that came from the legacy database, and those who were here and are somebody there.</param>
/// <param name="Users">All users here.</param>
/// <param name="LegacyUsers">How many people the legacy database holds.</param>
public sealed record MigrationProgress(MigrationMode Mode, int Moved, int Users, LegacyCount LegacyUsers)
{
    /// <summary>How many have not moved, or null when the legacy database's count is not known.</summary>
    public long? Left => LegacyUsers is LegacyCount.Counted counted ? Math.Max(0, counted.Users - Moved) : null;
}

/// <summary>How many people the legacy database holds.</summary>
public abstract record LegacyCount
{
    private LegacyCount()
    {
    }

    public sealed record Counted(long Users) : LegacyCount;

    /// <summary>No <c>countUsers</c> script is published.</summary>
    public sealed record Unknown : LegacyCount;

    public sealed record Failed(string Message) : LegacyCount;
}
