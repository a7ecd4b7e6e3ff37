namespace LazyMigrate.Core.Activity.Chain;

/// <summary>This node cannot decrypt the activity's key, and what was asked of it needs a signature.</summary>
public sealed class ActivityKeyUnreadableException(int number) : Exception(
    $"Nothing was removed: this node cannot decrypt the activity's key {number}, and events leave signed links behind. The server's log says what to do.");
