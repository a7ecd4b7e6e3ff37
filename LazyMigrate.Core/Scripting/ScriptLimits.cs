namespace LazyMigrate.Core.Scripting;

/// <summary>What one run may use. Every limit is finite; over a limit the run ends as <see cref="ScriptFailureKind"/> of that name.</summary>
public sealed record ScriptLimits
{
    /// <summary>Wall-clock time of a run, from its start to its answer.</summary>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Processor time of a run's thread. Waiting for modules, timers and the database does not count. Measured on Linux only.</summary>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>V8 heap of a run, in MiB.</summary>
    public int HeapMegabytes { get; init; } = 64;

    /// <summary>Array buffers of a run, in MiB; they lie outside V8's heap.</summary>
    public int ArrayBufferMegabytes { get; init; } = 32;

    /// <summary>Length of a script's source, in characters.</summary>
    public int SourceLength { get; init; } = 100_000;

    /// <summary>Console lines kept of a run; later ones are counted and dropped.</summary>
    public int ConsoleLines { get; init; } = 100;

    /// <summary>Length of one console line, in characters; the rest is cut off.</summary>
    public int ConsoleLineLength { get; init; } = 2048;

    /// <summary>Length of the answer, serialised as JSON, in characters.</summary>
    public int ResultLength { get; init; } = 256_000;

    /// <summary>Nesting of the answer.</summary>
    public int ResultDepth { get; init; } = 5;

    /// <summary>Calls of modules that reach outside (a query, a connect), a run.</summary>
    public int ModuleCalls { get; init; } = 20;

    /// <summary>Rows that one run may read from the legacy database.</summary>
    public int Rows { get; init; } = 1_000;

    /// <summary>Bytes of rows that one run may read, as JSON.</summary>
    public int RowBytes { get; init; } = 1_048_576;

    /// <summary>Bytes of the body of one HTTP response, after it was decompressed.</summary>
    public int ResponseBytes { get; init; } = 1_048_576;

    /// <summary>Wall-clock time of one HTTP request with its redirects; what is left of the run where that is less.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(10);
}
