using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Outbox;

/// <summary>Runs the <see cref="OutboxWorker"/> as long as the server runs.</summary>
public sealed class OutboxPump(OutboxWriter writer, OutboxWorker worker, ILogger<OutboxPump> logger) : BackgroundService
{
    // What another node enqueued, or what a transaction enqueued besides, is done within this time. It costs one indexed read.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await worker.RunDueAsync(stoppingToken);
                await writer.WaitAsync(s_longestWait, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away for a while; the outbox goes on when it is back.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.OutboxStands(logger, exception);
                await writer.WaitAsync(s_longestWait * 5, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
