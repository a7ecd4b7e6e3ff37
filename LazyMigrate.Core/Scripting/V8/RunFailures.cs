namespace LazyMigrate.Core.Scripting.V8;

/// <summary>The ends of a run that are not the script's own, in words for the administrator.</summary>
internal static class RunFailures
{
    public static ScriptCompletion.Failed NoAnswer(ScriptDialect dialect) => Of(
        ScriptFailureKind.NoAnswer,
        dialect == ScriptDialect.Auth0
            ? "The script ended without calling its callback, and nothing is pending any more. Every path must lead to callback(null, profile), callback(null) or callback(error), also after a promise that was rejected."
            : "The script ended without an answer: nothing is pending any more, but its promise was never settled. Check that every promise is awaited and every callback leads to a return or a throw.");

    public static ScriptCompletion.Failed Fault { get; } = Of(
        ScriptFailureKind.WorkerLost,
        "The script could not be run because of a fault of LazyMigrate's own. The server's log says more.");

    public static ScriptCompletion.Failed Canceled { get; } = Of(ScriptFailureKind.Canceled, "The run was cancelled.");

    public static ScriptCompletion.Failed Of(ScriptFailureKind kind, string message) => new(new ScriptFailure(kind, message));

    public static ScriptCompletion.Failed TimeLimit(ScriptLimits limits) => Of(
        ScriptFailureKind.TimeLimit,
        $"The script took longer than {limits.WallTime.TotalSeconds:0.###} s. Look for an endless loop, a promise that is never settled, or a database that does not answer.");

    public static ScriptCompletion.Failed CpuLimit(ScriptLimits limits) => Of(
        ScriptFailureKind.CpuLimit,
        $"The script computed for more than {limits.CpuTime.TotalSeconds:0.###} s. Look for an endless loop, a slow regular expression, or a password hash of too high a cost.");

    /// <summary>The limit that was passed, where not even V8's interrupts ended the script.</summary>
    public static ScriptCompletion.Failed Wedged(ScriptFailureKind limit, ScriptLimits limits) => Of(
        limit,
        limit == ScriptFailureKind.CpuLimit
            ? $"The script computed for more than {limits.CpuTime.TotalSeconds:0.###} s and could not be stopped. Look for an operation on a huge array or string."
            : $"The script took longer than {limits.WallTime.TotalSeconds:0.###} s and could not be stopped. Look for an operation on a huge array or string.");

    /// <summary>The thread that it was given to never got to it: that says nothing of the script, or of its database.</summary>
    public static ScriptCompletion.Failed NotBegun(ScriptLimits limits) => Of(
        ScriptFailureKind.Busy,
        $"The script was not begun within {limits.WallTime.TotalSeconds:0.###} s: its thread was still clearing up after the run before. Try again.");

    public static ScriptCompletion.Failed MemoryLimit(ScriptLimits limits) => Of(
        ScriptFailureKind.MemoryLimit,
        $"The script used more than {limits.HeapMegabytes} MB of memory. Read fewer rows, and keep less of them.");

    /// <summary>What the bootstrap tells: a kind and a detail.</summary>
    public static ScriptCompletion.Failed Told(string kind, string detail, ScriptRunRequest request) => kind switch
    {
        nameof(ScriptFailureKind.ResultLimit) when detail == "depth" => Of(
            ScriptFailureKind.ResultLimit,
            $"The answer is nested more than {request.Limits.ResultDepth} levels deep. {Advice(request.Kind)}"),
        nameof(ScriptFailureKind.ResultLimit) => Of(
            ScriptFailureKind.ResultLimit,
            $"The answer is longer than {request.Limits.ResultLength:N0} characters as JSON. {Advice(request.Kind)}"),
        nameof(ScriptFailureKind.BadAnswer) => Of(
            ScriptFailureKind.BadAnswer,
            $"The script answered with a value that JSON cannot hold (a {detail}). Return a profile object, or null where there is no such person."),
        _ => Of(
            ScriptFailureKind.FunctionMissing,
            $"The script does not define {ScriptFunctionNames.Described(request.Kind)}."),
    };

    private static string Advice(ScriptKind kind) => kind == ScriptKind.ListUsers
        ? "Return only the fields of the profiles, never more of them than `limit`, or ask for fewer on a page."
        : "Return only the fields of the profile.";
}
