namespace LazyMigrate.Core.Scripting;

/// <summary>Keeps the console lines of one run: masked, cut, and only so many.</summary>
internal sealed class ConsoleCapture(ScriptLimits limits, SecretMask mask, IProgress<ScriptConsoleLine>? progress)
{
    private readonly List<ScriptConsoleLine> _lines = [];
    private int _dropped;
    private bool _closed;

    public void Write(ScriptConsoleLevel level, string text)
    {
        ScriptConsoleLine line;
        lock (_lines)
        {
            if (_closed)
            {
                return;
            }

            if (_lines.Count >= limits.ConsoleLines)
            {
                _dropped++;
                return;
            }

            // Cut after masking: a secret across the cut would show its beginning.
            line = new ScriptConsoleLine(level, TextCut.At(mask.Apply(text), limits.ConsoleLineLength));
            _lines.Add(line);
        }

        progress?.Report(line);
    }

    /// <summary>Begins the console of a run that was started once more.</summary>
    public void WriteStartedAgain()
    {
        lock (_lines)
        {
            _lines.Add(ScriptConsoleLine.StartedAgain);
        }

        progress?.Report(ScriptConsoleLine.StartedAgain);
    }

    /// <summary>Counts lines that never came here.</summary>
    public void Drop(int lines)
    {
        lock (_lines)
        {
            _dropped += lines;
        }
    }

    /// <summary>The lines, and one more that says how many were dropped. What comes later is not taken.</summary>
    public IReadOnlyList<ScriptConsoleLine> Close()
    {
        lock (_lines)
        {
            _closed = true;
            return _dropped == 0
                ? [.. _lines]
                : [.. _lines, new ScriptConsoleLine(ScriptConsoleLevel.Warn, $"{_dropped:N0} more lines were dropped: a run keeps {limits.ConsoleLines}.")];
        }
    }
}
