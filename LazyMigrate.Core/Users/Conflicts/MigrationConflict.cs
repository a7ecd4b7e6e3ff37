namespace LazyMigrate.Core.Users.Conflicts;

/// <summary>A person whom the legacy database accepts, and who cannot be moved: something of theirs belongs to a user here.</summary>
/// <remarks>
/// One row a legacy person, however often they try. Only whoever gave the right password, or read the mail, gets here: there are
/// never more rows than people in the legacy database. It holds what an administrator compares: identifiers and the name; no
/// password, no second factor, nothing else of the profile. What the users here are called is read from them.
/// </remarks>
public sealed class MigrationConflict
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid CustomDatabaseId { get; init; }

    /// <summary>The person's key in the legacy database.</summary>
    public required string LegacyId { get; init; }

    /// <summary>Which version of the script accepted the person last.</summary>
    public Guid? ScriptVersionId { get; set; }

    /// <summary>The kind of <see cref="Identifier"/>.</summary>
    public IdentifierKind IdentifierKind { get; set; }

    /// <summary>What was typed last, canonical.</summary>
    public required string Identifier { get; set; }

    public string? Email { get; set; }

    public string? NormalizedEmail { get; set; }

    /// <summary>Whether the legacy database says so, and is trusted to.</summary>
    public bool EmailConfirmed { get; set; }

    public string? NormalizedPhoneNumber { get; set; }

    public string? UserName { get; set; }

    public string? NormalizedUserName { get; set; }

    public string? Name { get; set; }

    /// <summary>What belonged to users here at the last attempt.</summary>
    public ConflictFields Fields { get; set; }

    /// <summary>Whose the e-mail address is; null where nobody's, or where that user is gone. So for the other three.</summary>
    public Guid? EmailOwnerId { get; set; }

    public Guid? PhoneOwnerId { get; set; }

    public Guid? UserNameOwnerId { get; set; }

    public Guid? LegacyIdOwnerId { get; set; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>How many attempts there were.</summary>
    public int Count { get; set; }

    public ConflictState State { get; set; }

    public Guid? DecidedById { get; set; }

    public string? DecidedByName { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Who the legacy person is here: linked to, or moved after having been kept apart. The row goes with that user.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Another one whenever there is something else to decide, or something was decided: whoever decides says which they have seen.</summary>
    public Guid Stamp { get; set; } = Guid.NewGuid();

    /// <summary>The users here, each once.</summary>
    public IEnumerable<Guid> OwnerIds => ((Guid?[])[EmailOwnerId, PhoneOwnerId, UserNameOwnerId, LegacyIdOwnerId]).OfType<Guid>().Distinct();

    /// <summary>Those that nobody has decided, and that are about nobody here but these users: with them they come to nothing.</summary>
    internal static IQueryable<MigrationConflict> OnlyAbout(IQueryable<MigrationConflict> conflicts, IReadOnlyCollection<Guid> userIds) => conflicts.Where(
        conflict => conflict.State == ConflictState.Open
            && (conflict.EmailOwnerId != null || conflict.PhoneOwnerId != null || conflict.UserNameOwnerId != null || conflict.LegacyIdOwnerId != null)
            && (conflict.EmailOwnerId == null || userIds.Contains(conflict.EmailOwnerId.Value))
            && (conflict.PhoneOwnerId == null || userIds.Contains(conflict.PhoneOwnerId.Value))
            && (conflict.UserNameOwnerId == null || userIds.Contains(conflict.UserNameOwnerId.Value))
            && (conflict.LegacyIdOwnerId == null || userIds.Contains(conflict.LegacyIdOwnerId.Value)));

    /// <summary>The one of a legacy person.</summary>
    internal static IQueryable<MigrationConflict> Of(IQueryable<MigrationConflict> conflicts, Guid? customDatabaseId, string? legacyId) =>
        conflicts.Where(conflict => conflict.CustomDatabaseId == customDatabaseId && conflict.LegacyId == legacyId);

    /// <summary>Those of legacy people with this identifier who are linked to a user here.</summary>
    internal static IQueryable<MigrationConflict> LinkedBy(IQueryable<MigrationConflict> conflicts, UserIdentifier identifier)
    {
        var linked = conflicts.Where(conflict => conflict.State == ConflictState.Linked);
        return identifier.Kind switch
        {
            IdentifierKind.Email => linked.Where(conflict => conflict.NormalizedEmail == identifier.Canonical),
            IdentifierKind.Phone => linked.Where(conflict => conflict.NormalizedPhoneNumber == identifier.Canonical),
            _ => linked.Where(conflict => conflict.NormalizedUserName == identifier.Canonical),
        };
    }
}
