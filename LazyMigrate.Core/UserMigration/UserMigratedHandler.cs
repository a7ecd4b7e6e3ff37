using System.Text.Json;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Runs the <c>userMigrated</c> script after a move was committed; what comes of it never undoes the move.</summary>
public sealed class UserMigratedHandler(CustomDatabaseManager databases, LegacyDirectory legacy, AppDbContext context) : IOutboxHandler
{
    public const string MessageKind = "user_migrated";

    public string Kind => MessageKind;

    /// <summary>Over about two and a half days: a legacy database may be away for a weekend.</summary>
    public int Attempts => 20;

    /// <summary>What is enqueued with a move.</summary>
    internal static OutboxMessage MessageFor(OutboxWriter outbox, PublishedDatabase database, AppUser user) =>
        outbox.Create(MessageKind, new Move(user.Id, database.Id), user.DisplayName);

    public async Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken)
    {
        var move = JsonSerializer.Deserialize<Move>(payload)!;
        var database = await databases.GetPublishedAsync(cancellationToken);
        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == move.UserId, cancellationToken);
        if (database?.Id != move.CustomDatabaseId || user is not { LegacyId: { } legacyId, MigratedAt: { } migratedAt })
        {
            // The custom database was replaced, or the person deleted: there is nobody to tell, or nothing to tell of.
            return new OutboxResult.Done();
        }

        var outcome = await legacy.TellMigratedAsync(
            database,
            new MigratedUser
            {
                Id = legacyId,
                LocalId = user.Id.ToString(),
                Email = user.NormalizedEmail,
                Phone = user.NormalizedPhoneNumber,
                Username = user.NormalizedUserName,
                Name = user.Name,
                MigratedAt = migratedAt,
            },
            cancellationToken);
        return outcome is MigratedOutcome.Failed failed ? new OutboxResult.Postponed(failed.Failure.Message) : new OutboxResult.Done();
    }

    private sealed record Move(Guid UserId, Guid CustomDatabaseId);
}
