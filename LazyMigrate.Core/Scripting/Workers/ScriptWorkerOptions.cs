namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>The processes that scripts run in.</summary>
public sealed class ScriptWorkerOptions
{
    public const string Section = "LazyMigrate:Workers";

    /// <summary>How a worker is started: a program whose <c>Main</c> hands over to <see cref="ScriptWorker"/>. Null: scripts run in this process.</summary>
    public WorkerCommand? Command { get; set; }

    /// <summary>Workers kept ready: one a processor, and at least two, so that one is there while another is replaced.</summary>
    public int Workers { get; set; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Runs that share a worker. More share its end when one of them kills it.</summary>
    public int RunsPerWorker { get; set; } = 8;

    /// <summary>Runs at once in all workers; the next ones wait up to a second.</summary>
    public int RunsAtOnce { get; set; } = 16;

    /// <summary>Resident memory at which a worker is killed, in MiB: 128 for .NET and V8, and 112 a run: 64 of heap, 32 of buffers, and what their clean-up needs.</summary>
    public int MemoryMegabytes { get; set; } = 1024;

    /// <summary>How long a worker may take to its first word.</summary>
    public TimeSpan StartTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Workers that one version of a script may end within <see cref="QuarantineTime"/>, before it is not run for as long.</summary>
    public int QuarantineAfter { get; set; } = 5;

    /// <summary>See <see cref="QuarantineAfter"/>.</summary>
    public TimeSpan QuarantineTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with the options, each with its key and the values that are possible.</summary>
    public IEnumerable<string> FindProblems()
    {
        if (Workers is < 1 or > 64)
        {
            yield return $"{Section}:Workers is {Workers}. Give 1 to 64.";
        }

        if (RunsPerWorker is < 1 or > 64)
        {
            yield return $"{Section}:RunsPerWorker is {RunsPerWorker}. Give 1 to 64.";
        }

        if (RunsAtOnce is < 1 or > 1024)
        {
            yield return $"{Section}:RunsAtOnce is {RunsAtOnce}. Give 1 to 1024.";
        }

        if (Workers * RunsPerWorker < RunsAtOnce)
        {
            yield return $"{Section}:RunsAtOnce is {RunsAtOnce}, and {Workers} workers with {RunsPerWorker} runs each hold fewer. Give {nameof(RunsAtOnce)} at most {nameof(Workers)} times {nameof(RunsPerWorker)}.";
        }

        if (MemoryMegabytes is < 256 or > 65_536)
        {
            yield return $"{Section}:MemoryMegabytes is {MemoryMegabytes}. Give 256 to 65536.";
        }

        if (StartTime < TimeSpan.FromSeconds(1) || StartTime > TimeSpan.FromMinutes(2))
        {
            yield return $"{Section}:StartTime is {StartTime}. Give 00:00:01 to 00:02:00.";
        }

        if (QuarantineAfter is < 1 or > 1000)
        {
            yield return $"{Section}:QuarantineAfter is {QuarantineAfter}. Give 1 to 1000.";
        }

        if (QuarantineTime < TimeSpan.FromSeconds(1) || QuarantineTime > TimeSpan.FromDays(1))
        {
            yield return $"{Section}:QuarantineTime is {QuarantineTime}. Give 00:00:01 to 1.00:00:00.";
        }
    }
}

/// <summary>A program and its arguments. They are visible to every user of the machine: nothing secret belongs there.</summary>
public sealed record WorkerCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Starts the assembly as this process was started: by its own executable, or by <c>dotnet</c>.</summary>
    /// <param name="assemblyPath">The assembly whose <c>Main</c> hands over to <see cref="ScriptWorker"/>; empty for a single file.</param>
    public static WorkerCommand ForAssembly(string assemblyPath)
    {
        ArgumentNullException.ThrowIfNull(assemblyPath);
        var own = Environment.ProcessPath ?? "";
        if (assemblyPath.Length == 0 || Path.GetFileNameWithoutExtension(own) == Path.GetFileNameWithoutExtension(assemblyPath))
        {
            return new WorkerCommand(own, [ScriptWorker.Verb]);
        }

        var host = Path.GetFileNameWithoutExtension(own) == "dotnet"
            ? own
            : Path.Combine(RuntimeRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return new WorkerCommand(host, [assemblyPath, ScriptWorker.Verb]);
    }

    /// <summary>The folder of the .NET that runs this process.</summary>
    internal static string RuntimeRoot { get; } = Path.GetFullPath(
        Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
