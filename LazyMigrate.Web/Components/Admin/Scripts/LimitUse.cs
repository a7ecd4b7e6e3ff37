using System.Globalization;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>How much of one limit a test run has used.</summary>
/// <param name="Text">For example "2 of 20 module calls".</param>
/// <param name="IsPassed">Whether this limit ended the run.</param>
internal sealed record LimitUse(string Text, bool IsPassed)
{
    /// <summary>The limits that this very run had.</summary>
    public static IReadOnlyList<LimitUse> Of(ScriptTestReport report)
    {
        var limits = report.Limits;
        var ended = report.Failure?.Kind;
        return
        [
            Use($"{report.Duration.TotalSeconds:0.###} s of {limits.WallTime.TotalSeconds:0.###} s", ScriptFailureKind.TimeLimit),
            Use($"at most {limits.CpuTime.TotalSeconds:0.###} s of processor time", ScriptFailureKind.CpuLimit),
            Use($"{report.ModuleCalls.Count} of {limits.ModuleCalls} module calls", ScriptFailureKind.ModuleCallLimit),
            Use($"{report.ModuleCalls.Sum(call => call.Rows ?? 0):N0} of {limits.Rows:N0} rows", ScriptFailureKind.RowLimit),
            Use($"{report.Console.Count} of {limits.ConsoleLines} console lines", null),
            Use($"answer {report.AnswerJson?.Length ?? 0:N0} of {limits.ResultLength:N0} characters", ScriptFailureKind.ResultLimit),
            Use($"heap up to {limits.HeapMegabytes} MiB", ScriptFailureKind.MemoryLimit),
        ];

        LimitUse Use(FormattableString text, ScriptFailureKind? limit) => new(text.ToString(CultureInfo.InvariantCulture), limit is not null && ended == limit);
    }
}
