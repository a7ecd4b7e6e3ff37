using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LazyMigrate.Tests.Scripting;

/// <summary>Runs that find no place are counted and told of.</summary>
public sealed class RefusedRunsTests
{
    [Fact]
    public void Refused_AreCountedForAMinute_AndLoggedOnceInOne()
    {
        var time = new FakeTimeProvider();
        var log = new Lines();
        var refused = new RefusedRuns(time, log);

        refused.Add();
        refused.Add();
        Assert.Equal((2, 1), (refused.InTheLastMinute, log.Count));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, refused.InTheLastMinute);
        refused.Add();
        Assert.Equal((1, 2), (refused.InTheLastMinute, log.Count));
        Assert.Contains(" 2 were not started", log.Last, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_WithMoreRunsThanTheWorkersHold_AreRefused()
    {
        var problem = Assert.Single(new ScriptWorkerOptions { Workers = 2, RunsPerWorker = 4, RunsAtOnce = 9 }.FindProblems());

        Assert.Contains("LazyMigrate:Workers:RunsAtOnce is 9", problem, StringComparison.Ordinal);
        Assert.Empty(new ScriptWorkerOptions { Workers = 2, RunsPerWorker = 4, RunsAtOnce = 8 }.FindProblems());
    }

    private sealed class Lines : ILogger
    {
        public int Count { get; private set; }

        public string Last { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Count++;
            Last = formatter(state, exception);
        }
    }
}
