using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>Changes the mode of the migration. It takes effect at the next log-in, on every node: nothing is cached.</summary>
public sealed class MigrationSwitch(IDbContextFactory<AppDbContext> contexts, ActivityFactory activity, TimeProvider time)
{
    private static readonly ScriptKind[] s_required = [ScriptKind.Login, ScriptKind.SearchUser];

    /// <summary>What lazy migration still lacks.</summary>
    public async Task<SwitchReadiness> GetReadinessAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var database = await CustomDatabaseManager.CurrentAsync(
            context.CustomDatabases.AsNoTracking().Include(database => database.Scripts).ThenInclude(script => script.PublishedVersion),
            cancellationToken);
        return ReadinessOf(database);
    }

    /// <summary>Changes the mode.</summary>
    /// <returns>What is still lacking; nothing was changed unless it is ready or <paramref name="mode"/> is not <see cref="MigrationMode.LazyMigration"/>.</returns>
    public async Task<SwitchReadiness> SetAsync(MigrationMode mode, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Settings saved in the same moment would otherwise refuse the change of mode by their concurrency stamp.
        await using var transaction = await context.BeginAsOnlyWriterAsync(cancellationToken);
        var database = await CustomDatabaseManager.CurrentAsync(
            context.CustomDatabases.Include(database => database.Scripts).ThenInclude(script => script.PublishedVersion),
            cancellationToken);
        var readiness = ReadinessOf(database);
        if (database is null || database.Mode == mode || (mode == MigrationMode.LazyMigration && !readiness.IsReady))
        {
            return readiness;
        }

        var before = database.Mode;
        database.Mode = mode;
        database.UpdatedAt = time.GetUtcNow();
        context.Add(activity.Create(ActivityKinds.ModeChanged, actor, customDatabaseId: database.Id, outcome: mode.ToString(), detail: $"From {before} to {mode}."));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return readiness;
    }

    private static SwitchReadiness ReadinessOf(CustomDatabase? database) => new(
        database is not null,
        database?.Mode ?? MigrationMode.Off,
        s_required.Select(kind =>
        {
            var script = database?.Scripts.FirstOrDefault(script => script.Kind == kind);
            return new ScriptReadiness(
                kind,
                script?.PublishedVersion is not null,
                script is { PublishedVersion: not null, IsPublishedTested: true });
        }).ToList());
}

/// <summary>Whether lazy migration can be switched on.</summary>
/// <param name="HasDatabase">Whether a custom database is configured.</param>
/// <param name="Mode">The mode before the question.</param>
/// <param name="Scripts">The scripts that it needs.</param>
public sealed record SwitchReadiness(bool HasDatabase, MigrationMode Mode, IReadOnlyList<ScriptReadiness> Scripts)
{
    public bool IsReady => HasDatabase && Scripts.All(script => script.IsReady);
}

/// <summary>Whether one script is fit for log-ins.</summary>
/// <param name="Kind">Which.</param>
/// <param name="IsPublished">Whether there is a published version.</param>
/// <param name="IsTested">Whether exactly that version succeeded in a test run.</param>
public sealed record ScriptReadiness(ScriptKind Kind, bool IsPublished, bool IsTested)
{
    public bool IsReady => IsPublished && IsTested;
}
