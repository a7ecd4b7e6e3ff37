using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LazyMigrate.Tests.UserMigration;

public sealed class LegacyHealthTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LegacyBreaker _breaker;
    private readonly LegacyHealth _health;
    private readonly Guid _id = Guid.NewGuid();

    public LegacyHealthTests()
    {
        _breaker = new LegacyBreaker(_time, Options.Create(new LegacyBreakerOptions { Failures = 2, Pause = TimeSpan.FromSeconds(5) }));
        _health = new LegacyHealth(_breaker, new LegacyOutage(_time), _time);
    }

    [Fact]
    public void Read_Nothing_HasNoFigures() =>
        Assert.Equal(new LegacyHealthReading(LegacyBreakerState.Closed, false, 0, 0, null, null, null, null), _health.Read(_id));

    [Fact]
    public void Read_Calls_GivesNearestRanks_OfTheLastQuarterHour()
    {
        _health.Record(TimeSpan.FromSeconds(9), ScriptFailureKind.TimeLimit);
        _time.Advance(TimeSpan.FromMinutes(16));
        foreach (var milliseconds in Enumerable.Range(1, 100).Reverse())
        {
            _health.Record(TimeSpan.FromMilliseconds(milliseconds), null);
        }

        var reading = _health.Read(_id);

        Assert.Equal((100, 0, 50.0, 95.0), (reading.Calls, reading.Failures, reading.Median!.Value.TotalMilliseconds, reading.Percentile95!.Value.TotalMilliseconds));
    }

    [Fact]
    public async Task Breaker_ManyAtOnceAfterThePause_OneTrial()
    {
        _breaker.Report(_id, hasFailed: true);
        _breaker.Report(_id, hasFailed: true);
        Assert.False(_breaker.TryEnter(_id));
        _time.Advance(TimeSpan.FromSeconds(5));

        var entered = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _breaker.TryEnter(_id))));

        Assert.Single(entered, admitted => admitted);
        _breaker.Report(_id, hasFailed: false);
        Assert.Equal(LegacyBreakerState.Closed, _breaker.StateOf(_id));
    }
}
