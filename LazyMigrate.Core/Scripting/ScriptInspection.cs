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
    /// <summary>How its function gives its answer.</summary>
    public ScriptDialect Dialect { get; init; }

    /// <summary>Those of <see cref="Modules"/> that scripts cannot require.</summary>
    public IReadOnlyList<string> UnavailableModules { get; init; } = [];

    /// <summary>Whether it can be published.</summary>
    public bool IsRunnable => Problems.All(problem => problem.Severity != ScriptProblemSeverity.Error);
}

/// <summary>Something that reading a script found.</summary>
public sealed record ScriptProblem(ScriptProblemSeverity Severity, string Message, ScriptPosition? Position);

public enum ScriptProblemSeverity
{
    Warning,
    Error,
}

/// <summary>Reads scripts without running them.</summary>
public interface IScriptInspector
{
    ScriptInspection Inspect(ScriptKind kind, string source);
}
