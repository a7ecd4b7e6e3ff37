using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Core.Scripting.V8;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>Runs scripts in worker processes. What a script does to its worker ends that run, and at worst delays its neighbours.</summary>
internal sealed class WorkerScriptRunner : BoundedScriptRunner, IScriptWorkers, IAsyncDisposable, IDisposable
{
    /// <summary>The first, and once more where the worker died under it.</summary>
    private const int Attempts = 2;

    private readonly ScriptModuleCatalog _modules;
    private readonly ILogger _logger;
    private readonly ScriptQuarantine _quarantine;
    private readonly WorkerPool _pool;
    private readonly int _wanted;

    public WorkerScriptRunner(
        ScriptModuleCatalog modules,
        IScriptPackageSource packages,
        IOptions<ScriptWorkerOptions> options,
        TimeProvider time,
        ILogger<WorkerScriptRunner> logger)
        : base(modules, packages, options.Value.RunsAtOnce, time, logger)
    {
        if (options.Value.FindProblems().ToList() is { Count: > 0 } problems)
        {
            throw new OptionsValidationException(ScriptWorkerOptions.Section, typeof(ScriptWorkerOptions), problems);
        }

        _modules = modules;
        _wanted = options.Value.Workers;
        _logger = logger;
        _quarantine = new ScriptQuarantine(options.Value, time, logger);
        _pool = new WorkerPool(options.Value, modules, _quarantine, logger);
    }

    /// <summary>The ids of the workers that are ready, for tests and figures.</summary>
    internal IReadOnlyList<int> ProcessIds => _pool.ProcessIds;

    public int Ready => _pool.ProcessIds.Count;

    public int Wanted => _wanted;

    /// <summary>Starts the workers, if they have not been: a first run does it, too.</summary>
    public void Start() => _pool.Start();

    /// <summary>Takes no more runs, waits for those there are, and ends the workers.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task StopAsync(CancellationToken cancellationToken) => _pool.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await _pool.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);

    // A container that is disposed of synchronously asks for it.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    protected override async Task<ScriptRunResult> RunInPlaceAsync(
        ScriptRunRequest request,
        SecretMask mask,
        IProgress<ScriptConsoleLine>? console,
        Place place,
        CancellationToken cancellationToken)
    {
        var version = ScriptQuarantine.VersionOf(request.Source);
        var alone = false;
        for (var attempt = 1; ; attempt++)
        {
            if (_quarantine.Until(version) is { } until)
            {
                return Without(ScriptFailureKind.WorkerLost, $"This version of the script ended one worker process after another, so it is not run until {until:HH:mm:ss} UTC. Look for an operation on a huge array or string, and publish a version without it.");
            }

            // Alone the second time: if it was a neighbour that ended the worker, it must not do so again; if it was this one, it shows.
            using var lease = await _pool.AcquireAsync(version, alone, cancellationToken).ConfigureAwait(false);
            if (lease is null)
            {
                // It says nothing of the legacy database.
                return Without(ScriptFailureKind.Busy, "No worker process was ready to run the script. Try again; the server's log says more if it stays so.");
            }

            var capture = new ConsoleCapture(request.Limits, mask, console);
            if (attempt > 1)
            {
                capture.WriteStartedAgain();
            }

            var calls = new ModuleCalls(_modules, request, _logger);
            WorkerOutcome outcome;
            try
            {
                outcome = await lease.Worker.RunAsync(lease, request, capture, calls, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // Before the next attempt: it must not meet what this one left open.
                await calls.ReleaseAsync(request.Kind).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            switch (outcome)
            {
                // Not begun, so of any kind it may be run again.
                case WorkerOutcome.Ended(ScriptCompletion.Failed { Failure.Kind: ScriptFailureKind.Busy }) when attempt < Attempts:
                    capture.Close();
                    continue;
                case WorkerOutcome.Ended(var completion):
                    return new ScriptRunResult(completion, capture.Close(), calls.Recorded, TimeSpan.Zero);

                // By the contract all other kinds only read, so that running them again changes nothing in the legacy database;
                // whoever asked for userMigrated asks again later.
                case WorkerOutcome.Lost when attempt < Attempts && request.Kind != ScriptKind.UserMigrated:
                    capture.Close();
                    alone = true;
                    continue;
                case WorkerOutcome.Lost(var loss):
                    return new ScriptRunResult(loss.Reason == WorkerLossReason.Memory ? RunFailures.MemoryLimit(request.Limits) : Failure(loss), capture.Close(), calls.Recorded, TimeSpan.Zero);
            }
        }
    }

    private static ScriptCompletion.Failed Failure(WorkerLoss loss) => RunFailures.Of(ScriptFailureKind.WorkerLost, loss.Reason switch
    {
        WorkerLossReason.KilledFromOutside => "The worker process of the script was killed from outside. Try again; if it stays so, see whether the machine runs out of memory.",
        WorkerLossReason.Stopped => "The server was stopped while the script ran.",
        _ => "The script ended the process that it ran in. Look for an operation on a huge array or string.",
    });

    private static ScriptRunResult Without(ScriptFailureKind kind, string message) => new(RunFailures.Of(kind, message), [], [], TimeSpan.Zero);
}
