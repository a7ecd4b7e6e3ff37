using System.Diagnostics;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.UserMigration.Reset;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.Extensions.Options;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Decides the log-in of somebody who is not in the local store, and moves them where the legacy database accepts them.</summary>
/// <remarks>Rows in the comments are those of docs/flows.md, "Log in".</remarks>
public sealed class UserMigrator(
    IPublishedDatabases databases,
    LegacyDirectory legacy,
    ILocalPeople people,
    HashingSlots hashing,
    DummyPassword dummy,
    ActivityFactory activity,
    ActivityWriter writer,
    MigrationTelemetry telemetry,
    TotpProtector totp,
    SecondFactorGuard factors,
    TimeProvider time,
    IOptions<LazyMigrationOptions> options)
{
    /// <summary>Asks the legacy database, and moves the person if it accepts.</summary>
    /// <param name="identifier">What was typed.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <param name="existing">The local user whose identifier it is: one without a password, who gets this one (row 5).</param>
    /// <param name="proof">What speaks for the person in place of the old password: <paramref name="password"/> is then a new one.</param>
    /// <exception cref="HashingBusyException">Nothing is stored.</exception>
    public async Task<UserMigrationOutcome> MigrateAsync(UserIdentifier identifier, string password, CancellationToken cancellationToken, AppUser? existing = null, LegacyProof? proof = null)
    {
        var started = Stopwatch.GetTimestamp();
        var asked = proof?.Script ?? Scripting.ScriptKind.Login;
        var database = await databases.GetPublishedAsync(cancellationToken);
        if (database is not { Mode: MigrationMode.LazyMigration })
        {
            // Row 6. It costs a hash, so that the clock does not tell unknown people from known ones.
            await dummy.VerifyAsync(password);
            var kind = database is { Mode: MigrationMode.Frozen } ? ActivityKinds.LoginLeftBehind : ActivityKinds.LoginRefused;
            await WriteAsync(kind, "NotMoving", detail: null, existing?.Id);
            return new UserMigrationOutcome.NotMoving();
        }

        var version = database.Scripts.GetValueOrDefault(asked)?.VersionId;
        var outcome = proof is null ? await legacy.LogInAsync(database, identifier, password, cancellationToken) : await proof.AskAsync(database);
        if (outcome is LoginOutcome.Accepted accepted)
        {
            return await MoveAsync(accepted.Profile, accepted.Notes);
        }

        await dummy.VerifyAsync(password);
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

        async Task<UserMigrationOutcome> MoveAsync(LegacyProfile profile, IReadOnlyList<ProfileProblem> notes)
        {
            if (proof is not null && await factors.FindProblemAsync(database.Id, profile, cancellationToken) is { } unnamed)
            {
                await dummy.VerifyAsync(password);
                await WriteAsync(ActivityKinds.LegacyProfileInvalid, "Invalid", unnamed.Message);
                return new UserMigrationOutcome.Invalid([unnamed]);
            }

            var mapped = LegacyProfileMapper.Map(
                profile,
                identifier,
                new MappedOrigin(database.Id, version, database.TrustsEmailVerified, options.Value.PhoneRegion, time.GetUtcNow()) { AllowedRoles = database.AllowedRoles });
            if (!mapped.IsUsable)
            {
                // Row 12.
                await dummy.VerifyAsync(password);
                await WriteAsync(ActivityKinds.LegacyProfileInvalid, "Invalid", Sentences(mapped.Problems));
                return new UserMigrationOutcome.Invalid(mapped.Problems);
            }

            var user = mapped.User;
            user.EmailConfirmed |= proof is not null && user.NormalizedEmail == proof.ConfirmedEmail;
            if (existing is null
                && await people.FindAgainAsync(identifier, user, cancellationToken) is { PasswordHash: not null } moved
                && moved.LegacyId == user.LegacyId
                && moved.CustomDatabaseId == user.CustomDatabaseId)
            {
                // Row 14, and the other log-in was first: a hash that would only be thrown away is not made.
                return await JoinAsync(user);
            }

            user.PasswordHash = await hashing.HashAsync(user, password);
            user.MustChangePassword = options.Value.WeakPasswords == WeakPasswordPolicy.RequireChange && await people.IsWeakAsync(user, password);

            // Encrypted before the transaction begins.
            var grants = new LegacyGrants(mapped.Roles, mapped.Totp is { } secret ? totp.Protect(secret.CopySecret()) : null);
            var left = LeftOut([.. notes, .. mapped.Problems]);
            var message = database.Scripts.ContainsKey(Scripting.ScriptKind.UserMigrated) ? people.MovedMessage(database, identifier, existing ?? user) : null;
            var result = existing is null
                ? await people.TryMoveAsync(identifier, user, grants, Event(ActivityKinds.UserMigrated, "Accepted", left, user.Id), message, cancellationToken)
                : await people.TryLinkAsync(existing, user, grants, Event(ActivityKinds.UserLinked, "Accepted", left, existing.Id), message, cancellationToken);
            switch (result)
            {
                case MoveResult.Moved:
                    telemetry.Moved(database, identifier.Kind);
                    if ((existing is null ? user : await people.FindAgainAsync(identifier, user, cancellationToken)) is { } stored)
                    {
                        return new UserMigrationOutcome.Moved(stored, IsFirst: true);
                    }

                    // Deleted, or given another identifier, since.
                    await WriteAsync(ActivityKinds.LoginRefused, "Gone", detail: null, existing?.Id);
                    return new UserMigrationOutcome.Refused();
                case MoveResult.Deleted:
                    // Row 16.
                    await WriteAsync(ActivityKinds.LoginDeleted, "Deleted", "Deleted here. Whoever is to come back needs the tombstone lifted.");
                    return new UserMigrationOutcome.Deleted();
                case MoveResult.NotMoving:
                    // Row 6, since the script was asked.
                    await WriteAsync(ActivityKinds.LoginRefused, "NotMoving", "The migration was switched off, or the sample removed, while the script ran.", existing?.Id);
                    return new UserMigrationOutcome.NotMoving();
                case MoveResult.Rejected:
                    return await RefuseRejectedAsync();
                case MoveResult.KeptApart:
                    await WriteAsync(ActivityKinds.LoginRefused, "KeptApart", "An administrator has said that this legacy person is not this user (Conflicts).", existing?.Id);
                    return new UserMigrationOutcome.Refused();
                case MoveResult.Undecided:
                    await WriteAsync(ActivityKinds.LoginRefused, "Undecided", "No administrator has decided yet whether this legacy person is this user (Conflicts).", existing?.Id);
                    return new UserMigrationOutcome.Refused();
                case MoveResult.Refused:
                    var refused = new ProfileProblem("", "The application's own rules for users refuse the person; its log has the codes.", IsFatal: true);
                    await WriteAsync(ActivityKinds.LegacyProfileInvalid, "Refused", refused.Message);
                    return new UserMigrationOutcome.Invalid([refused]);
                default:
                    return await JoinAsync(user);
            }
        }

        async Task<UserMigrationOutcome> JoinAsync(AppUser user)
        {
            // Row 14: the same person, logging in twice at once, was stored by the other log-in. The legacy id says it is the same.
            if (await people.FindAgainAsync(identifier, user, cancellationToken) is { PasswordHash: not null } other
                && other.LegacyId == user.LegacyId
                && other.CustomDatabaseId == user.CustomDatabaseId)
            {
                if (await people.CheckPasswordAsync(other, password))
                {
                    return new UserMigrationOutcome.Moved(other, IsFirst: false);
                }

                // The legacy database accepts two passwords for the person; the one that was stored first counts.
                await WriteAsync(ActivityKinds.LoginRefused, "WrongPassword", detail: null);
                return new UserMigrationOutcome.Refused();
            }

            // Row 11; also row 5 with another legacy id.
            var owners = await people.FindOwnersAsync(user, cancellationToken);
            switch (await people.RecordConflictAsync(identifier, user, owners, existing, cancellationToken))
            {
                case ConflictState.Linked:
                    // Decided: their identifiers and the password here count from now on.
                    await WriteAsync(ActivityKinds.LoginRefused, "Linked", "An administrator has linked this legacy person to a user here, whose password counts.", owners.Count > 0 ? owners[0].OwnerId : null);
                    return new UserMigrationOutcome.Refused();
                case ConflictState.Rejected:
                    return await RefuseRejectedAsync();
            }

            var fields = owners.Where(owner => owner.OwnerId != existing?.Id).Select(owner => owner.Field).Distinct().ToList();
            var detail = fields.Count > 0
                ? $"The profile's {string.Join(" and ", fields)} belongs to another user here."
                : "The user here has another legacy id than the profile, or has changed meanwhile.";
            await WriteAsync(ActivityKinds.MigrationConflict, "Conflict", detail, existing?.Id ?? (owners.Count > 0 ? owners[0].OwnerId : null));
            return new UserMigrationOutcome.Conflict(detail);
        }

        async Task<UserMigrationOutcome> RefuseRejectedAsync()
        {
            await WriteAsync(ActivityKinds.LoginRefused, "Rejected", "An administrator has rejected this legacy person (Conflicts).", existing?.Id);
            return new UserMigrationOutcome.Refused();
        }

        // Nobody is let in by what is written here.
        Task WriteAsync(string kind, string word, string? detail, Guid? subjectId = null)
        {
            telemetry.Refused(word);
            if (kind == ActivityKinds.MigrationConflict)
            {
                telemetry.Conflicted(database);
            }

            return writer.WriteAsync(Event(kind, word, detail, subjectId), cancellationToken);
        }

        ActivityEvent Event(string kind, string word, string? detail, Guid? subjectId) => activity.Create(
            kind,
            subjectId: subjectId,
            subjectName: identifier.Canonical,
            customDatabaseId: database?.Id,
            scriptVersionId: database?.Scripts.GetValueOrDefault(asked)?.VersionId,
            duration: Stopwatch.GetElapsedTime(started),
            outcome: word,
            detail: detail);
    }

    /// <summary>What an administrator should know of a move that succeeded: rights and factors that were not taken over.</summary>
    private static string? LeftOut(IEnumerable<ProfileProblem> problems) =>
        string.Join(" ", problems.Where(problem => problem.Field is "roles" or "mfa_factors").Select(problem => problem.Message)) is { Length: > 0 } text ? text : null;

    private static string Sentences(IReadOnlyList<ProfileProblem> problems) =>
        string.Join(" ", problems.Where(problem => problem.IsFatal).Select(problem => problem.Message));
}
