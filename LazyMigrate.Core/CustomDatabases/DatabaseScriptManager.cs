using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>The scripts of the custom database: drafts, and immutable versions of which one is published.</summary>
public sealed class DatabaseScriptManager(
    IDbContextFactory<AppDbContext> contexts,
    IScriptInspector inspector,
    ActivityFactory activity,
    TimeProvider time)
{
    private static readonly int s_sourceLength = new ScriptLimits().SourceLength;

    /// <summary>The script of that kind, or null while there is no custom database.</summary>
    public async Task<DatabaseScriptState?> GetAsync(ScriptKind kind, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken) is not { } database)
        {
            return null;
        }

        return await ReadAsync(context, database.Id, kind, cancellationToken);
    }

    /// <summary>The source of one version, or null when there is none of that id.</summary>
    public async Task<string?> GetVersionSourceAsync(Guid versionId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ScriptVersions.Where(version => version.Id == versionId).Select(version => version.Source).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Stores what the editor holds. Log-ins do not see it.</summary>
    /// <exception cref="InvalidOperationException">There is no custom database.</exception>
    public async Task<DraftSave> SaveDraftAsync(ScriptKind kind, string source, Guid? concurrencyStamp, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        if (source.Length > s_sourceLength)
        {
            return new DraftSave.Refused(TooLong(source));
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var databaseId = await RequireDatabaseAsync(context, cancellationToken);
        if (await WriteDraftAsync(context, databaseId, kind, source, concurrencyStamp, actor, cancellationToken) is not { } script)
        {
            return new DraftSave.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
        }

        context.Add(activity.Create(ActivityKinds.ScriptDraftSaved, actor, customDatabaseId: databaseId, outcome: script.Kind.ToString()));
        return await TrySaveAsync(context, cancellationToken)
            ? new DraftSave.Saved(await ReadAsync(context, databaseId, kind, cancellationToken))
            : new DraftSave.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
    }

    /// <summary>Stores what the editor holds as the next version and lets log-ins use it from now on.</summary>
    /// <exception cref="InvalidOperationException">There is no custom database.</exception>
    public async Task<ScriptPublish> PublishAsync(
        ScriptKind kind,
        string source,
        string? note,
        Guid? concurrencyStamp,
        ActivityActor actor,
        CancellationToken cancellationToken = default)
    {
        if (source.Length > s_sourceLength)
        {
            return new ScriptPublish.Refused(TooLong(source), []);
        }

        var inspection = inspector.Inspect(kind, source);
        if (!inspection.IsRunnable)
        {
            return new ScriptPublish.Refused("This script cannot run yet; mend the errors first.", inspection.Problems);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var databaseId = await RequireDatabaseAsync(context, cancellationToken);
        if (await WriteDraftAsync(context, databaseId, kind, source, concurrencyStamp, actor, cancellationToken) is not { } script)
        {
            return new ScriptPublish.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
        }

        // The version refers to the script and the script to the version: two saves, one transaction.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await TrySaveAsync(context, cancellationToken))
        {
            return new ScriptPublish.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
        }

        var last = await context.ScriptVersions.Where(version => version.ScriptId == script.Id).MaxAsync(version => (int?)version.Number, cancellationToken) ?? 0;
        var version = new ScriptVersion
        {
            ScriptId = script.Id,
            Number = last + 1,
            Source = source,
            SourceHash = HashOf(source),
            Author = actor.Name,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim()[..Math.Min(note.Trim().Length, ScriptVersion.NoteLength)],
            CreatedAt = time.GetUtcNow(),
        };
        context.Add(version);
        context.Add(activity.Create(
            ActivityKinds.ScriptPublished,
            actor,
            customDatabaseId: databaseId,
            scriptVersionId: version.Id,
            outcome: kind.ToString(),
            detail: $"Version {version.Number} published."));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            script.PublishedVersionId = version.Id;
            script.IsPublishedTested = script.TestedHash == version.SourceHash;
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || UniqueViolation.Is(exception))
        {
            await transaction.RollbackAsync(cancellationToken);
            context.ChangeTracker.Clear();
            return new ScriptPublish.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
        }

        return new ScriptPublish.Published(await ReadAsync(context, databaseId, kind, cancellationToken), version.Number);
    }

    /// <summary>Notes that a test run of exactly this source succeeded. The switch asks for it (docs/flows: Switches).</summary>
    public async Task MarkTestedAsync(ScriptKind kind, string source, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken) is not { } database)
        {
            return;
        }

        // No change of the stamp: a test run must not turn somebody's open editor into a conflict.
        var hash = HashOf(source);
        await context.DatabaseScripts
            .Where(script => script.CustomDatabaseId == database.Id && script.Kind == kind)
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(script => script.TestedHash, hash)
                    .SetProperty(
                        script => script.IsPublishedTested,
                        script => script.IsPublishedTested || context.ScriptVersions.Any(version => version.Id == script.PublishedVersionId && version.SourceHash == hash)),
                cancellationToken);
    }

    internal static string HashOf(string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));

    private static string TooLong(string source) =>
        $"The script has {source.Length:N0} characters; at most {s_sourceLength:N0} are allowed.";

    private static async Task<Guid> RequireDatabaseAsync(AppDbContext context, CancellationToken cancellationToken) =>
        (await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken))?.Id
        ?? throw new InvalidOperationException("There is no custom database.");

    /// <returns>The tracked script, or null when somebody else saved in between.</returns>
    private async Task<DatabaseScript?> WriteDraftAsync(
        AppDbContext context,
        Guid databaseId,
        ScriptKind kind,
        string source,
        Guid? concurrencyStamp,
        ActivityActor actor,
        CancellationToken cancellationToken)
    {
        var script = await context.DatabaseScripts.FirstOrDefaultAsync(script => script.CustomDatabaseId == databaseId && script.Kind == kind, cancellationToken);
        if (script?.ConcurrencyStamp != concurrencyStamp)
        {
            return null;
        }

        if (script is null)
        {
            script = new DatabaseScript { CustomDatabaseId = databaseId, Kind = kind, Draft = source };
            context.Add(script);
        }

        script.Draft = source;
        script.DraftSavedAt = time.GetUtcNow();
        script.DraftSavedBy = actor.Name;
        script.ConcurrencyStamp = Guid.NewGuid();
        return script;
    }

    /// <returns>False when somebody else saved in between.</returns>
    private static async Task<bool> TrySaveAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || UniqueViolation.Is(exception))
        {
            context.ChangeTracker.Clear();
            return false;
        }
    }

    private static async Task<DatabaseScriptState> ReadAsync(AppDbContext context, Guid databaseId, ScriptKind kind, CancellationToken cancellationToken)
    {
        var script = await context.DatabaseScripts.AsNoTracking()
            .FirstOrDefaultAsync(script => script.CustomDatabaseId == databaseId && script.Kind == kind, cancellationToken);
        var versions = script is null
            ? []
            : await context.ScriptVersions.AsNoTracking()
                .Where(version => version.ScriptId == script.Id)
                .OrderByDescending(version => version.Number)
                .Select(version => new { version.SourceHash, Summary = new ScriptVersionSummary(version.Id, version.Number, version.Author, version.Note, version.CreatedAt) })
                .ToListAsync(cancellationToken);
        var published = versions.FirstOrDefault(version => version.Summary.Id == script!.PublishedVersionId);
        var draftHash = script is null ? null : HashOf(script.Draft);
        return new DatabaseScriptState
        {
            Kind = kind,
            Draft = script?.Draft ?? "",
            DraftSavedAt = script?.DraftSavedAt,
            DraftSavedBy = script?.DraftSavedBy,
            ConcurrencyStamp = script?.ConcurrencyStamp,
            IsDraftTested = draftHash is not null && draftHash == script!.TestedHash,
            Published = published?.Summary,
            HasUnpublishedChanges = script is not null && published?.SourceHash != draftHash,
            Versions = versions.Select(version => version.Summary).ToList(),
        };
    }
}
