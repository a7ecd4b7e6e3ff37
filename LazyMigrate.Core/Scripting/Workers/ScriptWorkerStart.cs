using Microsoft.Extensions.Hosting;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>Starts the workers with the host, without keeping it waiting, and drains them when it stops.</summary>
internal sealed class ScriptWorkerStart(IScriptRunner runner) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        (runner as WorkerScriptRunner)?.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        (runner as WorkerScriptRunner)?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
