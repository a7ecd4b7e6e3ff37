namespace LazyMigrate.Core.Users;

/// <summary>Where a user came from.</summary>
public enum UserOrigin
{
    /// <summary>Registered here.</summary>
    Registered,

    /// <summary>Moved from the legacy database at a first log-in.</summary>
    Migrated,

    /// <summary>Imported from the legacy database without a log-in.</summary>
    Imported,

    /// <summary>Created by an administrator.</summary>
    CreatedByAdmin,
}
