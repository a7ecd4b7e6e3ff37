using System.Diagnostics;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Decides the log-in of somebody who is not in the local store, and moves them where the legacy database accepts them.</summary>
/// <remarks>Rows in the comments are those of docs/flows.md, "Log in".</remarks>
public sealed class UserMigrator(
    CustomDatabaseManager databases,
    LegacyDirectory legacy,
    MigratingUserStore store,
    IPasswordHasher<AppUser> hasher,
    DummyPassword dummy,
    ActivityFactory activity,
    ActivityWriter writer,
    TimeProvider time,
    IOptions<LazyMigrationOptions> options)
{
    /// <summary>Asks the legacy database, and moves the person if it accepts.</summary>
    public async Task<UserMigrationOutcome> MigrateAsync(UserIdentifier identifier, string password, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var database = await databases.GetPublishedAsync(cancellationToken);
        if (database is not { Mode: MigrationMode.LazyMigration })
        {
            // Row 6. It costs a hash, so that the clock does not tell unknown people from known ones.
            dummy.Verify(password);
            var kind = database is { Mode: MigrationMode.Frozen } ? ActivityKinds.LoginLeftBehind : ActivityKinds.LoginRefused;
            await WriteAsync(kind, "NotMoving", detail: null);
            return new UserMigrationOutcome.NotMoving();
        }

        var version = database.Scripts.GetValueOrDefault(Scripting.ScriptKind.Login)?.VersionId;
        var outcome = await legacy.LogInAsync(database, identifier, password, cancellationToken);
        if (outcome is LoginOutcome.Accepted accepted)
        {
            return await MoveAsync(accepted.Profile);
        }

        dummy.Verify(password);
        switch (outcome)
        {
            case LoginOutcome.NoSuchUser or LoginOutcome.WrongPassword:
                await WriteAsync(ActivityKinds.LoginRefused, outcome is LoginOutcome.NoSuchUser ? "NoSuchUser" : "WrongPassword", detail: null);
                return new UserMigrationOutcome.Refused();
            case LoginOutcome.Blocked blocked:
                await WriteAsync(ActivityKinds.LoginBlocked, "Blocked", detail: "Blocked in the legacy database.");
                return new UserMigrationOutcome.Blocked(blocked.Profile is not null);
            case LoginOutcome.Invalid invalid:
                await WriteAsync(ActivityKinds.LegacyProfileInvalid, "Invalid", Sentences(invalid.Problems));
                return new UserMigrationOutcome.Invalid(invalid.Problems);
            case LoginOutcome.Failed failed:
                await WriteAsync(ActivityKinds.LoginFailed, failed.Failure.Kind.ToString(), failed.Failure.Message);
                return new UserMigrationOutcome.Unavailable(failed.Failure);
            default:
                throw new UnreachableException();
        }

        async Task<UserMigrationOutcome> MoveAsync(LegacyProfile profile)
        {
            var mapped = LegacyProfileMapper.Map(
                profile,
                identifier,
                new MappedOrigin(database.Id, version, database.TrustsEmailVerified, options.Value.PhoneRegion, time.GetUtcNow()));
            if (!mapped.IsUsable)
            {
                // Row 12.
                dummy.Verify(password);
                await WriteAsync(ActivityKinds.LegacyProfileInvalid, "Invalid", Sentences(mapped.Problems));
                return new UserMigrationOutcome.Invalid(mapped.Problems);
            }

            var user = mapped.User;
            user.PasswordHash = hasher.HashPassword(user, password);
            var moved = activity.Create(
                ActivityKinds.UserMigrated,
                subjectId: user.Id,
                subjectName: identifier.Canonical,
                customDatabaseId: database.Id,
                scriptVersionId: version,
                duration: Stopwatch.GetElapsedTime(started),
                outcome: "Accepted");
            if (await store.TryMoveAsync(user, moved, cancellationToken))
            {
                return new UserMigrationOutcome.Moved(user, IsFirst: true);
            }

            // Row 14: the same person, logging in twice at once, was stored by the other log-in. The legacy id says it is the same.
            if (await store.FindByIdentifierAsync(identifier, cancellationToken) is { } other
                && other.LegacyId == user.LegacyId
                && other.CustomDatabaseId == user.CustomDatabaseId)
            {
                if (other.PasswordHash is not null && hasher.VerifyHashedPassword(other, other.PasswordHash, password) != PasswordVerificationResult.Failed)
                {
                    return new UserMigrationOutcome.Moved(other, IsFirst: false);
                }

                // The legacy database accepts two passwords for the person; the one that was stored first counts.
                await WriteAsync(ActivityKinds.LoginRefused, "WrongPassword", detail: null);
                return new UserMigrationOutcome.Refused();
            }

            // Row 11.
            var owners = await store.FindOwnersAsync(user, cancellationToken);
            var detail = $"The profile's {string.Join(" and ", owners.Select(owner => owner.Field).Distinct())} belongs to another user here.";
            await WriteAsync(ActivityKinds.MigrationConflict, "Conflict", detail, owners.Count > 0 ? owners[0].OwnerId : null);
            return new UserMigrationOutcome.Conflict(detail);
        }

        Task WriteAsync(string kind, string word, string? detail, Guid? subjectId = null) => writer.WriteAsync(
            activity.Create(
                kind,
                subjectId: subjectId,
                subjectName: identifier.Canonical,
                customDatabaseId: database?.Id,
                scriptVersionId: database?.Scripts.GetValueOrDefault(Scripting.ScriptKind.Login)?.VersionId,
                duration: Stopwatch.GetElapsedTime(started),
                outcome: word,
                detail: detail),
            cancellationToken);
    }

    private static string Sentences(IReadOnlyList<ProfileProblem> problems) =>
        string.Join(" ", problems.Where(problem => problem.IsFatal).Select(problem => problem.Message));
}
