namespace LazyMigrate.Core.Users;

/// <summary>What a person types to say who they are.</summary>
/// <param name="Kind">Decided by the server, never by the person.</param>
/// <param name="Canonical">The form that look-ups and unique indexes use, and that scripts get.</param>
public sealed record UserIdentifier(IdentifierKind Kind, string Canonical);

public enum IdentifierKind
{
    Email,
    Phone,
    UserName,
}
