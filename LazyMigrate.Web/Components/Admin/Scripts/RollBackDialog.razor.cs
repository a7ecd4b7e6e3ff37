using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Asks before an old source is published again; answers whether it is also put into the editor.</summary>
public sealed partial class RollBackDialog : ComponentBase
{
    private bool _loads;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    /// <summary>Whose source.</summary>
    [Parameter, EditorRequired]
    public ScriptVersionSummary Version { get; set; } = default!;

    /// <summary>The number that the new version will have.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }
}
