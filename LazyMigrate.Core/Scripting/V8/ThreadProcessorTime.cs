using System.Runtime.InteropServices;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>The processor time that one thread has used, read from any thread.</summary>
internal sealed partial class ThreadProcessorTime
{
    private readonly int _clock;

    // The kernel's own encoding of a thread's clock (CPUCLOCK_PERTHREAD | CPUCLOCK_SCHED), as pthread_getcpuclockid makes it.
    private ThreadProcessorTime(int threadId) => _clock = (~threadId << 3) | 6;

    /// <summary>Zero where the thread has ended.</summary>
    public TimeSpan Used => GetTime(_clock, out var time) == 0
        ? new TimeSpan((long)time.Seconds * TimeSpan.TicksPerSecond + ((long)time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : TimeSpan.Zero;

    /// <summary>The clock of the calling thread, counted from its start; null where the system has none that other threads can read.</summary>
    public static ThreadProcessorTime? OfThisThread() =>
        OperatingSystem.IsLinux() ? new ThreadProcessorTime(GetThreadId()) : null;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    /// <summary>C's <c>timespec</c> on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
