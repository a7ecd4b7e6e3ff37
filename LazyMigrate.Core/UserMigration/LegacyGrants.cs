namespace LazyMigrate.Core.UserMigration;

/// <summary>What a legacy profile gives a user beyond the row of their own; stored by the same transaction.</summary>
/// <param name="Roles">Names of roles here, none of the console's.</param>
/// <param name="ProtectedTotpSecret">The encrypted secret of their authenticator app, or null.</param>
public sealed record LegacyGrants(IReadOnlyList<string> Roles, string? ProtectedTotpSecret)
{
    public static LegacyGrants None { get; } = new([], null);
}
