using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>A script as the editor shows it.</summary>
public sealed record DatabaseScriptState
{
    public required ScriptKind Kind { get; init; }

    /// <summary>The draft; empty while nothing was written.</summary>
    public required string Draft { get; init; }

    /// <summary>The dialect that somebody chose by hand for the draft; null where reading it tells.</summary>
    public required ScriptDialect? DraftDialect { get; init; }

    public required DateTimeOffset? DraftSavedAt { get; init; }

    public required string? DraftSavedBy { get; init; }

    /// <summary>To be given back when saving; null while nothing is stored.</summary>
    public required Guid? ConcurrencyStamp { get; init; }

    /// <summary>Whether the draft, exactly as saved, succeeded in a test run.</summary>
    public required bool IsDraftTested { get; init; }

    /// <summary>The version log-ins use, or null.</summary>
    public required ScriptVersionSummary? Published { get; init; }

    /// <summary>Whether the draft differs from the published version.</summary>
    public required bool HasUnpublishedChanges { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ScriptVersionSummary> Versions { get; init; }
}

/// <summary>A version without its source.</summary>
/// <param name="Id">The version.</param>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Author">Who published it.</param>
/// <param name="Note">What they said about it.</param>
/// <param name="CreatedAt">When they did.</param>
/// <param name="IsTested">Whether a test run of exactly this source succeeded, before or after.</param>
/// <param name="Dialect">The dialect that somebody chose by hand; null where reading the source tells.</param>
public sealed record ScriptVersionSummary(Guid Id, int Number, string? Author, string? Note, DateTimeOffset CreatedAt, bool IsTested, ScriptDialect? Dialect = null);

/// <summary>How saving a draft went.</summary>
public abstract record DraftSave
{
    private DraftSave()
    {
    }

    public sealed record Saved(DatabaseScriptState State) : DraftSave;

    public sealed record Refused(string Message) : DraftSave;

    /// <summary>Somebody else saved in between; nothing was stored.</summary>
    public sealed record ChangedMeanwhile(DatabaseScriptState State) : DraftSave;
}

/// <summary>How publishing went.</summary>
public abstract record ScriptPublish
{
    private ScriptPublish()
    {
    }

    public sealed record Published(DatabaseScriptState State, int Number) : ScriptPublish;

    /// <summary>The script cannot run; the draft is kept, nothing was published.</summary>
    public sealed record Refused(string Message, IReadOnlyList<ScriptProblem> Problems) : ScriptPublish;

    /// <summary>Somebody else saved in between; nothing was stored.</summary>
    public sealed record ChangedMeanwhile(DatabaseScriptState State) : ScriptPublish;
}
