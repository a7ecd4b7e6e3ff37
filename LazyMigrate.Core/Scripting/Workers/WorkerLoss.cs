namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>Why a worker is gone.</summary>
internal enum WorkerLossReason
{
    /// <summary>It ended by itself: V8 aborted, or the runtime did.</summary>
    Crashed,

    /// <summary>Somebody else killed it: an operator, or the kernel for the memory of another.</summary>
    KilledFromOutside,

    /// <summary>A run did not stop at its limit.</summary>
    Wedged,

    /// <summary>It used more memory than it may.</summary>
    Memory,

    /// <summary>It sent something that the contract does not have.</summary>
    Protocol,

    /// <summary>The server stops.</summary>
    Stopped,
}

/// <summary>The end of a worker.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Suspects">The versions of the scripts that it ran, or of the one that is known to have done it.</param>
/// <param name="Runs">How many runs it held.</param>
internal sealed record WorkerLoss(WorkerLossReason Reason, IReadOnlySet<string> Suspects, int Runs)
{
    /// <summary>Whether a script did it.</summary>
    public bool IsByScript => Reason is WorkerLossReason.Crashed or WorkerLossReason.Wedged or WorkerLossReason.Memory or WorkerLossReason.Protocol;
}

/// <summary>What became of a run in a worker: exactly one of the nested records.</summary>
internal abstract record WorkerOutcome
{
    private WorkerOutcome()
    {
    }

    /// <summary>It ended.</summary>
    internal sealed record Ended(ScriptCompletion Completion) : WorkerOutcome;

    /// <summary>Its worker is gone, perhaps because of another run.</summary>
    internal sealed record Lost(WorkerLoss Loss) : WorkerOutcome;
}
