using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Web.Components.Admin.Overview;

/// <summary>One step from an empty server to lazy migration.</summary>
/// <param name="Title">What to do.</param>
/// <param name="Sentence">What it is for.</param>
/// <param name="Url">Where to do it.</param>
/// <param name="IsDone">Whether it was done.</param>
public sealed record GettingStartedStep(string Title, string Sentence, string Url, bool IsDone)
{
    internal static IReadOnlyList<GettingStartedStep> Of(SwitchReadiness readiness, DatabaseScriptState? login, DatabaseScriptState? search) =>
    [
        new("Connect a legacy database", "Type and address, tried with a button.", AdminUrls.Database, readiness.HasDatabase),
        new("Write and test login", "Checks a password against the legacy database.", AdminUrls.Script(ScriptKind.Login), IsTested(readiness, ScriptKind.Login, login)),
        new("Write and test searchUser", "Says whether the legacy database knows somebody, so that nobody registers twice.", AdminUrls.Script(ScriptKind.SearchUser), IsTested(readiness, ScriptKind.SearchUser, search)),
        new("Publish both scripts", "Log-ins use the published versions only.", AdminUrls.Script(FirstUnpublished(readiness)), readiness.Scripts.All(script => script.IsPublished)),
        new("Switch lazy migration on", "From then on people move at their first log-in.", AdminUrls.ModeSwitch, readiness.Mode != MigrationMode.Off),
    ];

    private static ScriptKind FirstUnpublished(SwitchReadiness readiness) =>
        readiness.Scripts.FirstOrDefault(script => !script.IsPublished)?.Kind ?? ScriptKind.Login;

    // A tested draft counts, and so does a tested version that has a newer draft.
    private static bool IsTested(SwitchReadiness readiness, ScriptKind kind, DatabaseScriptState? script) =>
        script is { IsDraftTested: true } || readiness.Scripts.Any(item => item.Kind == kind && item.IsReady);
}
