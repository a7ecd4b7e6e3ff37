using System.Globalization;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Runs what the editor holds, and shows what came of it.</summary>
public sealed partial class TestRunPanel(ScriptTester tester) : ComponentBase, IDisposable
{
    private readonly List<ScriptConsoleLine> _lines = [];
    private readonly TestRunValues _inputs = new();
    private CancellationTokenSource? _running;
    private ScriptTestReport? _report;
    private ScriptTestCaseSummary? _case;
    private string? _problem;
    private bool _isPrefilled;
    private bool _isDisposed;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    /// <summary>The dialect that was chosen by hand; null where reading the script tells.</summary>
    [Parameter]
    public ScriptDialect? Dialect { get; set; }

    /// <summary>Stores the editor's text as the draft where that is possible, and gives it: a test counts for the switch only if it is of the draft.</summary>
    [Parameter, EditorRequired]
    public Func<Task<string?>> GetSourceAsync { get; set; } = default!;

    /// <summary>What the fields hold at first.</summary>
    [Parameter]
    public SampleCredential? Credential { get; set; }

    /// <summary>The administrator wants to keep the inputs as a test case; the value is what the fields hold, and the last outcome.</summary>
    [Parameter]
    public EventCallback<TestCaseDraft> OnSaveCase { get; set; }

    /// <summary>Remembers a password that was typed for a case that has none stored.</summary>
    [Parameter]
    public Action<Guid, string>? OnPasswordTyped { get; set; }

    /// <summary>A run has ended.</summary>
    [Parameter]
    public EventCallback<ScriptTestReport> OnFinished { get; set; }

    /// <summary>The administrator wants to see a place in the script.</summary>
    [Parameter]
    public EventCallback<ScriptPosition> OnPlace { get; set; }

    private bool UsesStoredPassword => _case is { HasPassword: true } && IsOfCase && _inputs.Password.Length == 0;

    private bool IsOfCase => _case is not null && (_case.Identifier ?? "") == _inputs.Identifier.Trim();

    private string Introduction => Kind switch
    {
        ScriptKind.Login => "Runs what is in the editor against the legacy database and shows what a real log-in would do. Nobody is moved.",
        ScriptKind.SearchUser => "Runs what is in the editor against the legacy database and shows what a registration would hear. Nobody is moved.",
        ScriptKind.UserMigrated => "Runs what is in the editor for somebody who is said to have moved. Nobody is moved, and nobody needs to have been.",
        _ => "Runs what is in the editor against the legacy database. Nobody is moved.",
    };

    public void Dispose()
    {
        _isDisposed = true;
        _running?.Cancel();
    }

    /// <summary>Runs the script, unless a run is going on.</summary>
    public async Task RunAsync()
    {
        if (_running is not null)
        {
            return;
        }

        using var running = _running = new CancellationTokenSource();
        _lines.Clear();
        _report = null;
        _problem = null;
        StateHasChanged();
        try
        {
            if (await GetSourceAsync() is not { } source)
            {
                return;
            }

            var console = new Progress<ScriptConsoleLine>(line => Show(line, running));
            var input = _inputs.ToInput(UsesStoredPassword ? _case!.Id : null) with { Dialect = Dialect, Actor = await Authentication.GetActorAsync() };
            if (_case is { HasPassword: false } item && IsOfCase && _inputs.Password.Length > 0)
            {
                OnPasswordTyped?.Invoke(item.Id, _inputs.Password);
            }

            var report = await tester.RunAsync(Kind, source, input, console, running.Token);
            _lines.Clear();
            _lines.AddRange(report.Console);
            _report = report;
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            _problem = "The run was canceled.";
        }
        catch (Exception exception) when (ConsolePage.FailureSentence(exception) is { } sentence)
        {
            _problem = sentence;
        }
        finally
        {
            _running = null;
        }

        if (!_isDisposed)
        {
            StateHasChanged();
            if (_report is not null)
            {
                await OnFinished.InvokeAsync(_report);
            }
        }
    }

    /// <summary>Fills the fields with a test case.</summary>
    /// <param name="item">Which; null forgets the one that was picked.</param>
    /// <param name="password">The password, where it was typed before.</param>
    public void Pick(ScriptTestCaseSummary? item, string password = "")
    {
        _case = item;
        if (item is not null)
        {
            _inputs.Identifier = item.Identifier ?? "";
            _inputs.Password = password;
            _inputs.AskForTheFirstPage();
            _report = null;
            _problem = null;
            _lines.Clear();
        }

        StateHasChanged();
    }

    /// <summary>The picked case was changed or deleted.</summary>
    public void Update(IReadOnlyList<ScriptTestCaseSummary> cases) => _case = cases.FirstOrDefault(item => item.Id == _case?.Id);

    /// <summary>Where in the script the run went wrong.</summary>
    internal static ScriptPosition? PositionOf(ScriptTestReport report) => report.Failure?.Position ?? report.Error?.Position;

    protected override void OnParametersSet()
    {
        if (!_isPrefilled && Credential is not null)
        {
            _isPrefilled = true;
            _inputs.Identifier = Credential.Identifier;
            _inputs.Password = Credential.Password;
        }
    }

    private static string Milliseconds(TimeSpan duration) => duration.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ms";

    private void PutAway() => _case = null;

    private Task SaveCaseAsync() => OnSaveCase.InvokeAsync(new TestCaseDraft(_inputs.Identifier, _inputs.Password, _report?.Outcome));

    private void Show(ScriptConsoleLine line, CancellationTokenSource running)
    {
        // A line may come after the run it belongs to; the report has it by then.
        if (ReferenceEquals(_running, running) && !_isDisposed)
        {
            if (ReferenceEquals(line, ScriptConsoleLine.StartedAgain))
            {
                _lines.Clear();
            }

            _lines.Add(line);
            StateHasChanged();
        }
    }

    private void Cancel() => _running?.Cancel();
}

/// <summary>What a new test case begins with.</summary>
/// <param name="Identifier">What the field holds.</param>
/// <param name="Password">What the field holds.</param>
/// <param name="Outcome">Of the last run, if there was one.</param>
public sealed record TestCaseDraft(string Identifier, string Password, string? Outcome);
