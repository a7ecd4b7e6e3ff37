using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Web.Components.Admin.Database;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Chooses a template: those for this custom database's type first, each with what it does, and its text before anything is replaced.</summary>
public sealed partial class TemplateDialog : ComponentBase
{
    private IReadOnlyList<IGrouping<string, ScriptTemplate>> _groups = [];
    private ScriptTemplate _chosen = default!;
    private bool _compares;
    private bool _hasWork;
    private bool _isConfirmed;

    // Another text is another viewer.
    private int _shown;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    /// <summary>What this custom database is, or null.</summary>
    [Parameter, EditorRequired]
    public LegacyStore? Store { get; set; }

    /// <summary>What the editor holds.</summary>
    [Parameter, EditorRequired]
    public string DraftText { get; set; } = "";

    [Parameter]
    public bool IsDark { get; set; }

    private bool CanUse => !_hasWork || _isConfirmed;

    protected override void OnInitialized()
    {
        var templates = ScriptTemplates.All.Where(template => template.Kind == Kind).ToList();
        _groups = [.. templates
            .OrderBy(template => Store is not null && template.Store == Store ? 0 : template.Store is not null ? 1 : 2)
            .GroupBy(GroupOf)];
        _chosen = templates.Find(template => template.Source == DraftText) ?? ScriptTemplates.For(Store, Kind);
        _hasWork = !string.IsNullOrWhiteSpace(DraftText) && ScriptTemplates.All.All(template => template.Source.Trim() != DraftText.Trim());
    }

    private string GroupOf(ScriptTemplate template) => template.Store switch
    {
        null => "Any other",
        { } store when store == Store => $"{DatabaseTypes.NameOf(store)}, as this custom database",
        { } store => DatabaseTypes.NameOf(store),
    };

    private static string IdOf(ScriptTemplate template) => $"template-{template.Key.Replace('/', '-')}";

    private void Choose(ScriptTemplate template)
    {
        _chosen = template;
        _shown++;
    }

    private void Compare(ChangeEventArgs change)
    {
        _compares = change.Value is true;
        _shown++;
    }

    private void Use()
    {
        if (CanUse)
        {
            Dialog.Close(DialogResult.Ok(_chosen));
        }
    }
}
