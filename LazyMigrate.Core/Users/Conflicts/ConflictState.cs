namespace LazyMigrate.Core.Users.Conflicts;

/// <summary>What an administrator has decided about a conflict.</summary>
public enum ConflictState
{
    /// <summary>Nothing yet: the person is refused.</summary>
    Open,

    /// <summary>The legacy person is the user here.</summary>
    Linked,

    /// <summary>Two people: the legacy person is moved without what belongs to the user here.</summary>
    KeptApart,

    /// <summary>The legacy person is never moved.</summary>
    Rejected,
}
