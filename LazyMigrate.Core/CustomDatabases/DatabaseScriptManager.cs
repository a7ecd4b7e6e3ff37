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
    /// <summary>Within it, saves of one person's draft of one script are one event of the activity.</summary>
    /// <remarks>Counted from the event on, which is never changed: whoever writes for an hour leaves six.</remarks>
    private static readonly TimeSpan s_draftEvent = TimeSpan.FromMinutes(10);

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
    /// <param name="kind">Which script.</param>
    /// <param name="source">What the editor holds.</param>
    /// <param name="concurrencyStamp">Of the state that it was made from.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="dialect">The dialect that was chosen by hand; null where reading the source tells.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored.</param>
    /// <exception cref="InvalidOperationException">There is no custom database.</exception>
    public async Task<DraftSave> SaveDraftAsync(
        ScriptKind kind,
        string source,
        Guid? concurrencyStamp,
        ActivityActor actor,
        ScriptDialect? dialect = null,
        CancellationToken cancellationToken = default)
    {
        if (source.Length > s_sourceLength)
        {
            return new DraftSave.Refused(TooLong(source));
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var databaseId = await RequireDatabaseAsync(context, cancellationToken);
        if (await WriteDraftAsync(context, databaseId, kind, source, dialect, concurrencyStamp, actor, cancellationToken) is not { } script)
        {
            return new DraftSave.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
        }

        if (!await IsDraftToldAsync(context, databaseId, kind, actor, cancellationToken))
        {
            context.Add(activity.Create(ActivityKinds.ScriptDraftSaved, actor, customDatabaseId: databaseId, outcome: script.Kind.ToString()));
        }

        return await TrySaveAsync(context, cancellationToken)
            ? new DraftSave.Saved(await ReadAsync(context, databaseId, kind, cancellationToken))
            : new DraftSave.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
    }

    /// <summary>Stores what the editor holds as the next version and lets log-ins use it from now on.</summary>
    /// <param name="note">What was said about it.</param>
    /// <inheritdoc cref="SaveDraftAsync" path="/param"/>
    /// <exception cref="InvalidOperationException">There is no custom database.</exception>
    public async Task<ScriptPublish> PublishAsync(
        ScriptKind kind,
        string source,
        string? note,
        Guid? concurrencyStamp,
        ActivityActor actor,
        ScriptDialect? dialect = null,
        CancellationToken cancellationToken = default)
    {
        if (source.Length > s_sourceLength)
        {
            return new ScriptPublish.Refused(TooLong(source), []);
        }

        var inspection = inspector.Inspect(kind, source, dialect);
        if (!inspection.IsRunnable)
        {
            return new ScriptPublish.Refused("This script cannot run yet; mend the errors first.", inspection.Problems);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var databaseId = await RequireDatabaseAsync(context, cancellationToken);
        if (await WriteDraftAsync(context, databaseId, kind, source, dialect, concurrencyStamp, actor, cancellationToken) is not { } script)
        {
            return new ScriptPublish.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
        }

        return await AddVersionAsync(context, script, source, script.DraftDialect, Shorten(note), actor, rolledBackTo: null, cancellationToken);
    }

    /// <summary>Stores the source of an older version as the next version and lets log-ins use it from now on. The draft stays as it is.</summary>
    /// <param name="versionId">Whose source.</param>
    /// <exception cref="InvalidOperationException">There is no custom database.</exception>
    /// <inheritdoc cref="PublishAsync" path="/param"/>
    public async Task<ScriptPublish> RollBackAsync(
        ScriptKind kind,
        Guid versionId,
        Guid? concurrencyStamp,
        ActivityActor actor,
        CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var databaseId = await RequireDatabaseAsync(context, cancellationToken);
        var script = await context.DatabaseScripts.FirstOrDefaultAsync(script => script.CustomDatabaseId == databaseId && script.Kind == kind, cancellationToken);
        if (script is null || script.ConcurrencyStamp != concurrencyStamp)
        {
            return new ScriptPublish.ChangedMeanwhile(await ReadAsync(context, databaseId, kind, cancellationToken));
        }

        if (await context.ScriptVersions.AsNoTracking().FirstOrDefaultAsync(version => version.Id == versionId && version.ScriptId == script.Id, cancellationToken) is not { } old)
        {
            return new ScriptPublish.Refused("This version is gone.", []);
        }

        if (old.Id == script.PublishedVersionId)
        {
            return new ScriptPublish.Refused($"Version {old.Number} is the published one already.", []);
        }

        // What could run when it was published may use something that is no longer there.
        var inspection = inspector.Inspect(kind, old.Source, old.Dialect);
        if (!inspection.IsRunnable)
        {
            return new ScriptPublish.Refused($"Version {old.Number} cannot run any more: load it into the editor and mend the errors first.", inspection.Problems);
        }

        script.ConcurrencyStamp = Guid.NewGuid();
        return await AddVersionAsync(context, script, old.Source, old.Dialect, $"Rolled back to version {old.Number}", actor, old.Number, cancellationToken);
    }

    /// <summary>Notes that a test run of exactly this source succeeded. The switch asks for it (docs/flows: Switches).</summary>
    public async Task MarkTestedAsync(ScriptKind kind, string source, ScriptDialect? dialect = null, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken) is not { } database)
        {
            return;
        }

        // No change of the stamp: a test run must not turn somebody's open editor into a conflict. The first statement holds
        // the row until the end, so that a version published meanwhile either is seen by the others or sees this mark.
        var hash = HashOf(source, DialectOf(kind, dialect));
        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var scripts = context.DatabaseScripts.Where(script => script.CustomDatabaseId == database.Id && script.Kind == kind);
        await scripts.ExecuteUpdateAsync(update => update.SetProperty(script => script.TestedHash, hash), cancellationToken);
        await context.ScriptVersions
            .Where(version => version.SourceHash == hash && version.TestedAt == null && scripts.Any(script => script.Id == version.ScriptId))
            .ExecuteUpdateAsync(update => update.SetProperty(version => version.TestedAt, now), cancellationToken);
        await scripts
            .Where(script => context.ScriptVersions.Any(version => version.Id == script.PublishedVersionId && version.SourceHash == hash))
            .ExecuteUpdateAsync(update => update.SetProperty(script => script.IsPublishedTested, true), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    internal static string HashOf(string source, ScriptDialect? dialect) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dialect is null ? source : $"{source}\0{dialect}")));

    /// <summary>The optional scripts have one dialect only, whatever was said.</summary>
    private static ScriptDialect? DialectOf(ScriptKind kind, ScriptDialect? dialect) => kind is ScriptKind.Login or ScriptKind.SearchUser ? dialect : null;

    private static string TooLong(string source) =>
        $"The script has {source.Length:N0} characters; at most {s_sourceLength:N0} are allowed.";

    private static async Task<Guid> RequireDatabaseAsync(AppDbContext context, CancellationToken cancellationToken) =>
        (await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken))?.Id
        ?? throw new InvalidOperationException("There is no custom database.");

    private static string? Shorten(string? note) =>
        string.IsNullOrWhiteSpace(note) ? null : note.Trim()[..Math.Min(note.Trim().Length, ScriptVersion.NoteLength)];

    private async Task<bool> IsDraftToldAsync(AppDbContext context, Guid databaseId, ScriptKind kind, ActivityActor actor, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - s_draftEvent;
        var word = kind.ToString();
        return await context.ActivityEvents.AnyAsync(
            item => item.Time > since
                && item.Kind == ActivityKinds.ScriptDraftSaved
                && item.CustomDatabaseId == databaseId
                && item.Outcome == word
                && item.ActorId == actor.Id
                && item.ActorName == actor.Name,
            cancellationToken);
    }

    /// <param name="script">Tracked, with a new stamp that is not saved yet.</param>
    private async Task<ScriptPublish> AddVersionAsync(
        AppDbContext context,
        DatabaseScript script,
        string source,
        ScriptDialect? dialect,
        string? note,
        ActivityActor actor,
        int? rolledBackTo,
        CancellationToken cancellationToken)
    {
        // The version refers to the script and the script to the version: two saves, one transaction.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await TrySaveAsync(context, cancellationToken))
        {
            return new ScriptPublish.ChangedMeanwhile(await ReadAsync(context, script.CustomDatabaseId, script.Kind, cancellationToken));
        }

        var versions = context.ScriptVersions.Where(version => version.ScriptId == script.Id);
        var last = await versions.MaxAsync(version => (int?)version.Number, cancellationToken) ?? 0;
        var hash = HashOf(source, dialect);

        // Asked of the database: a test run may have been noted since the script was read.
        var isTested = await context.DatabaseScripts.AnyAsync(item => item.Id == script.Id && item.TestedHash == hash, cancellationToken)
            || await versions.AnyAsync(version => version.SourceHash == hash && version.TestedAt != null, cancellationToken);
        var version = new ScriptVersion
        {
            ScriptId = script.Id,
            Number = last + 1,
            Source = source,
            Dialect = dialect,
            SourceHash = hash,
            Author = actor.Name,
            Note = note,
            CreatedAt = time.GetUtcNow(),
            TestedAt = isTested ? time.GetUtcNow() : null,
        };
        context.Add(version);
        context.Add(activity.Create(
            rolledBackTo is null ? ActivityKinds.ScriptPublished : ActivityKinds.ScriptRolledBack,
            actor,
            customDatabaseId: script.CustomDatabaseId,
            scriptVersionId: version.Id,
            outcome: script.Kind.ToString(),
            detail: Describe(version, last, rolledBackTo)));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            script.PublishedVersionId = version.Id;
            script.IsPublishedTested = isTested;
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || UniqueViolation.Is(exception))
        {
            await transaction.RollbackAsync(cancellationToken);
            context.ChangeTracker.Clear();
            return new ScriptPublish.ChangedMeanwhile(await ReadAsync(context, script.CustomDatabaseId, script.Kind, cancellationToken));
        }

        return new ScriptPublish.Published(await ReadAsync(context, script.CustomDatabaseId, script.Kind, cancellationToken), version.Number);
    }

    /// <summary>What took the place of what; versions are kept, so their numbers say all.</summary>
    private static string Describe(ScriptVersion version, int before, int? rolledBackTo)
    {
        var published = before == 0 ? $"Version {version.Number} published." : $"From version {before} to version {version.Number}.";
        var source = rolledBackTo is null ? "" : $" It has the source of version {rolledBackTo}.";
        var tested = version.TestedAt is null ? " Not tested." : "";
        return published + source + tested + (string.IsNullOrWhiteSpace(version.Note) ? "" : $" Note: {version.Note}");
    }

    /// <returns>The tracked script, or null when somebody else saved in between.</returns>
    private async Task<DatabaseScript?> WriteDraftAsync(
        AppDbContext context,
        Guid databaseId,
        ScriptKind kind,
        string source,
        ScriptDialect? dialect,
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
        script.DraftDialect = DialectOf(kind, dialect);
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
                .Select(version => new { version.SourceHash, Summary = new ScriptVersionSummary(version.Id, version.Number, version.Author, version.Note, version.CreatedAt, version.TestedAt != null, version.Dialect) })
                .ToListAsync(cancellationToken);
        var published = versions.FirstOrDefault(version => version.Summary.Id == script!.PublishedVersionId);
        var draftHash = script is null ? null : HashOf(script.Draft, script.DraftDialect);
        return new DatabaseScriptState
        {
            Kind = kind,
            Draft = script?.Draft ?? "",
            DraftDialect = script?.DraftDialect,
            DraftSavedAt = script?.DraftSavedAt,
            DraftSavedBy = script?.DraftSavedBy,
            ConcurrencyStamp = script?.ConcurrencyStamp,
            IsDraftTested = draftHash is not null && (draftHash == script!.TestedHash || versions.Any(version => version.SourceHash == draftHash && version.Summary.IsTested)),
            Published = published?.Summary,
            HasUnpublishedChanges = script is not null && published?.SourceHash != draftHash,
            Versions = versions.Select(version => version.Summary).ToList(),
        };
    }
}
