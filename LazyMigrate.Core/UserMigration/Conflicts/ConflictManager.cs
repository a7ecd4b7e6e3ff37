using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Core.Users.Conflicts;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration.Conflicts;

/// <summary>What administrators decide about conflicts (docs/conflicts.md).</summary>
/// <remarks>
/// Who decides says what they have seen, by <see cref="MigrationConflict.Stamp"/>: nothing is decided twice, and nothing that has
/// changed meanwhile. Nobody is moved while a decision is stored, and the other way round, on all nodes.
/// </remarks>
public sealed class ConflictManager(
    UserAdministration administration,
    CustomDatabaseManager databases,
    OutboxWriter outbox,
    ActivityFactory activity,
    TimeProvider time)
{
    private const string Gone = "This conflict is over: the person has moved since, or one of the two sides was removed.";
    private const string Changed = "This conflict has changed since you looked at it: somebody has decided it, or there was another attempt. Look at it again.";

    /// <summary>The legacy person is this user: their legacy id is kept with the user, whose identifiers, password and roles stay as they are.</summary>
    /// <param name="id">Which conflict.</param>
    /// <param name="stamp">As it was seen.</param>
    /// <param name="userId">Who the legacy person is.</param>
    /// <param name="fields">What of theirs collided with that user, as it was seen.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<UserChange> LinkAsync(Guid id, Guid stamp, Guid userId, ConflictFields fields, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        var database = await databases.GetPublishedAsync(cancellationToken);
        return await DecideAsync(id, stamp, actor, async (context, conflict) =>
        {
            if (conflict.State != ConflictState.Open)
            {
                return Changed;
            }

            var reading = await ConflictQueries.ReadAsync(context, conflict, cancellationToken);
            if (reading.Users.FirstOrDefault(item => item.User.Id == userId) is not { } side
                || side.Fields == ConflictFields.None
                || side.Fields != fields)
            {
                return Changed;
            }

            if (reading.ProblemOfLink(side) is { } problem)
            {
                return problem;
            }

            if (await context.Tombstones.AnyAsync(stone => stone.CustomDatabaseId == conflict.CustomDatabaseId && stone.LegacyId == conflict.LegacyId, cancellationToken))
            {
                return "This legacy person was deleted here. Let them come back first (Users, Deleted people).";
            }

            var user = await context.Users.SingleAsync(user => user.Id == userId, cancellationToken);
            if (user.LegacyId is null)
            {
                var row = context.Entry(user);
                row.Property(item => item.LegacyId).CurrentValue = conflict.LegacyId;
                row.Property(item => item.CustomDatabaseId).CurrentValue = conflict.CustomDatabaseId;
                row.Property(item => item.MigratedAt).CurrentValue = time.GetUtcNow();
                row.Property(item => item.MigratedByVersionId).CurrentValue = conflict.ScriptVersionId;
                user.ConcurrencyStamp = Guid.NewGuid().ToString();

                // Whoever has no password here yet may get one by mail, which is no move: then nothing else would tell of them.
                if (database?.Id == conflict.CustomDatabaseId && database.Scripts.ContainsKey(ScriptKind.UserMigrated))
                {
                    context.Add(UserMigratedHandler.MessageFor(outbox, database, user));
                }
            }

            conflict.UserId = userId;
            Tell(context, ActivityKinds.ConflictLinked, conflict, actor, user, $"Linked to {user.DisplayName}. Legacy id {conflict.LegacyId}.");
            Decide(conflict, ConflictState.Linked, actor);
            return null;
        }, cancellationToken);
    }

    /// <summary>Two people: the legacy person is moved at their next log-in without what is somebody else's here.</summary>
    /// <param name="id">Which conflict.</param>
    /// <param name="stamp">As it was seen.</param>
    /// <param name="fields">What collided, as it was seen: what is left out.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<UserChange> KeepApartAsync(Guid id, Guid stamp, ConflictFields fields, ActivityActor actor, CancellationToken cancellationToken = default) =>
        DecideAsync(id, stamp, actor, async (context, conflict) =>
        {
            if (conflict.State != ConflictState.Open)
            {
                return Changed;
            }

            var reading = await ConflictQueries.ReadAsync(context, conflict, cancellationToken);
            if (reading.ProblemOfKeepingApart is { } problem)
            {
                return problem;
            }

            if (reading.Fields != fields)
            {
                return Changed;
            }

            conflict.Fields = reading.Fields;
            Tell(context, ActivityKinds.ConflictKeptApart, conflict, actor, user: null, $"Left out at the next log-in: {(conflict.Fields == ConflictFields.None ? "nothing" : conflict.Fields.Words())}. Legacy id {conflict.LegacyId}.");
            Decide(conflict, ConflictState.KeptApart, actor);
            return null;
        }, cancellationToken);

    /// <summary>The legacy person is refused from now on. What is kept of them is what a tombstone keeps.</summary>
    public Task<UserChange> RejectAsync(Guid id, Guid stamp, ActivityActor actor, CancellationToken cancellationToken = default) =>
        DecideAsync(id, stamp, actor, async (context, conflict) =>
        {
            if (conflict.State != ConflictState.Open)
            {
                return Changed;
            }

            var here = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.CustomDatabaseId == conflict.CustomDatabaseId && user.LegacyId == conflict.LegacyId, cancellationToken);
            if (here is { PasswordHash: null })
            {
                return $"This legacy person is {here.DisplayName} here, who has no password yet and would not get one any more.";
            }

            // With a user who has this legacy id the decision ends, too.
            conflict.UserId = here?.Id;
            (conflict.Email, conflict.UserName, conflict.Name) = (conflict.NormalizedEmail, conflict.NormalizedUserName, null);
            Tell(context, ActivityKinds.ConflictRejected, conflict, actor, user: null, $"Legacy id {conflict.LegacyId}.");
            Decide(conflict, ConflictState.Rejected, actor);
            return null;
        }, cancellationToken);

    /// <summary>Takes back that they were kept apart or rejected, as long as they have not moved.</summary>
    public Task<UserChange> ReopenAsync(Guid id, Guid stamp, ActivityActor actor, CancellationToken cancellationToken = default) =>
        DecideAsync(id, stamp, actor, (context, conflict) =>
        {
            if (conflict.State is not (ConflictState.KeptApart or ConflictState.Rejected))
            {
                return Task.FromResult<string?>(Changed);
            }

            if (conflict is { State: ConflictState.KeptApart, UserId: not null })
            {
                return Task.FromResult<string?>("They have moved since, as a user of their own. Return that user to not moved instead.");
            }

            Tell(context, ActivityKinds.ConflictReopened, conflict, actor, user: null, $"Was {(conflict.State == ConflictState.Rejected ? "rejected" : "kept apart")}. Legacy id {conflict.LegacyId}.");
            (conflict.State, conflict.UserId) = (ConflictState.Open, null);
            (conflict.DecidedById, conflict.DecidedByName, conflict.DecidedAt) = (null, null, null);
            conflict.Stamp = Guid.NewGuid();
            return Task.FromResult<string?>(null);
        }, cancellationToken);

    /// <param name="id">Which conflict.</param>
    /// <param name="stamp">As it was seen.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="decide">Changes it; says why not where it cannot be, and has changed nothing then.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    private Task<UserChange> DecideAsync(Guid id, Guid stamp, ActivityActor actor, Func<AppDbContext, MigrationConflict, Task<string?>> decide, CancellationToken cancellationToken) =>
        administration.InTransactionAsync(actor, async context =>
        {
            if (await context.MigrationConflicts.SingleOrDefaultAsync(conflict => conflict.Id == id, cancellationToken) is not { } conflict)
            {
                return new UserChange.Refused(Gone);
            }

            var problem = conflict.Stamp != stamp ? Changed : await decide(context, conflict);
            return problem is null ? new UserChange.Done(1) : new UserChange.Refused(problem);
        }, cancellationToken);

    private void Decide(MigrationConflict conflict, ConflictState state, ActivityActor actor)
    {
        conflict.State = state;
        (conflict.DecidedById, conflict.DecidedByName, conflict.DecidedAt) = (actor.Id, actor.Name, time.GetUtcNow());
        conflict.Stamp = Guid.NewGuid();
    }

    private void Tell(AppDbContext context, string kind, MigrationConflict conflict, ActivityActor actor, AppUser? user, string detail) =>
        context.Add(activity.Create(kind, actor, user?.Id, conflict.Identifier, customDatabaseId: conflict.CustomDatabaseId, scriptVersionId: conflict.ScriptVersionId, detail: detail));
}
