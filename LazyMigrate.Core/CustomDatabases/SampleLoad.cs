namespace LazyMigrate.Core.CustomDatabases;

/// <summary>How loading the sample shop went.</summary>
public abstract record SampleLoad
{
    private SampleLoad()
    {
    }

    /// <param name="Settings">The custom database, switched off, its scripts not published.</param>
    /// <param name="People">How many people it holds.</param>
    public sealed record Loaded(CustomDatabaseSettings Settings, int People) : SampleLoad;

    /// <summary>There is a custom database, perhaps the sample itself; nothing was changed.</summary>
    /// <param name="Name">How it is called.</param>
    public sealed record AlreadyHasDatabase(string Name) : SampleLoad;
}

/// <summary>How removing the sample shop went.</summary>
public abstract record SampleRemoval
{
    private SampleRemoval()
    {
    }

    /// <param name="Users">How many users had come from it and are gone, too.</param>
    public sealed record Removed(int Users) : SampleRemoval;

    public sealed record NotLoaded : SampleRemoval;

    /// <summary>Nothing was removed, and why, in a sentence.</summary>
    public sealed record Refused(string Reason) : SampleRemoval;
}

/// <summary>A person of the sample shop to try a log-in with.</summary>
/// <param name="DisplayName">How they are called.</param>
/// <param name="Identifier">What they log in with.</param>
/// <param name="Password">Their password in the legacy database.</param>
public sealed record SampleCredential(string DisplayName, string Identifier, string Password)
{
    /// <summary>What else they could log in with.</summary>
    public string? OtherIdentifier { get; init; }
}
