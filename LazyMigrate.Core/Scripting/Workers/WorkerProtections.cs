using System.Globalization;
using System.Runtime.InteropServices;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>What a worker on Linux gives up before it meets a script, and how it finds what it has given up.</summary>
internal static partial class WorkerProtections
{
    // From the kernel's headers; the same on x64 and arm64.
    private const int LimitCore = 4;
    private const int LimitProcesses = 6;
    private const int LimitFiles = 7;

    /// <summary>.NET needs about 60 for its own files.</summary>
    private const int Files = 256;

    /// <summary>Threads count. .NET and V8 need about 40, and a run one more.</summary>
    private const int Processes = 512;

    /// <summary>Limits that a process can put on itself. What needs a process of a single thread is done before, by the programs that start it.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        SetLimit(LimitCore, 0);
        SetLimit(LimitFiles, Files);

        // The count is the user's, of all their programs, unless the process has a user namespace of its own; and root is exempt.
        if (IsInUserNamespace && !IsRoot)
        {
            SetLimit(LimitProcesses, Processes);
        }

        TryWrite("/proc/self/oom_score_adj", "1000");
    }

    /// <summary>What is in force now, read from the kernel, and what is not.</summary>
    public static (IReadOnlyList<string> On, IReadOnlyList<string> Off) Find()
    {
        if (!OperatingSystem.IsLinux())
        {
            return (["own process", "empty environment"], ["everything that needs Linux"]);
        }

        var status = TryRead("/proc/self/status");
        var limits = TryRead("/proc/self/limits");
        (string Name, bool IsOn)[] all =
        [
            ("own process", true),
            ("empty environment", true),
            ("no network", !HasNetwork(TryRead("/proc/self/net/dev"))),
            ("no new privileges", FieldOf(status, "NoNewPrivs") is "1"),
            ("no capabilities", FieldOf(status, "CapEff") is { Length: > 0 } capabilities && capabilities.All(digit => digit == '0')),
            ("few files", LimitOf(limits, "Max open files") <= Files),
            ("few processes", !IsRoot && LimitOf(limits, "Max processes") <= Processes),
            ("no core dumps", LimitOf(limits, "Max core file size") == 0),
            ("first to go when memory runs out", TryRead("/proc/self/oom_score_adj").Trim() == "1000"),
        ];
        return ([.. all.Where(each => each.IsOn).Select(each => each.Name)], [.. all.Where(each => !each.IsOn).Select(each => each.Name)]);
    }

    private static bool IsRoot => GetUser() == 0;

    // "         0          0 4294967295" is the map of the namespace that the machine started with.
    private static bool IsInUserNamespace => TryRead("/proc/self/uid_map").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not ["0", "0", "4294967295"];

    // "  eth0: 1024 …", below two lines of headings, which have no colon.
    private static bool HasNetwork(string devices) =>
        devices.Split('\n').Any(line => line.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && line[..at].Trim() != "lo");

    // "NoNewPrivs:	1"
    private static string? FieldOf(string status, string name) => status.Split('\n')
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..].Trim();

    private static long LimitOf(string limits, string name)
    {
        // "Max open files            256                  256                  files"
        var line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? "";
        var soft = line.Length > name.Length ? line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() : null;
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var value) ? value : long.MaxValue;
    }

    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void TryWrite(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It shows in what the worker reports.
        }
    }

    private static void SetLimit(int resource, nuint value)
    {
        var limit = new Limit { Soft = value, Hard = value };
        _ = SetLimit(resource, in limit);
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetUser();

    /// <summary>C's <c>rlimit</c> on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
