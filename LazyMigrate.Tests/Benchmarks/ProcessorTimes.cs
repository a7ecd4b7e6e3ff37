using System.Globalization;
using System.Runtime.Versioning;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary>Processor time as Linux counts it: other programs of a busy machine disturb it far less than the clock.</summary>
[SupportedOSPlatform("linux")]
internal static class ProcessorTimes
{
    private const double MillisecondsPerTick = 10;

    /// <summary>Of a process, in milliseconds.</summary>
    public static double Of(int processId) => Read(processId) is var (own, _, _) ? own : 0;

    /// <summary>Of a process and its children, those that have ended included, in milliseconds.</summary>
    public static double OfTree(int processId)
    {
        var total = Read(processId) is var (own, ended, _) ? own + ended : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Read(id) is var (child, childEnded, parent) && parent == processId)
            {
                total += child + childEnded;
            }
        }

        return total;
    }

    /// <summary>The process that started this one; 0 where it has ended.</summary>
    public static int ParentOf(int processId) => Read(processId) is var (_, _, parent) ? parent : 0;

    private static (double Own, double EndedChildren, int Parent)? Read(int processId)
    {
        try
        {
            // "4711 (a name) S 1 …": state, parent, …, and as the 12th to 15th user and system time, its own and of children waited for.
            var text = File.ReadAllText($"/proc/{processId}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (TimeOf(11) + TimeOf(12), TimeOf(13) + TimeOf(14), int.Parse(fields[1], CultureInfo.InvariantCulture));

            double TimeOf(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture) * MillisecondsPerTick;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
