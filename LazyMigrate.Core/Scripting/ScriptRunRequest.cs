namespace LazyMigrate.Core.Scripting;

/// <summary>All that one run needs. It is plain data, so that it can cross to a worker process.</summary>
public sealed record ScriptRunRequest
{
    public required ScriptKind Kind { get; init; }

    /// <summary>How the function gives its answer.</summary>
    public ScriptDialect Dialect { get; init; }

    /// <summary>The script as the administrator wrote it.</summary>
    public required string Source { get; init; }

    /// <summary>The function's arguments: one JSON array.</summary>
    public required string ArgumentsJson { get; init; }

    /// <summary>What the script sees as <c>env</c> and <c>process.env</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What the modules of this run may reach.</summary>
    public LegacyAccess Access { get; init; } = LegacyAccess.None;

    /// <summary>The names of the packages that were brought along: what <c>require</c> finds beside what is built in. Set by the runner.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Exact values that are masked in console lines and errors: the password of the run, the secrets of the custom database.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public ScriptLimits Limits { get; init; } = new();
}

/// <summary>What the modules of a run may reach.</summary>
/// <param name="Hosts">Exact <c>host:port</c> pairs, lower case.</param>
/// <param name="SqliteFolder">Absolute path of the folder whose SQLite files may be read, or null for none.</param>
/// <param name="SqliteFiles">Absolute paths of further SQLite files that may be read.</param>
public sealed record LegacyAccess(IReadOnlyList<string> Hosts, string? SqliteFolder, IReadOnlyList<string> SqliteFiles)
{
    public static LegacyAccess None { get; } = new([], null, []);
}
