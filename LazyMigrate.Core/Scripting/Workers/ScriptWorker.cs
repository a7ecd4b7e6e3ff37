using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.V8;
using Microsoft.Extensions.Logging.Abstractions;
using StreamJsonRpc;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>The worker's side: the whole life of a process that scripts run in.</summary>
/// <remarks>
/// An application that wants its scripts in workers begins its <c>Main</c> with
/// <c>if (ScriptWorker.IsRequested(args)) return await ScriptWorker.RunAsync();</c>
/// and sets <see cref="ScriptWorkerOptions.Command"/>.
/// </remarks>
public sealed class ScriptWorker
{
    /// <summary>The first argument of a worker.</summary>
    public const string Verb = "script-worker";

    /// <summary>Threads that replies and hashes find at once; the pool adds more too slowly for a log-in.</summary>
    private const int PoolThreads = 24;

    /// <summary>
    /// What runs leave behind survives a few quick collections and then lies in the oldest generation, which the collector would
    /// let grow by hundreds of megabytes: measured over 100,000 runs, 210 MiB a worker without this and none with it.
    /// </summary>
    private const int RunsBetweenCollections = 500;

    /// <summary>The runtime compiles a method anew after 30 calls.</summary>
    private const int WarmUpRuns = 60;

    /// <summary>How long a worker rests first: others that start at the same time come before its comfort.</summary>
    private static readonly TimeSpan s_idleTime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, CancellationTokenSource> _runs = new();
    private readonly JsonRpc _server;
    private readonly Task _rehearsal;
    private int _ended;
    private ScriptModuleCatalog _modules = new([]);

    private ScriptWorker(PipeReader reader, PipeWriter writer, Task rehearsal)
    {
        _rehearsal = rehearsal;
        _server = WorkerFrames.WorkerEnd(reader, writer);
        _server.AddLocalRpcMethod(WorkerMethods.Start, StartAsync);
        _server.AddLocalRpcMethod(WorkerMethods.Run, RunOneAsync);
        _server.AddLocalRpcMethod(WorkerMethods.Cancel, Cancel);
    }

    public static bool IsRequested(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count > 0 && arguments[0] == Verb;
    }

    /// <summary>Runs what the server sends through standard input, until it is closed.</summary>
    public static async Task<int> RunAsync()
    {
        WorkerProtections.Apply();
        ThreadPool.SetMinThreads(PoolThreads, PoolThreads);

        // While this thread gets the connection ready: each of the two has the runtime compile as much.
        var rehearsal = Task.Run(WorkerRehearsal.RunAsync);
        var input = PipeThread.Read(Console.OpenStandardInput(), "server");
        var output = PipeWriter.Create(Console.OpenStandardOutput());

        // Standard output is the pipe: nothing else may be written to it.
        Console.SetOut(TextWriter.Null);
        var worker = new ScriptWorker(input, output, rehearsal);
        worker._server.StartListening();
        try
        {
            await worker._server.Completion.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever ended the connection, there is nothing left to do.
        }

        // Not by returning: a script that does not stop would keep V8 from being torn down.
        Process.GetCurrentProcess().Kill();
        return 0;
    }

    private async Task<WorkerReady> StartAsync(WorkerSetup setup)
    {
        _modules = new ScriptModuleCatalog([.. ComputingModules.Create(), .. setup.Modules.Select(module => new ServerModule(module))]);

        await _rehearsal.ConfigureAwait(false);
        var (on, off) = WorkerProtections.Find();
        _ = WarmUpAsync();
        return new WorkerReady(on, off);
    }

    /// <summary>Rehearses on while nobody needs the worker, until the runtime has compiled what each run does as well as it can.</summary>
    private async Task WarmUpAsync()
    {
        await Task.Delay(s_idleTime).ConfigureAwait(false);
        for (var i = 0; i < WarmUpRuns && Volatile.Read(ref _ended) == 0 && _runs.IsEmpty; i++)
        {
            await WorkerRehearsal.RunAsync().ConfigureAwait(false);
        }
    }

    private async Task<WorkerRunEnd> RunOneAsync(WorkerRun run)
    {
        using var cancellation = new CancellationTokenSource();
        _runs[run.Id] = cancellation;
        var request = new ScriptRunRequest
        {
            Kind = run.Kind,
            Dialect = run.Dialect,
            Source = run.Source,
            ArgumentsJson = run.ArgumentsJson,
            Variables = run.Variables,
            Packages = run.Packages,
            Limits = run.Limits,
        };
        var host = new RunHost(this, run.Id, request);
        try
        {
            var (completion, wedged, begun) = await IsolateThread.RunAsync(request, host, cancellation.Token).ConfigureAwait(false);
            await host.EndAsync(run.Kind).ConfigureAwait(false);
            return WorkerCompletions.Write(completion, host.DroppedLines, wedged is not null, begun);
        }
        finally
        {
            _runs.TryRemove(run.Id, out _);
            if (Interlocked.Increment(ref _ended) % RunsBetweenCollections == 0)
            {
                // The answer does not wait for it.
                _ = Task.Run(static () => GC.Collect());
            }
        }
    }

    private void Cancel(long runId)
    {
        if (_runs.TryGetValue(runId, out var cancellation))
        {
            try
            {
                cancellation.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended.
            }
        }
    }

    /// <summary>A module whose host part is in the server.</summary>
    private sealed class ServerModule(WorkerModule module) : IScriptModule
    {
        private readonly Lazy<string> _facade = new(() => module.Facade ?? EmbeddedText.Read(module.EmbeddedFacade!));

        public IReadOnlyList<string> Names { get; } = module.Names;

        public string Facade => _facade.Value;

        public IModuleSession? OpenSession(ModuleRun run) => null;
    }

    [SuppressMessage("Design", "CA1001", Justification = "Released at the end of the run.")]
    private sealed class RunHost(ScriptWorker worker, long runId, ScriptRunRequest request) : IIsolateHost
    {
        private readonly ModuleCalls _calls = new(worker._modules, request, NullLogger.Instance);
        private readonly List<Task> _lines = [];

        public int DroppedLines { get; private set; }

        public string? FindFacade(string module, string version) => worker._modules.Find(module)?.Facade;

        /// <summary>On the run's thread. The server cuts the line after masking it.</summary>
        public void WriteConsole(ScriptConsoleLevel level, string text)
        {
            if (_lines.Count >= request.Limits.ConsoleLines)
            {
                DroppedLines++;
                return;
            }

            _lines.Add(worker._server.InvokeWithCancellationAsync(WorkerMethods.ConsoleLine, [new WorkerLine(runId, level, text)], CancellationToken.None));
        }

        public async Task<ModuleReply> CallAsync(string module, string operation, string argumentJson)
        {
            if (worker._modules.Find(module) is not { ComputesOnly: false })
            {
                return await _calls.CallAsync(module, operation, argumentJson).ConfigureAwait(false);
            }

            var argument = Encoding.UTF8.GetBytes(argumentJson);
            if (argument.Length > WorkerFrames.LongestBytes)
            {
                return new ModuleReply($$$"""{"e":{"code":"E2BIG","message":"An argument of more than {{{WorkerFrames.LongestBytes >> 10}}} KiB."}}""", Failed: true);
            }

            var reply = await worker._server.InvokeWithCancellationAsync<WorkerCallReply>(
                WorkerMethods.CallModule,
                [new WorkerCall(runId, module, operation, argument)],
                CancellationToken.None).ConfigureAwait(false);
            return new ModuleReply(Encoding.UTF8.GetString(reply.Json), reply.Failed, reply.Limit);
        }

        /// <summary>Ends what still computes, and waits until the server has every line.</summary>
        public async Task EndAsync(ScriptKind kind)
        {
            await _calls.ReleaseAsync(kind).ConfigureAwait(false);
            await Task.WhenAll(_lines).ConfigureAwait(false);
        }
    }
}
