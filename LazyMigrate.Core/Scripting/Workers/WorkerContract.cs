using System.Text.Json.Serialization;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>The methods of the JSON-RPC between server and worker. There are no others, and a message that names one ends the worker.</summary>
internal static class WorkerMethods
{
    /// <summary>Server to worker, once: <see cref="WorkerSetup"/>, answered by <see cref="WorkerReady"/>.</summary>
    public const string Start = "start";

    /// <summary>Server to worker: <see cref="WorkerRun"/>, answered by <see cref="WorkerRunEnd"/>.</summary>
    public const string Run = "run";

    /// <summary>Server to worker, a notification: the run's id.</summary>
    public const string Cancel = "cancel";

    /// <summary>Worker to server: <see cref="WorkerCall"/>, answered by <see cref="WorkerCallReply"/>.</summary>
    public const string CallModule = "callModule";

    /// <summary>Worker to server, answered when it is taken: <see cref="WorkerLine"/>.</summary>
    public const string ConsoleLine = "consoleLine";
}

/// <summary>The modules whose host part is in the server: a worker gets their JavaScript, and needs no driver.</summary>
internal sealed record WorkerSetup(IReadOnlyList<WorkerModule> Modules);

/// <param name="Names">See <see cref="Modules.IScriptModule.Names"/>.</param>
/// <param name="Facade">The facade's text, where the worker does not have it.</param>
/// <param name="EmbeddedFacade">The name of the embedded text that it is, otherwise: half a megabyte of them would make each worker start later.</param>
internal sealed record WorkerModule(IReadOnlyList<string> Names, string? Facade, string? EmbeddedFacade)
{
    public static WorkerModule Of(Modules.IScriptModule module) =>
        EmbeddedText.NameOf(module.Facade) is { } name ? new WorkerModule(module.Names, null, name) : new WorkerModule(module.Names, module.Facade, null);
}

/// <summary>The worker waits for runs.</summary>
/// <param name="On">Protections that it found in force, in words.</param>
/// <param name="Off">Protections that it found missing.</param>
internal sealed record WorkerReady(IReadOnlyList<string> On, IReadOnlyList<string> Off);

/// <summary>A run, without what the server keeps to itself: what modules may reach, and the values to mask.</summary>
internal sealed record WorkerRun(
    long Id,
    ScriptKind Kind,
    ScriptDialect Dialect,
    string Source,
    string ArgumentsJson,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<string> Packages,
    ScriptLimits Limits);

/// <summary>How a run ended: an answer, an error or a failure.</summary>
/// <param name="Answered">Whether the function answered; then <paramref name="Json"/> is the answer, or null for <c>undefined</c>.</param>
/// <param name="Json">In UTF-8. Bytes travel as base64, which is never longer than a frame; JSON in a JSON string may be six times as long.</param>
/// <param name="Error">What the script threw.</param>
/// <param name="Failure">Why there is neither.</param>
/// <param name="DroppedLines">Console lines that were not sent.</param>
/// <param name="Wedged">Whether the run's thread did not stop: the worker asks to be replaced.</param>
/// <param name="Begun">False where the thread never got to the run: another one's holds it.</param>
internal sealed record WorkerRunEnd(bool Answered, byte[]? Json, ScriptError? Error, ScriptFailure? Failure, int DroppedLines, bool Wedged, bool Begun);

/// <summary>A call of a module's host part.</summary>
/// <param name="Argument">JSON in UTF-8.</param>
internal sealed record WorkerCall(long RunId, string Module, string Operation, byte[] Argument);

/// <param name="Json">See <see cref="V8.ModuleReply"/>.</param>
internal sealed record WorkerCallReply(byte[] Json, bool Failed, ScriptFailure? Limit);

internal sealed record WorkerLine(long RunId, ScriptConsoleLevel Level, string Text);

// Metadata only: the generated writers make "" of bytes that are null.
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(WorkerSetup))]
[JsonSerializable(typeof(WorkerReady))]
[JsonSerializable(typeof(WorkerRun))]
[JsonSerializable(typeof(WorkerRunEnd))]
[JsonSerializable(typeof(WorkerCall))]
[JsonSerializable(typeof(WorkerCallReply))]
[JsonSerializable(typeof(WorkerLine))]
[JsonSerializable(typeof(long))]
internal sealed partial class WorkerJson : JsonSerializerContext;
