using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>A custom database as log-ins use it: one consistent reading of mode, settings and published scripts.</summary>
public sealed record PublishedDatabase
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required MigrationMode Mode { get; init; }

    /// <summary>Whether an e-mail address that a script calls verified counts as verified here.</summary>
    public required bool TrustsEmailVerified { get; init; }

    /// <summary>The roles of the legacy database that are taken over.</summary>
    public IReadOnlyList<RoleMapping> AllowedRoles { get; init; } = [];

    /// <summary>What scripts see as <c>env</c>: the DB_ variables and the administrator's own.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required LegacyAccess Access { get; init; }

    /// <summary>Values to mask in whatever a script prints.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>The published versions.</summary>
    public required IReadOnlyDictionary<ScriptKind, PublishedScript> Scripts { get; init; }
}

/// <summary>A published version of a script.</summary>
/// <param name="VersionId">The version.</param>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Source">The script.</param>
/// <param name="Dialect">The dialect that somebody chose by hand; null where reading the source tells.</param>
public sealed record PublishedScript(Guid VersionId, int Number, string Source, ScriptDialect? Dialect = null);
