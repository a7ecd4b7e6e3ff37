using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Meters of the migration (docs/operating.md, "Metrics and traces"). Tags are names and outcomes, never who it was.</summary>
public sealed class MigrationTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "LazyMigrate";

    private const string DatabaseTag = "lazymigrate.database";

    private readonly LegacyBreaker _breaker;
    private readonly LegacyHealth _health;
    private readonly ConcurrentDictionary<Guid, string> _databases = new();
    private readonly Counter<long> _migrations;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _conflicts;
    private readonly Histogram<double> _latency;

    public MigrationTelemetry(IMeterFactory meters, LegacyBreaker breaker, LegacyHealth health)
    {
        _breaker = breaker;
        _health = health;

        // The factory keeps the meter, and ends it with the host.
        var meter = meters.Create(Name);
        _migrations = meter.CreateCounter<long>("lazymigrate.migrations", "{user}", "People who moved from the legacy database.");
        _refusals = meter.CreateCounter<long>("lazymigrate.refusals", "{attempt}", "Log-ins that were refused.");
        _conflicts = meter.CreateCounter<long>("lazymigrate.conflicts", "{attempt}", "Log-ins whose legacy profile belongs to another user here.");
        _latency = meter.CreateHistogram<double>("lazymigrate.legacy.latency", "s", "How long the legacy database, with its script, took to answer.");
        meter.CreateObservableGauge("lazymigrate.breaker.state", ReadBreakers, "{state}", "0 closed (the legacy database is asked), 1 open (it is not), 2 trial (one call is let through).");
    }

    internal void Moved(PublishedDatabase database, IdentifierKind kind) => _migrations.Add(
        1,
        new KeyValuePair<string, object?>(DatabaseTag, database.Name),
        new KeyValuePair<string, object?>("lazymigrate.identifier.kind", kind.ToString()));

    /// <param name="reason">A stable word: that of the activity's outcome.</param>
    internal void Refused(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("lazymigrate.refusal.reason", reason));

    internal void Conflicted(PublishedDatabase? database) => _conflicts.Add(1, new KeyValuePair<string, object?>(DatabaseTag, database?.Name));

    /// <summary>Records a call of the legacy database that was made.</summary>
    internal void Answered(PublishedDatabase database, ScriptKind operation, string outcome, TimeSpan duration, ScriptFailure? failure)
    {
        _databases[database.Id] = database.Name;
        _health.Record(duration, failure?.Kind);
        _latency.Record(duration.TotalSeconds, new TagList
        {
            { DatabaseTag, database.Name },
            { "lazymigrate.operation", operation.ToString() },
            { "lazymigrate.outcome", outcome },
        });
    }

    private IEnumerable<Measurement<int>> ReadBreakers() => _databases.Select(database => new Measurement<int>(
        _breaker.StateOf(database.Key) switch
        {
            LegacyBreakerState.Closed => 0,
            LegacyBreakerState.Open => 1,
            _ => 2,
        },
        new KeyValuePair<string, object?>(DatabaseTag, database.Value)));
}
