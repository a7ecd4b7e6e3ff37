using System.Diagnostics;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>What the host parts of one run share: what may be reached, what is left of its limits, and its end.</summary>
internal sealed class ModuleRun(LegacyAccess access, ScriptLimits limits, CancellationToken ended)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _rows;
    private int _rowBytes;

    public LegacyAccess Access { get; } = access;

    public ScriptLimits Limits { get; } = limits;

    /// <summary>Cancelled at the run's end, also when it was killed: every wait in a host part takes it.</summary>
    public CancellationToken Ended { get; } = ended;

    /// <summary>What is left of the run's wall time, at least 1 ms.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            var left = Limits.WallTime - Stopwatch.GetElapsedTime(_started);
            return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>Counts one row that was read.</summary>
    /// <exception cref="ModuleLimitException">The run has read too much.</exception>
    public void CountRow(int bytes)
    {
        if (Interlocked.Increment(ref _rows) > Limits.Rows)
        {
            throw new ModuleLimitException(
                ScriptFailureKind.RowLimit,
                $"The script read more than {Limits.Rows:N0} rows. Ask the database for the one person only, with a WHERE clause or a LIMIT.");
        }

        if (Interlocked.Add(ref _rowBytes, bytes) > Limits.RowBytes)
        {
            throw new ModuleLimitException(
                ScriptFailureKind.RowLimit,
                $"The script read rows of more than {Limits.RowBytes >> 10:N0} KiB. Select only the columns that the profile needs.");
        }
    }
}
