using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>The test run of a script, and the test cases that are kept of it.</summary>
public sealed partial class TestBench(ScriptTestCaseManager manager, IDialogService dialogs, ISnackbar snackbar) : ComponentBase
{
    private readonly Dictionary<Guid, string> _typedPasswords = [];
    private IReadOnlyList<ScriptTestCaseSummary> _cases = [];
    private TestRunPanel? _panel;
    private TestCaseRuns? _runs;
    private string? _problem;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    /// <summary>The dialect that was chosen by hand; null where reading the script tells.</summary>
    [Parameter]
    public ScriptDialect? Dialect { get; set; }

    /// <inheritdoc cref="TestRunPanel.GetSourceAsync"/>
    [Parameter, EditorRequired]
    public Func<Task<string?>> GetSourceAsync { get; set; } = default!;

    /// <inheritdoc cref="TestRunPanel.Credential"/>
    [Parameter]
    public SampleCredential? Credential { get; set; }

    /// <inheritdoc cref="TestRunPanel.OnFinished"/>
    [Parameter]
    public EventCallback<ScriptTestReport> OnFinished { get; set; }

    /// <inheritdoc cref="TestRunPanel.OnPlace"/>
    [Parameter]
    public EventCallback<ScriptPosition> OnPlace { get; set; }

    /// <inheritdoc cref="TestCaseRuns.OnFinished"/>
    [Parameter]
    public EventCallback<IReadOnlyCollection<ScriptTestCaseResult>> OnCasesFinished { get; set; }

    /// <summary>The test cases as they are shown.</summary>
    public IReadOnlyList<ScriptTestCaseSummary> Cases => _cases;

    /// <summary>Passwords of cases that have none stored, as typed since the page was opened. They are nowhere else.</summary>
    public IReadOnlyDictionary<Guid, string> TypedPasswords => _typedPasswords;

    /// <summary>Runs the script with what the fields hold.</summary>
    public Task RunAsync() => _panel?.RunAsync() ?? Task.CompletedTask;

    /// <summary>The script was changed: what came of the cases is of another text.</summary>
    public void Forget() => _runs?.Forget();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _cases = await manager.ListAsync(Kind);
            _problem = null;
            _panel?.Update(_cases);
        }
        catch (Exception exception) when (ConsolePage.FailureSentence(exception) is { } sentence)
        {
            _problem = sentence;
        }
    }

    private async Task AddAsync(TestCaseDraft draft)
    {
        if (await AskAsync(new DialogParameters<TestCaseDialog> { { item => item.Kind, Kind }, { item => item.Draft, draft } }) is not { } added)
        {
            return;
        }

        if (!added.HasPassword && draft.Password.Length > 0 && added.Identifier == draft.Identifier.Trim())
        {
            Remember(added.Id, draft.Password);
        }

        _panel?.Pick(added, draft.Password);
    }

    private async Task EditAsync(ScriptTestCaseSummary item) =>
        await AskAsync(new DialogParameters<TestCaseDialog> { { dialog => dialog.Kind, Kind }, { dialog => dialog.Case, item } });

    private async Task<ScriptTestCaseSummary?> AskAsync(DialogParameters<TestCaseDialog> parameters)
    {
        var dialog = await dialogs.ShowAsync<TestCaseDialog>(null, parameters);
        var saved = await dialog.Result is { Canceled: false, Data: ScriptTestCaseSummary item } ? item : null;
        await LoadAsync();
        if (saved is not null)
        {
            snackbar.Add($"Test case “{saved.Name}” is saved.", Severity.Success);
        }

        return saved;
    }

    private async Task DeleteAsync(ScriptTestCaseSummary item)
    {
        var isSure = await dialogs.ShowMessageBoxAsync(
            "Delete the test case",
            $"“{item.Name}” is deleted{(item.HasPassword ? ", and the password stored with it" : "")}.",
            "Delete",
            cancelText: "Keep");
        if (isSure is not true)
        {
            return;
        }

        try
        {
            await manager.DeleteAsync(item.Id, await Authentication.GetActorAsync());
            _typedPasswords.Remove(item.Id);
        }
        catch (Exception exception) when (ConsolePage.FailureSentence(exception) is { } sentence)
        {
            snackbar.Add(sentence, Severity.Error);
        }

        await LoadAsync();
    }

    private void Pick(ScriptTestCaseSummary item) => _panel?.Pick(item, _typedPasswords.GetValueOrDefault(item.Id, ""));

    private void Remember(Guid caseId, string password) => _typedPasswords[caseId] = password;
}
