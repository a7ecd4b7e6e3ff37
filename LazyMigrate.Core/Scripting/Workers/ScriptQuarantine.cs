using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>Versions of scripts that are not run for a while, because they ended one worker after another.</summary>
internal sealed class ScriptQuarantine(ScriptWorkerOptions options, TimeProvider time, ILogger logger)
{
    private const int VersionsKept = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Record> _records = new(StringComparer.Ordinal);

    /// <summary>What tells one version of a script from another: a digest of its source.</summary>
    public static string VersionOf(string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 8));

    /// <summary>Until when the version is not run, or null.</summary>
    public DateTimeOffset? Until(string version)
    {
        lock (_lock)
        {
            return _records.TryGetValue(version, out var record) && record.Until > time.GetUtcNow() ? record.Until : null;
        }
    }

    /// <summary>Counts a worker that the version ended.</summary>
    public void Report(string version)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_records.Count >= VersionsKept)
            {
                foreach (var (old, record) in _records.Where(each => each.Value.IsOver(now - options.QuarantineTime)).ToList())
                {
                    _records.Remove(old);
                }
            }

            if (!_records.TryGetValue(version, out var found))
            {
                _records[version] = found = new Record();
            }

            found.Ended.Enqueue(now);
            while (found.Ended.Peek() < now - options.QuarantineTime)
            {
                found.Ended.Dequeue();
            }

            if (found.Ended.Count < options.QuarantineAfter)
            {
                return;
            }

            found.Ended.Clear();
            found.Until = now + options.QuarantineTime;

            // Within the lock: whoever is refused because of it finds the reason in the log already.
            Log.Quarantined(logger, version, options.QuarantineAfter, options.QuarantineTime.TotalSeconds);
        }
    }

    private sealed class Record
    {
        public Queue<DateTimeOffset> Ended { get; } = new();

        public DateTimeOffset Until { get; set; }

        public bool IsOver(DateTimeOffset before) => Until < before && Ended.All(ended => ended < before);
    }
}
