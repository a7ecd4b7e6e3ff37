using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Stores a test case, new or changed; answers with it.</summary>
public sealed partial class TestCaseDialog(ScriptTestCaseManager cases) : ComponentBase
{
    private IReadOnlyList<FieldProblem> _problems = [];
    private string _name = "";
    private string _identifier = "";
    private string _outcome = "";
    private string _password = "";
    private bool _storesPassword;
    private bool _isSaving;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    /// <summary>The case to change; null makes a new one.</summary>
    [Parameter]
    public ScriptTestCaseSummary? Case { get; set; }

    /// <summary>What a new case begins with.</summary>
    [Parameter]
    public TestCaseDraft? Draft { get; set; }

    protected override void OnInitialized()
    {
        var outcomes = ExpectedOutcomes.Of(Kind);
        if (Case is { } item)
        {
            (_name, _identifier, _outcome, _storesPassword) = (item.Name, item.Identifier ?? "", item.ExpectedOutcome, item.HasPassword);
        }
        else
        {
            _identifier = Draft?.Identifier ?? "";
            _password = Draft?.Password ?? "";
            _outcome = Draft?.Outcome is { } outcome && outcomes.Contains(outcome) ? outcome : outcomes[0];
            _name = $"{(_identifier.Length == 0 ? AdminUrls.ScriptName(Kind) : _identifier)}: {OutcomeText.Of(_outcome).Word.ToLowerInvariant()}";
            _name = _name[..Math.Min(_name.Length, ScriptTestCase.NameLength)];
        }
    }

    private async Task SaveAsync()
    {
        _isSaving = true;
        try
        {
            var edit = new ScriptTestCaseEdit(Case?.Id, _name, _identifier, _outcome, _storesPassword, _storesPassword ? _password : null);
            switch (await cases.SaveAsync(Kind, edit, await Authentication.GetActorAsync()))
            {
                case ScriptTestCaseSave.Saved saved:
                    Dialog.Close(DialogResult.Ok(saved.Case));
                    break;
                case ScriptTestCaseSave.Refused refused:
                    _problems = refused.Problems;
                    break;
                case ScriptTestCaseSave.Gone:
                    _problems = [new FieldProblem("", "Somebody deleted this test case meanwhile.")];
                    break;
            }
        }
        catch (Exception exception) when (ConsolePage.FailureSentence(exception) is { } sentence)
        {
            _problems = [new FieldProblem("", sentence)];
        }
        finally
        {
            _isSaving = false;
        }
    }

    private string? Error(string field) => _problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    private string? Invalid(string field) => Error(field) is null ? null : "true";
}
