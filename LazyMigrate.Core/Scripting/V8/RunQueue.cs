using System.Diagnostics;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>What an isolate waits for: replies of modules and timers. Replies come from any thread, all else from the run's own.</summary>
internal sealed class RunQueue
{
    private const int StaleTimers = 1_000;

    // A monitor, not a semaphore: replies may come long after the run, and there is nothing to dispose.
    private readonly object _monitor = new();
    private readonly Queue<(int Id, ModuleReply Reply)> _replies = new();
    private readonly PriorityQueue<int, (long Due, long Order)> _dueTimers = new();
    private readonly HashSet<int> _liveTimers = [];
    private long _order;
    private int _pendingCalls;
    private bool _woken;

    /// <summary>Calls whose reply has not been taken yet.</summary>
    public int PendingCalls => Volatile.Read(ref _pendingCalls);

    public void Expect() => Interlocked.Increment(ref _pendingCalls);

    public void Post(int id, ModuleReply reply)
    {
        lock (_monitor)
        {
            _replies.Enqueue((id, reply));
            Monitor.Pulse(_monitor);
        }
    }

    /// <summary>Ends the present or the next wait with <see cref="RunEvent.Woken"/>.</summary>
    public void Wake()
    {
        lock (_monitor)
        {
            _woken = true;
            Monitor.Pulse(_monitor);
        }
    }

    public void StartTimer(int id, int milliseconds)
    {
        if (_dueTimers.Count > StaleTimers + (2 * _liveTimers.Count))
        {
            // Stopped timers stay queued until they are due: a script that starts and stops them for ever must not fill the memory.
            var live = _dueTimers.UnorderedItems.Where(item => _liveTimers.Contains(item.Element)).ToList();
            _dueTimers.Clear();
            _dueTimers.EnqueueRange(live);
        }

        _liveTimers.Add(id);
        _dueTimers.Enqueue(id, (Stopwatch.GetTimestamp() + (milliseconds * Stopwatch.Frequency / 1000), _order++));
    }

    public void StopTimer(int id) => _liveTimers.Remove(id);

    /// <summary>Waits for the next thing to happen.</summary>
    /// <param name="patience">How long at most; passed, it answers <see cref="RunEvent.TimedOut"/>.</param>
    public RunEvent Take(TimeSpan patience)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        lock (_monitor)
        {
            while (true)
            {
                var now = Stopwatch.GetTimestamp();
                if (_woken)
                {
                    _woken = false;
                    return new RunEvent.Woken();
                }

                // Replies first: there are only so many, while a timer can start the next one for ever.
                if (_replies.TryDequeue(out var arrived))
                {
                    Interlocked.Decrement(ref _pendingCalls);
                    return new RunEvent.ReplyArrived(arrived.Id, arrived.Reply);
                }

                if (TryTakeTimer(now, out var timer))
                {
                    return new RunEvent.TimerFired(timer);
                }

                if (PendingCalls == 0 && _liveTimers.Count == 0)
                {
                    return new RunEvent.NothingPending();
                }

                if (now >= deadline)
                {
                    return new RunEvent.TimedOut();
                }

                // Rounded up, so that a timer is due when the wait ends.
                var until = _dueTimers.TryPeek(out _, out var next) ? Math.Min(next.Due, deadline) : deadline;
                Monitor.Wait(_monitor, (int)(((until - now) * 1000 / Stopwatch.Frequency) + 1));
            }
        }
    }

    private bool TryTakeTimer(long now, out int timer)
    {
        while (_dueTimers.TryPeek(out timer, out var priority) && (priority.Due <= now || !_liveTimers.Contains(timer)))
        {
            _dueTimers.Dequeue();
            if (_liveTimers.Remove(timer))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What woke the run's loop.</summary>
internal abstract record RunEvent
{
    private RunEvent()
    {
    }

    internal sealed record ReplyArrived(int Id, ModuleReply Reply) : RunEvent;

    internal sealed record TimerFired(int Id) : RunEvent;

    internal sealed record Woken : RunEvent;

    internal sealed record NothingPending : RunEvent;

    internal sealed record TimedOut : RunEvent;
}
