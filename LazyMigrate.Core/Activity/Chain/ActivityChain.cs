namespace LazyMigrate.Core.Activity.Chain;

/// <summary>Both ends of the chain that all sealed events are links of; one row. See docs/activity.md.</summary>
public sealed class ActivityChain
{
    /// <summary>Of the only row.</summary>
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>The number of the event that was sealed last; <see cref="AnchorNumber"/> where none has been.</summary>
    public required long HeadNumber { get; init; }

    /// <summary>The seal of that event. Kept apart from it, so that a tail that was cut off shows.</summary>
    public required byte[] HeadSeal { get; init; }

    /// <summary>Where the chain begins: the first event that is checked has the next number.</summary>
    public required long AnchorNumber { get; init; }

    /// <summary>What the first event is chained to.</summary>
    public required byte[] AnchorSeal { get; init; }

    /// <summary>Which of the stored keys the chain is made with.</summary>
    public required int KeyNumber { get; init; }

    /// <summary>HMAC-SHA256 of the columns above: nobody without the key can move an end of the chain.</summary>
    public required byte[] Mac { get; init; }
}
