using LazyMigrate.Core.CustomDatabases;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Overview;

/// <summary>Asks before the mode of the migration is changed, and says what is lacking.</summary>
public sealed partial class ModeChangeDialog : ComponentBase
{
    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public MigrationMode Target { get; set; }

    [Parameter, EditorRequired]
    public SwitchReadiness Readiness { get; set; } = default!;

    private bool IsAllowed => Target != MigrationMode.LazyMigration || Readiness.IsReady;

    private string Title => Target switch
    {
        MigrationMode.LazyMigration => "Switch lazy migration on",
        MigrationMode.Frozen => "Freeze the migration",
        _ => "Switch the migration off",
    };

    private string Consequence => Target == MigrationMode.Frozen
        ? "Log-ins of people who have not moved are refused and shown to you as left behind. You can switch lazy migration on again."
        : "People who have not moved cannot log in, and could register an address that the legacy database knows. You can switch lazy migration on again.";

    private void Cancel() => Dialog.Cancel();

    private void Confirm() => Dialog.Close(DialogResult.Ok(true));
}
