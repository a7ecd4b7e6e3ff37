using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using LazyMigrate.Core.Scripting.V8;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>The host side of one run's modules: opens their sessions, counts and records calls, and turns what fails into replies.</summary>
internal sealed class ModuleCalls : IAsyncDisposable
{
    /// <summary>Operations of one run that stay inside, for example preparing a statement: cheap, but not free.</summary>
    private const int OperationsInside = 2_000;

    private static readonly TimeSpan s_releaseTime = TimeSpan.FromSeconds(1);
    private static readonly JsonDocumentOptions s_argumentOptions = new() { MaxDepth = 64 };

    private readonly ScriptModuleCatalog _catalog;
    private readonly ScriptLimits _limits;
    private readonly ILogger _logger;
    // Never disposed: it has no timer, and a late call may still register with its token.
    private readonly CancellationTokenSource _ended = new();
    private readonly ModuleRun _run;
    private readonly ActivityContext _span = System.Diagnostics.Activity.Current?.Context ?? default;
    private readonly Lock _lock = new();
    private readonly Dictionary<IScriptModule, IModuleSession?> _sessions = [];
    private readonly List<ScriptModuleCall> _recorded = [];
    private int _started;
    private int _startedInside;
    private bool _disposed;

    public ModuleCalls(ScriptModuleCatalog catalog, ScriptRunRequest request, ILogger logger)
    {
        _catalog = catalog;
        _limits = request.Limits;
        _logger = logger;
        _run = new ModuleRun(request.Access, request.Limits, _ended.Token);
    }

    /// <summary>The finished calls so far, in the order of their end.</summary>
    public IReadOnlyList<ScriptModuleCall> Recorded
    {
        get
        {
            lock (_lock)
            {
                return [.. _recorded];
            }
        }
    }

    public async Task<ModuleReply> CallAsync(string module, string operation, string argumentJson)
    {
        if (FindSession(module) is not { } session)
        {
            return Error("ERR_INVALID_STATE", "The module has no such operation.");
        }

        var counted = session.ReachesOutside(operation);
        if (counted && Interlocked.Increment(ref _started) > _limits.ModuleCalls)
        {
            return Limit(new ScriptFailure(
                ScriptFailureKind.ModuleCallLimit,
                $"The script made more than {_limits.ModuleCalls} module calls. Ask for everything about the person in one or two queries."));
        }

        if (!counted && !_catalog.Find(module)!.ComputesOnly && Interlocked.Increment(ref _startedInside) > OperationsInside)
        {
            return Limit(new ScriptFailure(
                ScriptFailureKind.ModuleCallLimit,
                $"The script made more than {OperationsInside:N0} operations of a module. Prepare a statement once, not in a loop."));
        }

        using var span = counted ? ScriptTelemetry.StartCall(module, operation, _span) : null;
        var started = Stopwatch.GetTimestamp();
        string? code = null;
        int? rows = null;
        try
        {
            _run.Ended.ThrowIfCancellationRequested();
            using var argument = JsonDocument.Parse(argumentJson, s_argumentOptions);
            var answer = await session.InvokeAsync(operation, argument.RootElement).ConfigureAwait(false);
            rows = answer.Rows;
            code = answer.Fault;
            return new ModuleReply($$"""{"v":{{answer.Json}}}""", Failed: answer.Fault is not null);
        }
        catch (ModuleException exception)
        {
            code = exception.Code;
            return Error(code, exception.Message, exception.Fields);
        }
        catch (ModuleLimitException exception)
        {
            code = exception.Failure.Kind.ToString();
            return Limit(exception.Failure);
        }
        catch (OperationCanceledException) when (_run.Ended.IsCancellationRequested)
        {
            code = "ETIMEDOUT";
            return Error(code, "The run has ended.");
        }
        catch (Exception exception)
        {
            // A fault of ours: the script learns that much, the log the rest.
            Log.ModuleFaulted(_logger, exception, module, operation);
            code = "EINTERNAL";
            return Error(code, $"The module `{module}` failed. The server's log says why.");
        }
        finally
        {
            if (code is not null)
            {
                span?.SetStatus(ActivityStatusCode.Error, code);
            }

            if (counted)
            {
                lock (_lock)
                {
                    _recorded.Add(new ScriptModuleCall(module, operation, Stopwatch.GetElapsedTime(started), rows, code));
                }
            }
        }
    }

    /// <summary>Gives back what the run left open; a server that does not answer must not hold the log-in.</summary>
    public async Task ReleaseAsync(ScriptKind kind)
    {
        var release = DisposeAsync().AsTask();
        try
        {
            await release.WaitAsync(s_releaseTime).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!release.IsCompleted)
        {
            Log.SlowRelease(_logger, kind, s_releaseTime.TotalSeconds);
            _ = release.ContinueWith(task => LogFaults(kind, task), TaskContinuationOptions.OnlyOnFaulted);
        }
        catch (Exception)
        {
            LogFaults(kind, release);
        }
    }

    /// <summary>Ends the run for every host part: waits are cancelled, leases given back.</summary>
    public async ValueTask DisposeAsync()
    {
        List<IModuleSession?> sessions;
        lock (_lock)
        {
            _disposed = true;
            sessions = [.. _sessions.Values];
        }

        await _ended.CancelAsync().ConfigureAwait(false);
        await Releases.AllAsync(sessions.OfType<IModuleSession>(), session => session.DisposeAsync()).ConfigureAwait(false);
    }

    /// <summary>Names only: a driver's message may quote a value.</summary>
    private void LogFaults(ScriptKind kind, Task release)
    {
        foreach (var fault in release.Exception?.Flatten().InnerExceptions ?? [])
        {
            Log.NotGivenBack(_logger, kind, fault.GetType().Name, (fault as DbException)?.SqlState ?? "none");
        }
    }

    private static ModuleReply Limit(ScriptFailure limit) =>
        new("""{"e":{"code":"ERR_LIMIT","message":"A limit of the run was reached."}}""", Failed: true, limit);

    private static ModuleReply Error(string code, string message, IReadOnlyDictionary<string, string>? fields = null) => new(
        ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("e");
            writer.WriteString("message", message);
            writer.WriteString("code", code);
            foreach (var (name, value) in fields ?? new Dictionary<string, string>())
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }),
        Failed: true);

    private IModuleSession? FindSession(string name)
    {
        if (_catalog.Find(name) is not { } module)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_sessions.TryGetValue(module, out var session) && !_disposed)
            {
                _sessions[module] = session = module.OpenSession(_run);
            }

            return session;
        }
    }
}
