using System.Globalization;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using Microsoft.AspNetCore.Components;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Runs what the editor holds, and shows what came of it.</summary>
public sealed partial class TestRunPanel(ScriptTester tester) : ComponentBase, IDisposable
{
    private static readonly ScriptLimits s_limits = new();

    private readonly List<ScriptConsoleLine> _lines = [];
    private CancellationTokenSource? _running;
    private ScriptTestReport? _report;
    private string? _problem;
    private string _identifier = "";
    private string _password = "";
    private bool _isPrefilled;
    private bool _isDisposed;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    /// <summary>Stores the editor's text as the draft where that is possible, and gives it: a test counts for the switch only if it is of the draft.</summary>
    [Parameter, EditorRequired]
    public Func<Task<string?>> GetSourceAsync { get; set; } = default!;

    /// <summary>What the fields hold at first.</summary>
    [Parameter]
    public SampleCredential? Credential { get; set; }

    /// <summary>A run has ended.</summary>
    [Parameter]
    public EventCallback<ScriptTestReport> OnFinished { get; set; }

    /// <summary>The administrator wants to see a place in the script.</summary>
    [Parameter]
    public EventCallback<ScriptPosition> OnPlace { get; set; }

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
            var report = await tester.RunAsync(Kind, source, new ScriptTestInput(_identifier, _password), console, running.Token);
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

    /// <summary>Where in the script the run went wrong.</summary>
    internal static ScriptPosition? PositionOf(ScriptTestReport report) => report.Failure?.Position ?? report.Error?.Position;

    protected override void OnParametersSet()
    {
        if (!_isPrefilled && Credential is not null)
        {
            _isPrefilled = true;
            _identifier = Credential.Identifier;
            _password = Credential.Password;
        }
    }

    private static string Milliseconds(TimeSpan duration) => duration.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ms";

    private static string Used(ScriptTestReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Duration.TotalSeconds:0.###} s of {s_limits.WallTime.TotalSeconds:0} s · {report.ModuleCalls.Count} of {s_limits.ModuleCalls} module calls · {report.ModuleCalls.Sum(call => call.Rows ?? 0)} of {s_limits.Rows:N0} rows · {report.Console.Count} of {s_limits.ConsoleLines} console lines · heap up to {s_limits.HeapMegabytes} MiB");

    private void Show(ScriptConsoleLine line, CancellationTokenSource running)
    {
        // A line may come after the run it belongs to; the report has it by then.
        if (ReferenceEquals(_running, running) && !_isDisposed)
        {
            _lines.Add(line);
            StateHasChanged();
        }
    }

    private void Cancel() => _running?.Cancel();
}
