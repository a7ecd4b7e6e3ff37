using System.Globalization;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>The saved test cases, and what came of running them one after the other.</summary>
public sealed partial class TestCaseRuns(ScriptTestCaseRunner runner) : ComponentBase, IDisposable
{
    private readonly Dictionary<Guid, ScriptTestCaseResult> _results = [];
    private CancellationTokenSource? _running;
    private string? _problem;
    private bool _isDisposed;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    /// <summary>The dialect that was chosen by hand; null where reading the script tells.</summary>
    [Parameter]
    public ScriptDialect? Dialect { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<ScriptTestCaseSummary> Cases { get; set; } = [];

    /// <summary>Passwords of cases that have none stored, as typed while this page is open.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<Guid, string> TypedPasswords { get; set; } = new Dictionary<Guid, string>();

    /// <summary>Gives the text to run.</summary>
    [Parameter, EditorRequired]
    public Func<Task<string?>> GetSourceAsync { get; set; } = default!;

    /// <summary>What the button says.</summary>
    [Parameter]
    public string RunText { get; set; } = "Run all cases";

    /// <summary>Stands at the end of each case.</summary>
    [Parameter]
    public RenderFragment<ScriptTestCaseSummary>? Actions { get; set; }

    /// <summary>All cases were run, or the administrator stopped; the value is what came of those that were run.</summary>
    [Parameter]
    public EventCallback<IReadOnlyCollection<ScriptTestCaseResult>> OnFinished { get; set; }

    private string Progress
    {
        get
        {
            if (_running is not null)
            {
                return $"{_results.Count} of {Cases.Count} run";
            }

            var met = _results.Values.Count(result => result.IsMet);
            return _results.Count == 0 ? "" : $"{met} of {Cases.Count} as expected";
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _running?.Cancel();
    }

    /// <summary>Forgets the results: they are of another text.</summary>
    public void Forget()
    {
        if (_running is null && _results.Count > 0)
        {
            _results.Clear();
            StateHasChanged();
        }
    }

    protected override void OnParametersSet()
    {
        // The result of a case that was changed or deleted since is of another case.
        foreach (var (id, _) in _results.Where(pair => !Cases.Contains(pair.Value.Case)).ToList())
        {
            _results.Remove(id);
        }
    }

    private async Task RunAllAsync()
    {
        if (_running is not null)
        {
            return;
        }

        using var running = _running = new CancellationTokenSource();
        _results.Clear();
        _problem = null;
        try
        {
            if (await GetSourceAsync() is not { } source)
            {
                return;
            }

            await foreach (var result in runner.RunAsync(Kind, source, Cases, TypedPasswords, Dialect, await Authentication.GetActorAsync(), running.Token))
            {
                _results[result.Case.Id] = result;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            _problem = $"Stopped after {_results.Count} of {Cases.Count} cases.";
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
            await OnFinished.InvokeAsync(_results.Values);
        }
    }

    private void Cancel() => _running?.Cancel();

    private static string Milliseconds(TimeSpan duration) => duration.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms";
}
