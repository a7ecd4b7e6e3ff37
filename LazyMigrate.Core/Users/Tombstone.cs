namespace LazyMigrate.Core.Users;

/// <summary>What is left of a deleted person, so that the legacy database does not bring them back: by which they would be known again, and nothing else.</summary>
public sealed class Tombstone
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateTimeOffset DeletedAt { get; init; }

    public string? NormalizedEmail { get; init; }

    public string? NormalizedPhoneNumber { get; init; }

    public string? NormalizedUserName { get; init; }

    public Guid? CustomDatabaseId { get; init; }

    public string? LegacyId { get; init; }

    /// <summary>Of a user who is being deleted.</summary>
    public static Tombstone Of(AppUser user, DateTimeOffset now) => new()
    {
        DeletedAt = now,
        NormalizedEmail = user.NormalizedEmail,
        NormalizedPhoneNumber = user.NormalizedPhoneNumber,
        NormalizedUserName = user.NormalizedUserName,
        CustomDatabaseId = user.CustomDatabaseId,
        LegacyId = user.LegacyId,
    };
}
