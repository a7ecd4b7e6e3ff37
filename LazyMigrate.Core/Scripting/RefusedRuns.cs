using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting;

/// <summary>Counts runs that were not started, and logs them once a minute at most.</summary>
internal sealed class RefusedRuns(TimeProvider time, ILogger logger)
{
    private const int MostCounted = 100_000;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _times = new();
    private DateTimeOffset _loggedAt = DateTimeOffset.MinValue;
    private int _notLogged;

    public int InTheLastMinute
    {
        get
        {
            lock (_lock)
            {
                Forget(time.GetUtcNow());
                return _times.Count;
            }
        }
    }

    public void Add()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Forget(now);
            _times.Enqueue(now);
            _notLogged++;
            if (now - _loggedAt < s_minute)
            {
                return;
            }

            Log.RunsRefused(logger, _notLogged);
            _loggedAt = now;
            _notLogged = 0;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (_times.TryPeek(out var first) && (now - first >= s_minute || _times.Count >= MostCounted))
        {
            _times.Dequeue();
        }
    }
}
