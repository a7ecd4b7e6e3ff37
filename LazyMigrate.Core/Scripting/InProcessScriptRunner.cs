using System.Diagnostics;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.V8;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting;

/// <summary>Runs scripts in isolates of this process.</summary>
/// <remarks>
/// A script that V8's own limits do not stop can take the process with it (docs/scripts.md, "What is not there yet").
/// </remarks>
internal sealed class InProcessScriptRunner(ScriptModuleCatalog modules, ILogger<InProcessScriptRunner> logger) : IScriptRunner, IDisposable
{
    /// <summary>Runs at once. Each has a thread, and at worst its heap limit.</summary>
    private const int RunsAtOnce = 16;

    private static readonly TimeSpan s_queueTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_releaseTime = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _places = new(RunsAtOnce);

    public async Task<ScriptRunResult> RunAsync(
        ScriptRunRequest request,
        IProgress<ScriptConsoleLine>? console = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        if (request.Source.Length > request.Limits.SourceLength)
        {
            return Refused(ScriptFailureKind.SourceLimit, ScriptInspector.TooLong(request.Source.Length, request.Limits), started);
        }

        if (!await _places.WaitAsync(s_queueTime, cancellationToken).ConfigureAwait(false))
        {
            return Refused(
                ScriptFailureKind.TimeLimit,
                $"{RunsAtOnce} scripts were running already and none ended within {s_queueTime.TotalSeconds:0} s, so this one was not started. Look for scripts that wait for a slow database.",
                started);
        }

        var place = new Place(_places);
        try
        {
            return await RunInPlaceAsync(request, console, place, started, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            place.Free();
        }
    }

    public void Dispose() => _places.Dispose();

    private static ScriptRunResult Refused(ScriptFailureKind kind, string message, long started) =>
        new(new ScriptCompletion.Failed(new ScriptFailure(kind, message)), [], [], Stopwatch.GetElapsedTime(started));

    private async Task<ScriptRunResult> RunInPlaceAsync(
        ScriptRunRequest request,
        IProgress<ScriptConsoleLine>? console,
        Place place,
        long started,
        CancellationToken cancellationToken)
    {
        var mask = new SecretMask(request.Secrets);
        var capture = new ConsoleCapture(request.Limits, mask, console);
        var calls = new ModuleCalls(modules, request, logger);
        ScriptCompletion completion;
        try
        {
            var (ended, thread) = await IsolateThread.RunAsync(request, new RunHost(modules, calls, capture, logger), cancellationToken).ConfigureAwait(false);
            if (ended is null)
            {
                Log.RunWedged(logger, request.Kind, IsolateThread.Grace.TotalSeconds);
                place.KeepUntil(thread);
            }

            completion = ended ?? new ScriptCompletion.Failed(new ScriptFailure(
                ScriptFailureKind.TimeLimit,
                $"The script took longer than {request.Limits.WallTime.TotalSeconds:0.###} s and could not be stopped. Look for an operation on a huge array or string."));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.RunFaulted(logger, exception, request.Kind);
            completion = new ScriptCompletion.Failed(new ScriptFailure(
                ScriptFailureKind.WorkerLost,
                "The script could not be run because of a fault of LazyMigrate's own. The server's log says more."));
        }
        finally
        {
            await ReleaseAsync(calls, request.Kind).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new ScriptRunResult(
            mask.Apply(Explained(completion, request)),
            capture.Close(),
            calls.Recorded,
            Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Adds what only the catalog and the parser know to a failure's sentence.</summary>
    private ScriptCompletion Explained(ScriptCompletion completion, ScriptRunRequest request) => completion switch
    {
        ScriptCompletion.Failed({ Kind: ScriptFailureKind.FunctionMissing } failure) when ScriptSyntax.Parse(request.Source).Program is { } program =>
            new ScriptCompletion.Failed(failure with { Message = ScriptInspector.FunctionMissing(request.Kind, new TopLevelFunctions(program).Names) }),
        ScriptCompletion.Failed({ Kind: ScriptFailureKind.UnknownModule } failure) =>
            new ScriptCompletion.Failed(failure with { Message = $"{failure.Message}. Scripts can require: {string.Join(", ", modules.Names)}." }),
        _ => completion,
    };

    /// <summary>Gives back what the run left open; a server that does not answer must not hold the log-in.</summary>
    private async Task ReleaseAsync(ModuleCalls calls, ScriptKind kind)
    {
        var release = calls.DisposeAsync().AsTask();
        try
        {
            await release.WaitAsync(s_releaseTime).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!release.IsCompleted)
        {
            Log.SlowRelease(logger, kind, s_releaseTime.TotalSeconds);
            _ = release.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
        }
        catch (Exception exception)
        {
            Log.RunFaulted(logger, exception, kind);
        }
    }

    /// <summary>One run's right to a thread; kept by a run that does not stop.</summary>
    private sealed class Place(SemaphoreSlim places)
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

    private sealed class RunHost(ScriptModuleCatalog modules, ModuleCalls calls, ConsoleCapture console, ILogger logger) : IIsolateHost
    {
        public string? FindFacade(string module, string version)
        {
            var found = modules.Find(module);
            if (found is not null && version.Length > 0)
            {
                Log.VersionNoted(logger, module, version.Length > 32 ? version[..32] : version);
            }

            return found?.Facade;
        }

        public void WriteConsole(ScriptConsoleLevel level, string text) => console.Write(level, text);

        public Task<ModuleReply> CallAsync(string module, string operation, string argumentJson) => calls.CallAsync(module, operation, argumentJson);
    }
}
