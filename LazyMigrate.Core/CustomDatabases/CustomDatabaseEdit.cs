using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>What the console shows of a custom database. Secrets are write-only: their values are not here.</summary>
public sealed record CustomDatabaseSettings
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required CustomDatabaseType Type { get; init; }

    public required MigrationMode Mode { get; init; }

    /// <summary>The URI with its password masked, or null when there is none.</summary>
    public required string? MaskedUri { get; init; }

    /// <summary>Names of the administrator's own variables; their values stay secret.</summary>
    public required IReadOnlyList<string> VariableNames { get; init; }

    public required IReadOnlyList<string> AllowedHosts { get; init; }

    public required bool TrustsEmailVerified { get; init; }

    public required IReadOnlyList<RoleMapping> AllowedRoles { get; init; }

    public required bool IsSample { get; init; }

    /// <summary>Whether the stored secrets can no longer be decrypted and have to be entered again.</summary>
    public required bool AreSecretsLost { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required Guid ConcurrencyStamp { get; init; }
}

/// <summary>What an administrator saves.</summary>
public sealed record CustomDatabaseEdit
{
    public required string Name { get; init; }

    public required CustomDatabaseType Type { get; init; }

    /// <summary>The new URI, or null to keep the stored one.</summary>
    public string? NewUri { get; init; }

    /// <summary>All variables that shall remain: a null value keeps the stored one; names that are missing are removed.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether an e-mail address that a script calls verified counts as verified here.</summary>
    public bool TrustsEmailVerified { get; init; }

    /// <summary>The roles of the legacy database that are taken over.</summary>
    public IReadOnlyList<RoleMapping> AllowedRoles { get; init; } = [];

    /// <summary>The stamp that was read, or null to create.</summary>
    public Guid? ConcurrencyStamp { get; init; }
}

/// <summary>How a save went.</summary>
public abstract record CustomDatabaseSave
{
    private CustomDatabaseSave()
    {
    }

    public sealed record Saved(CustomDatabaseSettings Settings) : CustomDatabaseSave;

    /// <param name="Problems">Field name of <see cref="CustomDatabaseEdit"/> (or <c>Variables.NAME</c>) and what is wrong.</param>
    public sealed record Refused(IReadOnlyList<FieldProblem> Problems) : CustomDatabaseSave;

    /// <summary>Somebody else saved in between; nothing was stored.</summary>
    public sealed record ChangedMeanwhile : CustomDatabaseSave;
}

/// <summary>What is wrong with one field, in a sentence that says what to do.</summary>
public sealed record FieldProblem(string Field, string Message);
