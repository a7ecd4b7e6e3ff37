using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LazyMigrate.Web.Configuration;

/// <summary>LazyMigrate's own database: without it nobody can log in.</summary>
internal sealed class OwnDatabaseHealthCheck(CustomDatabaseManager databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // A table is read: a file that was taken away can still be opened.
            await databases.GetModeAsync(cancellationToken);
            return HealthCheckResult.Healthy("Answers.");
        }
#pragma warning disable CA1031 // Whatever it is, it must be said here; the driver's text may quote the connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy($"Does not answer ({exception.GetType().Name}).");
        }
    }
}

/// <summary>The legacy database: without it only people who have not moved cannot log in, so this is never unhealthy.</summary>
internal sealed class LegacyDatabaseHealthCheck(CustomDatabaseManager databases, LegacyHealth health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (await databases.GetAsync(cancellationToken) is not { } database || database.Mode == MigrationMode.Off)
            {
                return HealthCheckResult.Healthy("Not asked: the migration is off.");
            }

            var reading = health.Read(database.Id);
            return reading.IsDegraded ? HealthCheckResult.Degraded(Reason(reading)) : HealthCheckResult.Healthy("Answers, or was not asked lately.");
        }
#pragma warning disable CA1031 // LazyMigrate's own database is away, and that check says so.
        catch (Exception)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Degraded("Not known: LazyMigrate's own database does not answer.");
        }
    }

    private static string Reason(LegacyHealthReading reading) => reading.Breaker switch
    {
        LegacyBreakerState.Open => $"The breaker is open ({reading.LastFailure}): it is not asked for a short while.",
        LegacyBreakerState.HalfOpen => $"The breaker lets one trial call through ({reading.LastFailure}).",
        _ => $"The last calls failed ({reading.LastFailure?.ToString() ?? "no answer"}).",
    };
}

/// <summary>Whether scripts found a place in the last minute, and the worker processes that they run in: those are replaced by themselves.</summary>
internal sealed class WorkersHealthCheck(IScriptRunner runner) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(runner switch
    {
        IScriptBulkhead { RefusedInTheLastMinute: > 0 and var refused } => HealthCheckResult.Degraded($"Too many scripts run: {refused} were not started in the last minute."),
        IScriptWorkers { Ready: 0 } => HealthCheckResult.Degraded("No worker process is ready."),
        IScriptWorkers workers when workers.Ready < workers.Wanted => HealthCheckResult.Degraded($"{workers.Ready} of {workers.Wanted} worker processes are ready."),
        _ => HealthCheckResult.Healthy("Ready."),
    });
}

/// <summary>Whether this node signs what it writes into the activity, and has met events that nobody signed: it writes all the same, so this is never unhealthy.</summary>
internal sealed class ActivityHealthCheck(ActivityKeys keys, ActivitySealer sealer, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (keys.Unreadable is { } number)
        {
            return Task.FromResult(HealthCheckResult.Degraded($"Key {number} cannot be decrypted on this node, so events are not signed: give it the data-protection keys of the other nodes and start it again."));
        }

        return Task.FromResult(sealer.LastUnsigned is { } unsigned && time.GetUtcNow() - unsigned.Time < s_remembered
            ? HealthCheckResult.Degraded(FormattableString.Invariant($"Events that nobody signed were sealed in the last 24 hours, last {unsigned.Count} from number {unsigned.First.Number} on. Where no node reports that it cannot decrypt the key, somebody else wrote them."))
            : HealthCheckResult.Healthy("Signed."));
    }
}
