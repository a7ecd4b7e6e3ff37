using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Core.Scripting.V8;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting;

/// <summary>Runs scripts in isolates of this process: for an application that starts no workers.</summary>
/// <remarks>
/// A script that V8's own limits do not stop can take the process with it (docs/scripts.md, "Isolation").
/// </remarks>
internal sealed class InProcessScriptRunner(ScriptModuleCatalog modules, IScriptPackageSource packages, TimeProvider time, ILogger<InProcessScriptRunner> logger)
    : BoundedScriptRunner(modules, packages, RunsAtOnce, time, logger)
{
    /// <summary>Runs at once. Each has a thread, and at worst its heap limit.</summary>
    private const int RunsAtOnce = 16;

    private readonly ScriptModuleCatalog _modules = modules;
    private readonly ILogger _logger = logger;

    protected override async Task<ScriptRunResult> RunInPlaceAsync(
        ScriptRunRequest request,
        SecretMask mask,
        IProgress<ScriptConsoleLine>? console,
        Place place,
        CancellationToken cancellationToken)
    {
        var capture = new ConsoleCapture(request.Limits, mask, console);
        var calls = new ModuleCalls(_modules, request, _logger);
        ScriptCompletion completion;
        try
        {
            (completion, var wedged, var begun) = await IsolateThread.RunAsync(request, new RunHost(_modules, calls, capture, _logger), cancellationToken).ConfigureAwait(false);
            if (wedged is not null)
            {
                if (begun)
                {
                    Log.RunWedged(_logger, request.Kind, IsolateThread.Grace.TotalSeconds);
                }
                else
                {
                    Log.RunNotBegun(_logger, request.Kind);
                }

                place.KeepUntil(wedged);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.RunFaulted(_logger, exception, request.Kind);
            completion = RunFailures.Fault;
        }
        finally
        {
            await calls.ReleaseAsync(request.Kind).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new ScriptRunResult(completion, capture.Close(), calls.Recorded, TimeSpan.Zero);
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
