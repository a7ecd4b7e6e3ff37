using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

/// <summary>What monitoring sees of a run: names and counts, never a value.</summary>
public sealed class ScriptTelemetryTests
{
    [Fact]
    public async Task Run_IsCountedAndTraced_WithItsModuleCallsBelowIt_AndNoValues()
    {
        var measured = new ConcurrentQueue<string>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ScriptTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => measured.Enqueue($"{instrument.Name} {Text(tags)}"));
        meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => measured.Enqueue($"{instrument.Name} {Text(tags)}"));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measured.Enqueue($"{instrument.Name} {Text(tags)}"));
        meters.Start();

        var spans = new ConcurrentQueue<System.Diagnostics.Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ScriptTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue(span),
        };
        ActivitySource.AddActivityListener(listener);

        // Other tests run scripts at the same time: only what belongs to this trace counts.
        using var trace = new System.Diagnostics.Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        await using var host = new ScriptHost();
        await host.Runner.RunAsync(host.Login("""
            const Database = require('better-sqlite3');
            async function login(query, password) { new Database('canary-7f3a.db'); }
            """));

        var own = spans.Where(span => span.TraceId == trace.TraceId).ToList();
        var run = Assert.Single(own, span => span.DisplayName == "script Login");
        var call = Assert.Single(own, span => span.DisplayName == "better-sqlite3 open");
        Assert.Equal(run.SpanId, call.ParentSpanId);
        Assert.Equal(ActivityStatusCode.Error, call.Status);
        Assert.All(own, span => Assert.DoesNotContain("canary-7f3a", $"{span.DisplayName}{span.StatusDescription}{string.Join(' ', span.TagObjects)}", StringComparison.Ordinal));
        Assert.Contains(measured, text => text.StartsWith("lazymigrate.script.duration ", StringComparison.Ordinal));
        Assert.Contains(measured, text => text.StartsWith("lazymigrate.script.outcomes ", StringComparison.Ordinal) && text.Contains("Login", StringComparison.Ordinal));
        Assert.Contains(measured, text => text.StartsWith("lazymigrate.script.queue", StringComparison.Ordinal));
        Assert.DoesNotContain(measured, text => text.Contains("canary-7f3a", StringComparison.Ordinal));
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray());
}
