using System.Collections.Concurrent;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Answers each kind of script as told, and remembers what it was asked to run.</summary>
public sealed class TestScriptRunner : IScriptRunner
{
    private readonly ConcurrentDictionary<ScriptKind, Func<ScriptRunRequest, ScriptCompletion>> _answers = new();
    private readonly ConcurrentQueue<ScriptRunRequest> _requests = new();

    /// <summary>Every run, in the order of their start.</summary>
    public IReadOnlyList<ScriptRunRequest> Requests => [.. _requests];

    /// <summary>Waited for before each answer; lets tests hold several runs back until all have begun.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What each run prints before <see cref="Gate"/>; the result does not have it.</summary>
    public IReadOnlyList<ScriptConsoleLine> Stream { get; set; } = [];

    /// <summary>From now on scripts of this kind answer with this JSON; null is <c>undefined</c>.</summary>
    public void Answer(ScriptKind kind, string? json) => Answer(kind, _ => new ScriptCompletion.Answered(json));

    /// <summary>From now on scripts of this kind throw an error of this class.</summary>
    public void Throw(ScriptKind kind, ScriptErrorClass errorClass, string message = "refused") =>
        Answer(kind, _ => new ScriptCompletion.Threw(new ScriptError(errorClass, "Error", message, null, ModuleCallFailed: false, null, null)));

    /// <summary>From now on scripts of this kind end without an answer.</summary>
    public void Fail(ScriptKind kind, ScriptFailureKind failure, string message = "The legacy database is down.") =>
        Answer(kind, _ => new ScriptCompletion.Failed(new ScriptFailure(failure, message)));

    /// <summary>From now on scripts of this kind end as the function says.</summary>
    public void Answer(ScriptKind kind, Func<ScriptRunRequest, ScriptCompletion> answer) => _answers[kind] = answer;

    public async Task<ScriptRunResult> RunAsync(
        ScriptRunRequest request,
        IProgress<ScriptConsoleLine>? console = null,
        CancellationToken cancellationToken = default)
    {
        _requests.Enqueue(request);
        foreach (var line in Stream)
        {
            console?.Report(line);
        }

        await Gate.WaitAsync(cancellationToken);
        var completion = _answers.TryGetValue(request.Kind, out var answer)
            ? answer(request)
            : throw new InvalidOperationException($"The test expected no run of {request.Kind}.");
        return new ScriptRunResult(completion, [], [], TimeSpan.FromMilliseconds(1));
    }
}
