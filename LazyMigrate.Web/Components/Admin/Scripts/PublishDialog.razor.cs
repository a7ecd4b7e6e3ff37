using LazyMigrate.Core.Scripting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Asks for a note before a script is published, and says what speaks against it.</summary>
public sealed partial class PublishDialog : ComponentBase
{
    private string _note = "";

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

    private bool IsBlocked => Problems.Any(problem => problem.Severity == ScriptProblemSeverity.Error);
}
