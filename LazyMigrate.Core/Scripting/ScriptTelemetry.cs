using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LazyMigrate.Core.Scripting;

/// <summary>Meters and spans of script runs (docs/operating.md, "Metrics and traces"). Names and counts only: never a value, an argument or a message.</summary>
public static class ScriptTelemetry
{
    /// <summary>The name of both the meter and the activity source.</summary>
    public const string Name = "LazyMigrate.Scripting";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);

    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>(
        "lazymigrate.script.duration", "s", "Wall-clock time of a script run, with the wait for its place.");

    private static readonly Counter<long> s_outcomes = s_meter.CreateCounter<long>(
        "lazymigrate.script.outcomes", "{run}", "How script runs ended.");

    private static readonly UpDownCounter<int> s_queue = s_meter.CreateUpDownCounter<int>(
        "lazymigrate.script.queue", "{run}", "Script runs that wait for a place.");

    private static readonly Counter<long> s_restarts = s_meter.CreateCounter<long>(
        "lazymigrate.script.workers.restarts", "{worker}", "Worker processes that were lost and replaced.");

    internal static System.Diagnostics.Activity? StartRun(ScriptKind kind) => s_source.StartActivity($"script {kind}");

    /// <summary>A call may come over a worker's pipe, where the run is not the current activity.</summary>
    internal static System.Diagnostics.Activity? StartCall(string module, string operation, ActivityContext run) =>
        s_source.StartActivity($"{module} {operation}", ActivityKind.Client, run);

    internal static void Waiting(int change) => s_queue.Add(change);

    internal static void Ended(System.Diagnostics.Activity? run, ScriptKind kind, ScriptRunResult result)
    {
        var outcome = result.Completion switch
        {
            ScriptCompletion.Answered => "Answered",
            ScriptCompletion.Threw => "Threw",
            ScriptCompletion.Failed failed => failed.Failure.Kind.ToString(),
            _ => throw new UnreachableException(),
        };
        var tags = new TagList { { "lazymigrate.script.kind", kind.ToString() }, { "lazymigrate.script.outcome", outcome } };
        s_duration.Record(result.Duration.TotalSeconds, tags);
        s_outcomes.Add(1, tags);
        run?.SetTag("lazymigrate.script.outcome", outcome);
        if (result.Completion is ScriptCompletion.Failed)
        {
            run?.SetStatus(ActivityStatusCode.Error);
        }
    }

    internal static void WorkerLost(Workers.WorkerLossReason reason) =>
        s_restarts.Add(1, new KeyValuePair<string, object?>("lazymigrate.script.worker.loss", reason.ToString()));
}
