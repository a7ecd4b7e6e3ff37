namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>Whom <c>userMigrated</c> is told about: somebody whose move is committed. Never a password.</summary>
public sealed record MigratedUser
{
    /// <summary>The key in the legacy database.</summary>
    public required string Id { get; init; }

    /// <summary>The key of the local user.</summary>
    public required string LocalId { get; init; }

    public string? Email { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    public string? Username { get; init; }

    public string? Name { get; init; }

    public required DateTimeOffset MigratedAt { get; init; }
}
