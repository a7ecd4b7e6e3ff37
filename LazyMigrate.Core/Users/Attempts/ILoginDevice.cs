namespace LazyMigrate.Core.Users.Attempts;

/// <summary>The device that a log-in comes from. A host that has requests replaces <see cref="NoLoginDevice"/>.</summary>
public interface ILoginDevice
{
    /// <summary>The device's id, if this person has logged in on it before; else null.</summary>
    string? IdFor(UserIdentifier identifier);

    /// <summary>Remembers that this person has logged in on it.</summary>
    void Remember(UserIdentifier identifier);
}

/// <summary>For hosts without requests.</summary>
public sealed class NoLoginDevice : ILoginDevice
{
    public string? IdFor(UserIdentifier identifier) => null;

    public void Remember(UserIdentifier identifier)
    {
    }
}
