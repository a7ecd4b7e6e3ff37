using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Packages;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting;

/// <summary>What every runner does before and after a run: so many at once, a short queue, and failures in whole sentences.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It has no wait handle, and a run that was given up frees its place late.")]
internal abstract class BoundedScriptRunner(ScriptModuleCatalog modules, IScriptPackageSource packages, int runsAtOnce, TimeProvider time, ILogger logger)
    : IScriptRunner, IScriptBulkhead
{
    private static readonly TimeSpan s_queueTime = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _places = new(runsAtOnce);
    private readonly RefusedRuns _refused = new(time, logger);

    public int RefusedInTheLastMinute => _refused.InTheLastMinute;

    public async Task<ScriptRunResult> RunAsync(
        ScriptRunRequest request,
        IProgress<ScriptConsoleLine>? console = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        using var span = ScriptTelemetry.StartRun(request.Kind);
        var result = await RunBoundedAsync(request, console, cancellationToken).ConfigureAwait(false);
        ScriptTelemetry.Ended(span, request.Kind, result);
        return result;
    }

    private async Task<ScriptRunResult> RunBoundedAsync(
        ScriptRunRequest request,
        IProgress<ScriptConsoleLine>? console,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        if (request.Source.Length > request.Limits.SourceLength)
        {
            return Refused(ScriptFailureKind.SourceLimit, ScriptInspector.TooLong(request.Source.Length, request.Limits), started);
        }

        if (!await TakePlaceAsync(cancellationToken).ConfigureAwait(false))
        {
            _refused.Add();
            return Refused(
                ScriptFailureKind.Busy,
                $"{runsAtOnce} scripts were running already and none ended within {s_queueTime.TotalSeconds:0} s, so this one was not started. Look for scripts that wait for a slow database.",
                started);
        }

        var place = new Place(_places);
        try
        {
            var mask = new SecretMask(request.Secrets);
            var run = await RunInPlaceAsync(request with { Packages = PackageNames() }, mask, console, place, cancellationToken).ConfigureAwait(false);
            return run with { Completion = mask.Apply(Explained(run.Completion, request)), Duration = Stopwatch.GetElapsedTime(started) };
        }
        finally
        {
            place.Free();
        }
    }

    /// <summary>Runs it. The completion is neither masked nor explained yet, and the duration does not count.</summary>
    protected abstract Task<ScriptRunResult> RunInPlaceAsync(
        ScriptRunRequest request,
        SecretMask mask,
        IProgress<ScriptConsoleLine>? console,
        Place place,
        CancellationToken cancellationToken);

    private async Task<bool> TakePlaceAsync(CancellationToken cancellationToken)
    {
        ScriptTelemetry.Waiting(1);
        try
        {
            return await _places.WaitAsync(s_queueTime, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ScriptTelemetry.Waiting(-1);
        }
    }

    private List<string> PackageNames() => packages.List().Select(package => package.Name).Distinct(StringComparer.Ordinal).ToList();

    private static ScriptRunResult Refused(ScriptFailureKind kind, string message, long started) =>
        new(new ScriptCompletion.Failed(new ScriptFailure(kind, message)), [], [], Stopwatch.GetElapsedTime(started));

    /// <summary>Adds what only the catalog and the parser know to a failure's sentence.</summary>
    private ScriptCompletion Explained(ScriptCompletion completion, ScriptRunRequest request) => completion switch
    {
        ScriptCompletion.Failed({ Kind: ScriptFailureKind.FunctionMissing } failure) when ScriptSyntax.Parse(request.Source).Program is { } program =>
            new ScriptCompletion.Failed(failure with { Message = ScriptInspector.FunctionMissing(request.Kind, new TopLevelFunctions(program).Names) }),
        ScriptCompletion.Failed({ Kind: ScriptFailureKind.UnknownModule } failure) =>
            new ScriptCompletion.Failed(failure with { Message = $"{failure.Message}. Scripts can require: {string.Join(", ", modules.Names.Concat(PackageNames()).Distinct().Order(StringComparer.Ordinal))}. {ScriptModuleCatalog.HowToBring}" }),
        _ => completion,
    };

    /// <summary>One run's right to run; kept by a run that does not stop.</summary>
    protected sealed class Place(SemaphoreSlim places)
    {
        private Task _until = Task.CompletedTask;

        public void KeepUntil(Task ended) => _until = ended;

        public void Free()
        {
            if (_until.IsCompleted)
            {
                places.Release();
            }
            else
            {
                _ = _until.ContinueWith(_ => places.Release(), TaskScheduler.Default);
            }
        }
    }
}
