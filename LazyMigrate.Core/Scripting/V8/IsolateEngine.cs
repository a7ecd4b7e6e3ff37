using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>Makes the V8 engines that scripts run in: one fresh isolate a run, with every limit switched on.</summary>
/// <remarks>
/// In-process limits end most runaway scripts, not all: V8 aborts the process when a single allocation passes
/// <see cref="HardHeapMegabytes"/> before the heap monitor looks, and a few built-in loops ignore interrupts.
/// </remarks>
internal static class IsolateEngine
{
    /// <summary>Where V8 itself gives up, with the whole process. Far above the monitored limit, so that the monitor comes first.</summary>
    private const int HardHeapMegabytes = 1536;

    /// <summary>The most that a script's calls may grow the stack; the threads of <see cref="IsolateThread"/> have more.</summary>
    private const int StackKilobytes = 512;

    private static readonly TimeSpan s_heapSampleInterval = TimeSpan.FromMilliseconds(5);

    static IsolateEngine()
    {
        // Read once, before the first engine. Without the JIT there is no WebAssembly, and no writable code pages.
        V8Settings.GlobalFlags = V8GlobalFlags.DisableJITCompilation;
    }

    public static V8ScriptEngine Create(ScriptLimits limits)
    {
        var constraints = new V8RuntimeConstraints
        {
            MaxOldSpaceSize = Math.Max(HardHeapMegabytes, limits.HeapMegabytes * 4),
            MaxArrayBufferAllocation = (ulong)limits.ArrayBufferMegabytes << 20,
        };
        return new V8ScriptEngine(
            "script",
            constraints,
            V8ScriptEngineFlags.DisableGlobalMembers | V8ScriptEngineFlags.HideHostExceptions)
        {
            DefaultAccess = ScriptAccess.None,
            AllowReflection = false,
            DocumentSettings = { AccessFlags = DocumentAccessFlags.None, Loader = new NoDocuments() },
            MaxRuntimeHeapSize = checked((UIntPtr)((ulong)limits.HeapMegabytes << 20)),
            RuntimeHeapSizeSampleInterval = s_heapSampleInterval,
            // The policy "Exception" can be caught by the script, and then the limit is gone.
            RuntimeHeapSizeViolationPolicy = V8RuntimeViolationPolicy.Interrupt,
            MaxRuntimeStackUsage = StackKilobytes << 10,
        };
    }

    /// <summary>Nothing is loaded from anywhere, whatever the access flags mean in a later version.</summary>
    private sealed class NoDocuments : DocumentLoader
    {
        public override Task<Document> LoadDocumentAsync(
            DocumentSettings settings,
            DocumentInfo? sourceInfo,
            string specifier,
            DocumentCategory category,
            DocumentContextCallback contextCallback) =>
            throw new FileNotFoundException("Documents are not loaded.");
    }
}
