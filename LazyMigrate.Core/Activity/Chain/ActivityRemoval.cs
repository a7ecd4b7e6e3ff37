namespace LazyMigrate.Core.Activity.Chain;

/// <summary>What is left of a sealed event that LazyMigrate itself removed: its link, so that the chain still holds, and nothing of what it said.</summary>
public sealed class ActivityRemoval
{
    /// <summary>The event's place in the chain.</summary>
    public required long Number { get; init; }

    public required Guid EventId { get; init; }

    /// <summary>The event's own.</summary>
    public required byte[]? EventMac { get; init; }

    /// <summary>HMAC-SHA256 of the columns above: an event that somebody else deleted has none.</summary>
    public required byte[] Mac { get; init; }
}
