namespace LazyMigrate.Core.Users.Attempts;

/// <summary>A random key that all nodes share, encrypted by data protection.</summary>
public sealed class StoredKey
{
    public const int NameLength = 64;

    public required string Name { get; init; }

    public required string ProtectedValue { get; set; }
}
