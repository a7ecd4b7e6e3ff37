using System.Diagnostics;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The real script runtime, in worker processes of the real executable.</summary>
public class WorkerScriptHost : ScriptHost
{
    public WorkerScriptHost()
        : this(_ => { })
    {
    }

    protected WorkerScriptHost(Action<ScriptWorkerOptions> configure, Action<IServiceCollection>? replace = null)
        : base(services =>
        {
            services.Configure<ScriptWorkerOptions>(options =>
            {
                options.Command = WorkerCommand.ForAssembly(typeof(Program).Assembly.Location);
                configure(options);
            });
            replace?.Invoke(services);
        })
    {
    }

    /// <summary>Workers that are ready.</summary>
    public IReadOnlyList<int> WorkerIds => ((WorkerScriptRunner)Runner).ProcessIds;

    /// <summary>A host with other options.</summary>
    public static WorkerScriptHost With(Action<ScriptWorkerOptions> configure) => new(configure);

    /// <summary>A host in which a part of the runtime is replaced.</summary>
    internal static WorkerScriptHost Replacing(Action<IServiceCollection> replace) => new(_ => { }, replace);

    /// <summary>Waits until so many workers are ready.</summary>
    public async Task<IReadOnlyList<int>> WaitForWorkersAsync(int count)
    {
        ((WorkerScriptRunner)Runner).Start();
        while (WorkerIds.Count < count)
        {
            await Task.Delay(10);
        }

        return WorkerIds;
    }

    /// <summary>Kills a process as <c>kill -9</c> does; one that has ended is as good.</summary>
    public static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => ((WorkerScriptRunner)Runner).StopAsync(cancellationToken);
}
