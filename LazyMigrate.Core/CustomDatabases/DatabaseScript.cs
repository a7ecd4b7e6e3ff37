using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>An administrator's script of one kind: its draft and which version is published.</summary>
public sealed class DatabaseScript
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid CustomDatabaseId { get; init; }

    public ScriptKind Kind { get; init; }

    /// <summary>What the editor holds; never run for a real log-in.</summary>
    public required string Draft { get; set; }

    /// <summary>The dialect that somebody chose by hand for the draft; null where reading it tells.</summary>
    public ScriptDialect? DraftDialect { get; set; }

    public DateTimeOffset DraftSavedAt { get; set; }

    public string? DraftSavedBy { get; set; }

    /// <summary>The version that log-ins use, or null.</summary>
    public Guid? PublishedVersionId { get; set; }

    public ScriptVersion? PublishedVersion { get; set; }

    /// <summary>The <see cref="ScriptVersion.SourceHash"/> of what a test run last succeeded with.</summary>
    public string? TestedHash { get; set; }

    /// <summary>Whether a test run of exactly the published version succeeded; testing a newer draft does not change it.</summary>
    public bool IsPublishedTested { get; set; }

    /// <summary>Changes with every save.</summary>
    public Guid ConcurrencyStamp { get; set; } = Guid.NewGuid();

    public ICollection<ScriptVersion> Versions { get; init; } = [];
}

/// <summary>One published state of a script. What was published never changes.</summary>
public sealed class ScriptVersion
{
    public const int NoteLength = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid ScriptId { get; init; }

    /// <summary>From 1, without gaps, within one script.</summary>
    public int Number { get; init; }

    public required string Source { get; init; }

    /// <summary>The dialect that somebody chose by hand; null where reading the source tells.</summary>
    public ScriptDialect? Dialect { get; init; }

    /// <summary>SHA-256 as hex of <see cref="Source"/>, and of <see cref="Dialect"/> where one was chosen: the same text in another dialect is another script.</summary>
    public required string SourceHash { get; init; }

    public string? Author { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// When a test run of exactly this source was first known to have succeeded; null while none has. It is about the source, not
    /// of it: noted once, in every version of that source, and never taken back, so that a roll-back needs no new test.
    /// </summary>
    public DateTimeOffset? TestedAt { get; set; }
}
