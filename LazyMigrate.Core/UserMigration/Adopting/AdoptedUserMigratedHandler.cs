using System.Text.Json;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>Runs the <c>userMigrated</c> script after a move into an application's database was committed; what comes of it never undoes the move.</summary>
/// <remarks>The message is stored before the move, in another database, so whether there was a move is seen from the link to the legacy id.</remarks>
internal sealed class AdoptedUserMigratedHandler<TUser>(ConfiguredDatabase configured, AdoptedStore<TUser> store, LegacyDirectory legacy, TimeProvider time) : IOutboxHandler
    where TUser : class
{
    /// <summary>After this long, a move that is not committed never will be.</summary>
    public static readonly TimeSpan LongestMove = TimeSpan.FromMinutes(2);

    public string Kind => UserMigratedHandler.MessageKind;

    /// <summary>Over about two and a half days: a legacy database may be away for a weekend.</summary>
    public int Attempts => 20;

    public static OutboxMessage MessageFor(OutboxWriter outbox, PublishedDatabase database, UserIdentifier identifier, AppUser user) =>
        outbox.Create(
            UserMigratedHandler.MessageKind,
            new Move(database.Id, user.LegacyId!, user.NormalizedEmail, user.NormalizedPhoneNumber, user.NormalizedUserName, user.Name, user.MigratedAt!.Value),
            identifier.Canonical);

    public async Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken)
    {
        var move = JsonSerializer.Deserialize<Move>(payload)!;
        var database = configured.Current;
        if (database.Id != move.CustomDatabaseId)
        {
            // The custom database was replaced.
            return new OutboxResult.Done();
        }

        if (await store.FindByLinkAsync(LegacyLink.Of(database, move.LegacyId)) is not { } user)
        {
            // Not committed yet, or never, or deleted since.
            return time.GetUtcNow() - move.MovedAt < LongestMove ? new OutboxResult.Postponed("The move is not committed yet.") : new OutboxResult.Done();
        }

        var outcome = await legacy.TellMigratedAsync(
            database,
            new MigratedUser
            {
                Id = move.LegacyId,
                LocalId = await store.Users.GetUserIdAsync(user, cancellationToken),
                Email = move.Email,
                Phone = move.Phone,
                Username = move.UserName,
                Name = move.Name,
                MigratedAt = move.MovedAt,
            },
            cancellationToken);
        return outcome is MigratedOutcome.Failed failed ? new OutboxResult.Postponed(failed.Failure.Message) : new OutboxResult.Done();
    }

    private sealed record Move(Guid CustomDatabaseId, string LegacyId, string? Email, string? Phone, string? UserName, string? Name, DateTimeOffset MovedAt);
}
