namespace LazyMigrate.Core.Scripting;

/// <summary>The bound of script runs at once, where a runner has one.</summary>
public interface IScriptBulkhead
{
    /// <summary>Runs that were not started in the last minute, because too many others ran.</summary>
    int RefusedInTheLastMinute { get; }
}
