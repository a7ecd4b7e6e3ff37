using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>A legacy database as configured: settings, secrets, scripts and mode.</summary>
public sealed class CustomDatabase
{
    public const int NameLength = 100;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public CustomDatabaseType Type { get; set; }

    public MigrationMode Mode { get; set; }

    /// <summary>The connection URI, encrypted; null when there is none.</summary>
    public string? ProtectedUri { get; set; }

    /// <summary>The administrator's own variables as one JSON object, encrypted.</summary>
    public string? ProtectedVariables { get; set; }

    /// <summary>Further <c>host:port</c> pairs that scripts may reach.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Whether an e-mail address that a script calls verified counts as verified here.</summary>
    public bool TrustsEmailVerified { get; set; }

    /// <summary>The roles of the legacy database that are taken over.</summary>
    public IReadOnlyList<RoleMapping> AllowedRoles { get; set; } = [];

    /// <summary>Whether one of its scripts has ever returned the secret of an authenticator app: people there have second factors. It stays so.</summary>
    public bool SecondFactorsSeen { get; set; }

    /// <summary>Whether it is the sample shop, which can be removed wholly.</summary>
    public bool IsSample { get; init; }

    /// <summary>A hash of the folder that a first start was provisioned from, or null.</summary>
    public string? ProvisionedHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Changes with every save, so that two administrators cannot overwrite each other unseen.</summary>
    public Guid ConcurrencyStamp { get; set; } = Guid.NewGuid();

    public ICollection<DatabaseScript> Scripts { get; init; } = [];
}
