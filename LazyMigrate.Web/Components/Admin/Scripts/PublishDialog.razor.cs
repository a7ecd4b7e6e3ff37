using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Asks for a note before a script is published, and says what speaks against it.</summary>
public sealed partial class PublishDialog : ComponentBase
{
    private string _note = "";
    private string? _caseWarning;
    private bool _hasSucceeded;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    /// <summary>The number that the version will have.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<ScriptProblem> Problems { get; set; } = [];

    /// <summary>Whether the draft succeeded in a test run.</summary>
    [Parameter, EditorRequired]
    public bool IsTested { get; set; }

    /// <summary>What is published.</summary>
    [Parameter]
    public string Source { get; set; } = "";

    /// <summary>The dialect that was chosen by hand; null where reading the script tells.</summary>
    [Parameter]
    public ScriptDialect? Dialect { get; set; }

    /// <summary>The test cases that can be run first.</summary>
    [Parameter]
    public IReadOnlyList<ScriptTestCaseSummary> Cases { get; set; } = [];

    /// <inheritdoc cref="TestCaseRuns.TypedPasswords"/>
    [Parameter]
    public IReadOnlyDictionary<Guid, string> TypedPasswords { get; set; } = new Dictionary<Guid, string>();

    private bool IsBlocked => Problems.Any(problem => problem.Severity == ScriptProblemSeverity.Error);

    private void ShowCases(IReadOnlyCollection<ScriptTestCaseResult> results)
    {
        _hasSucceeded = results.Any(result => result.Report.IsSuccess);
        var failed = results.Count(result => result is { IsRun: true, IsMet: false });
        var notRun = Cases.Count - results.Count(result => result.IsRun);
        var left = notRun == 1 ? "1 was not run" : $"{notRun} were not run";
        _caseWarning = (failed, notRun) switch
        {
            (0, 0) => null,
            (0, _) => $"Of {Cases.Count} cases {left}. You can publish all the same.",
            (_, 0) => $"{failed} of {Cases.Count} cases did not have the expected outcome. You can publish all the same.",
            _ => $"{failed} of {Cases.Count} cases did not have the expected outcome, and {left}. You can publish all the same.",
        };
    }
}
