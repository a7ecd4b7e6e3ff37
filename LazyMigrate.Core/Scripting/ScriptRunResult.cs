namespace LazyMigrate.Core.Scripting;

/// <summary>How a run ended, and what it left to look at.</summary>
/// <param name="Completion">The answer, the error the script threw, or why there is neither.</param>
/// <param name="Console">The captured lines, secrets masked.</param>
/// <param name="ModuleCalls">What was asked of modules; never a value.</param>
/// <param name="Duration">Wall-clock time of the run.</param>
public sealed record ScriptRunResult(
    ScriptCompletion Completion,
    IReadOnlyList<ScriptConsoleLine> Console,
    IReadOnlyList<ScriptModuleCall> ModuleCalls,
    TimeSpan Duration);

/// <summary>The end of a run: exactly one of the nested records.</summary>
public abstract record ScriptCompletion
{
    private ScriptCompletion()
    {
    }

    /// <summary>The function answered.</summary>
    /// <param name="Json">The answer as JSON, or null for <c>undefined</c>; an explicit <c>null</c> is the text <c>null</c>.</param>
    public sealed record Answered(string? Json) : ScriptCompletion;

    /// <summary>The function threw, or its promise was rejected.</summary>
    public sealed record Threw(ScriptError Error) : ScriptCompletion;

    /// <summary>The run ended without an answer of the script's own.</summary>
    public sealed record Failed(ScriptFailure Failure) : ScriptCompletion;
}

/// <summary>An error that a script threw. Text is masked; the stack has the script's own frames only.</summary>
/// <param name="Class">Which of the contract's error classes it is an instance of.</param>
/// <param name="Name">The error's <c>name</c>, for example <c>TypeError</c>.</param>
/// <param name="Message">The error's message.</param>
/// <param name="Code">The error's <c>code</c>, for example an SQLSTATE, where it has one.</param>
/// <param name="ModuleCallFailed">Whether a module call of this run failed: then a plain error does not mean a wrong password.</param>
/// <param name="Position">Where in the script it was thrown, if known.</param>
/// <param name="Stack">The script's own frames, one a line.</param>
public sealed record ScriptError(
    ScriptErrorClass Class,
    string Name,
    string Message,
    string? Code,
    bool ModuleCallFailed,
    ScriptPosition? Position,
    string? Stack)
{
    /// <summary>Whether the script handed the error to its callback, as the dialect auth0 wants it, instead of throwing it.</summary>
    public bool WasCalledBack { get; init; }
}

/// <summary>The error classes that a script can throw on purpose.</summary>
public enum ScriptErrorClass
{
    /// <summary>Any other error.</summary>
    Plain,
    UserNotFound,
    WrongPassword,
    Temporary,

    /// <summary>The dialect auth0's <c>UnauthorizedError</c>.</summary>
    Unauthorized,

    /// <summary>The dialect auth0's <c>ValidationError</c>.</summary>
    Validation,
}

/// <summary>Line and column in the script, both from 1.</summary>
public sealed record ScriptPosition(int Line, int Column);

/// <summary>Why a run gave no answer.</summary>
/// <param name="Kind">The kind, stable for programs.</param>
/// <param name="Message">One or two sentences for the administrator: what is wrong and what to change. Masked.</param>
/// <param name="Position">Where in the script, if known.</param>
public sealed record ScriptFailure(ScriptFailureKind Kind, string Message, ScriptPosition? Position = null)
{
    /// <summary>The script's own frames, one a line, where there are any.</summary>
    public string? Stack { get; init; }
}

/// <summary>Why a run gave no answer: the values are part of the command line's and the API's contract.</summary>
public enum ScriptFailureKind
{
    /// <summary>The source does not parse.</summary>
    SyntaxError,

    /// <summary>No function of the expected name.</summary>
    FunctionMissing,

    /// <summary>The template's placeholder has not been replaced.</summary>
    Placeholder,
    UnknownModule,

    /// <summary>A module call failed: the legacy database is down, refused, or has no such table.</summary>
    ModuleError,

    /// <summary>The script threw an error where the contract allows none.</summary>
    ScriptError,

    /// <summary>The script threw <c>TemporaryError</c>.</summary>
    TemporaryError,
    TimeLimit,
    CpuLimit,
    MemoryLimit,
    SourceLimit,
    ResultLimit,
    ModuleCallLimit,
    RowLimit,

    /// <summary>An HTTP response was longer than it may be.</summary>
    ResponseLimit,

    /// <summary>The answer has not the shape that the contract asks for.</summary>
    BadAnswer,

    /// <summary>Nothing is pending any more and there is no answer.</summary>
    NoAnswer,
    WorkerLost,

    /// <summary>The script was not called: the legacy database failed too often just now.</summary>
    BreakerOpen,
    Canceled,

    /// <summary>Too many scripts were running already, so this one was not started. It says nothing about the legacy database.</summary>
    Busy,
}

/// <summary>One captured line of the script's console.</summary>
public sealed record ScriptConsoleLine(ScriptConsoleLevel Level, string Text)
{
    /// <summary>
    /// The first line of a run that was started once more. To whoever listens while it runs, it is this very object: all lines
    /// before it were of the attempt that was lost, and the result does not have them.
    /// </summary>
    public static ScriptConsoleLine StartedAgain { get; } = new(ScriptConsoleLevel.Warn, "The worker process was lost; the run was started once more.");
}

public enum ScriptConsoleLevel
{
    Debug,
    Log,
    Info,
    Warn,
    Error,
}

/// <summary>One call of a module that reached outside; never a value or a statement.</summary>
/// <param name="Module">For example <c>pg</c>.</param>
/// <param name="Operation">For example <c>query</c>.</param>
/// <param name="Duration">Wall-clock time of the call.</param>
/// <param name="Rows">Rows it returned or changed, where that means something.</param>
/// <param name="Error">The error's code, for example <c>ECONNREFUSED</c> or an SQLSTATE, or null when it succeeded.</param>
public sealed record ScriptModuleCall(string Module, string Operation, TimeSpan Duration, int? Rows, string? Error);
