using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Activity.Chain;

/// <summary>Runs the <see cref="ActivitySealer"/> as long as the server runs, and logs the head from time to time: what stands in a log elsewhere cannot be taken back here.</summary>
public sealed class ActivityPump(ActivitySealer sealer, TimeProvider time, ILogger<ActivityPump> logger) : BackgroundService
{
    /// <summary>What an event is unsealed for at most. Finding nothing costs one indexed read.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_logInterval = TimeSpan.FromHours(1);

    private DateTimeOffset _loggedAt = DateTimeOffset.MinValue;
    private ActivityChain? _head;
    private string? _problem;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_head is { } head)
        {
            Log.ActivitySealed(logger, head.HeadNumber, Convert.ToHexStringLower(head.HeadSeal));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Started while the server starts: what its own start writes is not worth a batch of its own.
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SealAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SealAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await sealer.SealDueAsync(cancellationToken);
            _head = result.Chain ?? _head;
            var isDue = time.GetUtcNow() - _loggedAt >= s_logInterval;
            if (result.Problem is { } problem && (problem != _problem || isDue))
            {
                Log.ActivityNotSealed(logger, problem);
                _loggedAt = time.GetUtcNow();
            }
            else if (result.Problem is null && isDue && _head is { } head)
            {
                Log.ActivitySealed(logger, head.HeadNumber, Convert.ToHexStringLower(head.HeadSeal));
                _loggedAt = time.GetUtcNow();
            }

            _problem = result.Problem;
        }
#pragma warning disable CA1031 // The database may be away for a while; sealing goes on when it is back.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.ActivitySealingStands(logger, exception);
        }
    }
}
