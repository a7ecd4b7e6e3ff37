using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Web.Components.Admin.Database;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>The workbench of one script: editor, draft, versions, test run.</summary>
public sealed partial class ScriptPage(
    CustomDatabaseManager databases,
    DatabaseScriptManager scripts,
    IScriptInspector inspector,
    IDialogService dialogs,
    ISnackbar snackbar,
    TimeProvider time) : ConsolePage
{
    private const string InspectionMarks = "inspection";
    private const string RunMarks = "run";

    // Together with the editor's own pause of 400 ms this is two seconds without a key.
    private static readonly TimeSpan s_savePause = TimeSpan.FromMilliseconds(1600);

    // Autosave, Ctrl+S, a run and leaving the page may all want to save at once; each save needs the stamp of the one before.
    private readonly SemaphoreSlim _saving = new(1);
    private ScriptKind? _kind;
    private ScriptEditor? _editor;
    private TestBench? _bench;
    private DatabaseScriptState? _state;
    private DatabaseScriptState? _theirs;
    private IReadOnlyList<ScriptProblem> _problems = [];
    private SampleCredential? _credential;
    private CancellationTokenSource? _pause;
    private Guid _databaseId;
    private CustomDatabaseType _databaseType;
    private string _initialText = "";
    private string _text = "";
    private ScriptDialect? _dialect;
    private ScriptDialect _detectedDialect;
    private string? _failure;
    private string? _saveProblem;
    private EditorCopy _copy;
    private bool _isMissingDatabase;
    private bool _isSaving;

    /// <summary>The last part of the address: the name of the script's function.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    private bool IsDirty => _state is not null && (_text != (_state.DraftSavedAt is null ? _initialText : _state.Draft) || _dialect != _state.DraftDialect);

    private string Title => _kind is { } kind ? AdminUrls.ScriptName(kind) : "No such script";

    private string Sentence => _kind switch
    {
        ScriptKind.Login => "Checks a password against the legacy database, for somebody who has not moved yet.",
        ScriptKind.SearchUser => "Says whether the legacy database knows somebody, so that nobody registers an address twice.",
        ScriptKind.ListUsers => "Optional: pages through everybody in the legacy database. Nothing asks it yet but the test run; importing whoever is left will.",
        ScriptKind.UserMigrated => "Optional: is told about somebody after their move is stored. It is tried again until it succeeds, and never undoes a move.",
        _ => "Optional: says how many people the legacy database holds, so that the overview can show how many are left.",
    };

    protected override async Task OnParametersSetAsync()
    {
        var kind = AdminUrls.ScriptKindOf(Name);
        if (kind != _kind || kind is null)
        {
            _kind = kind;
            await LoadAsync();
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _pause?.Cancel();
        _pause?.Dispose();
        _saving.Dispose();
    }

    private async Task LoadAsync()
    {
        _state = null;
        _theirs = null;
        _failure = null;
        _saveProblem = null;
        _problems = [];
        _copy = EditorCopy.None;
        _pause?.Cancel();
        if (_kind is not { } kind)
        {
            return;
        }

        try
        {
            var database = await databases.GetAsync(Leaving);
            var state = await scripts.GetAsync(kind, Leaving);
            _isMissingDatabase = database is null || state is null;
            if (database is null || state is null || kind != _kind)
            {
                return;
            }

            _databaseId = database.Id;
            _databaseType = database.Type;
            _credential = database.IsSample ? SampleManager.Credentials[0] : null;
            _initialText = state.DraftSavedAt is null ? ScriptTemplates.For(DatabaseTypes.StoreOf(database.Type), kind).Source : state.Draft;
            _text = _initialText;
            _dialect = state.DraftDialect;
            _state = state;
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            _failure = sentence;
        }
    }

    private async Task EditorReadyAsync(EditorCopy copy)
    {
        _copy = copy;
        if (copy == EditorCopy.Kept)
        {
            snackbar.Add("What you had typed before was restored from this browser.", Severity.Info);
            await TextChangedAsync(_kind!.Value, await _editor!.GetTextAsync(Leaving));
        }
        else
        {
            await InspectAsync();
        }
    }

    private async Task TextChangedAsync(ScriptKind kind, string text)
    {
        // The last words of an editor that was left must not land in the next script.
        if (kind != _kind || _state is null)
        {
            return;
        }

        // A run has read the text before the pause in typing was over: then its marks are of this very text.
        if (text != _text)
        {
            _text = text;
            _bench?.Forget();
            await _editor!.MarkAsync(RunMarks, []);
        }

        _pause?.Cancel();
        _pause?.Dispose();
        var pause = _pause = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        await InspectAsync();
        _ = SaveAfterPauseAsync(pause.Token);
    }

    private async Task ChooseDialectAsync(ScriptDialect? dialect)
    {
        _dialect = dialect;
        _bench?.Forget();
        await _editor!.MarkAsync(RunMarks, []);
        _text = await _editor.GetTextAsync(Leaving);
        await InspectAsync();
        if (_theirs is null && _copy != EditorCopy.Older)
        {
            await SaveTextAsync();
        }
    }

    private async Task InspectAsync()
    {
        var inspection = inspector.Inspect(_kind!.Value, _text, _dialect);
        _problems = inspection.Problems;
        _detectedDialect = inspection.DetectedDialect;
        await _editor!.MarkAsync(InspectionMarks, _problems
            .Where(problem => problem.Position is not null)
            .Select(problem => new ScriptMarker(problem.Message, problem.Position!.Line, problem.Position.Column, problem.Severity == ScriptProblemSeverity.Error))
            .ToList());
        StateHasChanged();
    }

    private async Task<string?> SaveForRunAsync()
    {
        _text = await _editor!.GetTextAsync(Leaving);
        await _editor.MarkAsync(RunMarks, []);

        // A draft that cannot be saved can be run all the same; the test only does not count for the switch.
        if (_theirs is null)
        {
            await SaveTextAsync();
        }

        return _text;
    }

    private Task RunAsync() => _bench?.RunAsync() ?? Task.CompletedTask;

    private async Task FinishedAsync(ScriptTestReport report)
    {
        if (TestRunPanel.PositionOf(report) is { } position)
        {
            var message = report.Error is { } error ? $"{error.Name}: {error.Message}" : report.Sentence;
            await _editor!.MarkAsync(RunMarks, [new ScriptMarker(message, position.Line, position.Column, IsError: true)]);
        }

        if (report.IsSuccess)
        {
            await RefreshTestedAsync();
        }
    }

    private async Task RefreshTestedAsync()
    {
        if (_kind is { } kind && _state is { } state && await scripts.GetAsync(kind, Leaving) is { } fresh && fresh.ConcurrencyStamp == state.ConcurrencyStamp)
        {
            _state = fresh;
        }
    }

    private async Task OpenTemplatesAsync()
    {
        _text = await _editor!.GetTextAsync(Leaving);
        var options = new DialogOptions { MaxWidth = MaxWidth.ExtraLarge, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };
        var dialog = await dialogs.ShowAsync<TemplateDialog>(
            null,
            new DialogParameters<TemplateDialog>
            {
                { item => item.Kind, _kind!.Value },
                { item => item.Store, DatabaseTypes.StoreOf(_databaseType) },
                { item => item.DraftText, _text },
                { item => item.IsDark, View.IsDark },
            },
            options);
        if (await dialog.Result is { Canceled: false, Data: ScriptTemplate template })
        {
            await ReplaceTextAsync(template.Source, null);
            snackbar.Add($"“{template.Name}” is in the editor. Ctrl+Z brings back what was there.", Severity.Info);
        }
    }

    private async Task ReplaceTextAsync(string text, ScriptDialect? dialect)
    {
        _dialect = dialect;
        await _editor!.SetTextAsync(text);
        _text = text;
    }

    private async Task RevealAsync(ScriptPosition position) => await _editor!.RevealAsync(position.Line, position.Column);
}
