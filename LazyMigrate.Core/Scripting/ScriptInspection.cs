namespace LazyMigrate.Core.Scripting;

/// <summary>What reading a script tells, without running it.</summary>
/// <param name="Functions">Names of the functions at the top level.</param>
/// <param name="Modules">Names that it requires with a literal, in order of appearance, without version.</param>
/// <param name="Problems">What would keep it from running, or is worth a warning.</param>
public sealed record ScriptInspection(
    IReadOnlyList<string> Functions,
    IReadOnlyList<string> Modules,
    IReadOnlyList<ScriptProblem> Problems)
{
    /// <summary>How its function gives its answer: as was said, or as reading it tells.</summary>
    public ScriptDialect Dialect { get; init; }

    /// <summary>What reading it tells, whatever was said.</summary>
    public ScriptDialect DetectedDialect { get; init; }

    /// <summary>Whether it has the function that its kind asks for.</summary>
    public bool HasFunction { get; init; }

    /// <summary>What stands in its <c>require('…')</c>, versions and all.</summary>
    public IReadOnlyList<string> Requests { get; init; } = [];

    /// <summary>Those of <see cref="Modules"/> that scripts cannot require.</summary>
    public IReadOnlyList<string> UnavailableModules { get; init; } = [];

    /// <summary>Whether it can be published.</summary>
    public bool IsRunnable => Problems.All(problem => problem.Severity != ScriptProblemSeverity.Error);
}

/// <summary>Something that reading a script found.</summary>
/// <param name="Severity">Whether it keeps the script from running.</param>
/// <param name="Message">One or two sentences for the administrator.</param>
/// <param name="Position">Where, if it is at one place.</param>
public sealed record ScriptProblem(ScriptProblemSeverity Severity, string Message, ScriptPosition? Position)
{
    /// <summary>One of <see cref="ScriptProblemCodes"/>, stable for programs; null where there is only the sentence.</summary>
    public string? Code { get; init; }
}

public enum ScriptProblemSeverity
{
    Warning,
    Error,
}

/// <summary>Reads scripts without running them.</summary>
public interface IScriptInspector
{
    /// <param name="kind">What the script is for.</param>
    /// <param name="source">The script.</param>
    /// <param name="dialect">The dialect that somebody chose by hand, or null to find out.</param>
    ScriptInspection Inspect(ScriptKind kind, string source, ScriptDialect? dialect = null);
}
