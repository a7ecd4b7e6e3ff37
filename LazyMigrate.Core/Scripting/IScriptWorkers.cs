namespace LazyMigrate.Core.Scripting;

/// <summary>The worker processes that scripts run in, where a runner has such.</summary>
public interface IScriptWorkers
{
    /// <summary>How many are ready now; one that was lost is replaced by itself.</summary>
    int Ready { get; }

    /// <summary>How many there should be.</summary>
    int Wanted { get; }
}
