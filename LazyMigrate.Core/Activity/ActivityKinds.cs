using System.Reflection;

namespace LazyMigrate.Core.Activity;

/// <summary>The stable names of what can happen.</summary>
public static class ActivityKinds
{
    /// <summary>All of them, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. typeof(ActivityKinds)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!)
        .Order(StringComparer.Ordinal)];

    public const string UserMigrated = "user.migrated";
    public const string UserRegistered = "user.registered";
    public const string UserCreated = "user.created";
    public const string UserDeleted = "user.deleted";

    /// <summary>An administrator let a deleted person come back.</summary>
    public const string TombstoneLifted = "user.tombstone_lifted";

    public const string UserDisabled = "user.disabled";
    public const string UserEnabled = "user.enabled";
    public const string UserRolesChanged = "user.roles_changed";

    /// <summary>An administrator wants somebody to choose a new password at the next log-in.</summary>
    public const string PasswordChangeRequired = "user.password_change_required";
    public const string SecondFactorRemoved = "user.second_factor_removed";

    /// <summary>An administrator removed a moved user so that the legacy database decides about them again.</summary>
    public const string UserReturned = "user.returned";

    /// <summary>An existing user without a password was accepted by the legacy database, and has that password now.</summary>
    public const string UserLinked = "user.linked";
    public const string IdentifierChanged = "user.identifier_changed";
    public const string PasswordChanged = "user.password_changed";
    public const string LoginSucceeded = "login.succeeded";
    public const string LoginRefused = "login.refused";

    /// <summary>The password was right; the code of the second factor is asked for.</summary>
    public const string LoginSecondFactor = "login.second_factor";
    public const string LoginBlocked = "login.blocked";
    public const string LoginFailed = "login.failed";

    /// <summary>Not moved, and the migration is frozen: this person is left behind.</summary>
    public const string LoginLeftBehind = "login.left_behind";

    /// <summary>Chosen anew by whoever followed the link in a mail.</summary>
    public const string PasswordReset = "password.reset";
    public const string PasswordResetMailed = "password.reset_mailed";

    /// <summary>Somebody asked for a new password, and nobody was mailed; the outcome says why.</summary>
    public const string PasswordResetNotMailed = "password.reset_not_mailed";

    /// <summary>An identifier's attempts are used up; told once a window, not at each refusal.</summary>
    public const string LoginThrottled = "login.throttled";

    /// <summary>The legacy database accepted somebody who was deleted here.</summary>
    public const string LoginDeleted = "login.deleted";
    public const string LegacyProfileInvalid = "migration.invalid";
    public const string MigrationConflict = "migration.conflict";

    /// <summary>An administrator said that a legacy person is a user here.</summary>
    public const string ConflictLinked = "conflict.linked";

    /// <summary>An administrator said that they are two people.</summary>
    public const string ConflictKeptApart = "conflict.kept_apart";

    /// <summary>An administrator said that a legacy person is never moved.</summary>
    public const string ConflictRejected = "conflict.rejected";
    public const string ConflictReopened = "conflict.reopened";

    /// <summary>A linked legacy person logged in by another identifier, by which they are known here from now on.</summary>
    public const string ConflictIdentifierChanged = "conflict.identifier_changed";
    public const string RegisterRefusedLegacy = "register.refused_legacy";
    public const string RegisterRefusedLocal = "register.refused_local";
    public const string RegisterFailed = "register.failed";

    /// <summary>At most one an actor, script and ten minutes: the editor saves by itself, every few seconds.</summary>
    public const string ScriptDraftSaved = "script.draft_saved";
    public const string ScriptPublished = "script.published";

    /// <summary>An old source was published as the next version.</summary>
    public const string ScriptRolledBack = "script.rolled_back";
    /// <summary>A draft was run with the real settings; the outcome is what came of it.</summary>
    public const string ScriptTested = "script.tested";
    public const string ScriptTestCaseSaved = "script.test_case_saved";
    public const string ScriptTestCaseDeleted = "script.test_case_deleted";
    public const string ScriptPackageAdded = "script.package_added";
    public const string ScriptPackageRemoved = "script.package_removed";
    public const string ModeChanged = "mode.changed";
    public const string DatabaseSaved = "database.saved";

    /// <summary>Connections to the legacy database that runs had left open were closed.</summary>
    public const string PoolsClosed = "database.pools_closed";

    /// <summary>Something that had to be done later, for example a mail, was given up.</summary>
    public const string OutboxGivenUp = "outbox.given_up";
    public const string SampleLoaded = "sample.loaded";
    public const string SampleRemoved = "sample.removed";

    /// <summary>The chain of events was begun again behind a place where it was broken.</summary>
    public const string ActivityBegunAnew = "activity.begun_anew";

    /// <summary>The first administrator was created; takes the place of <see cref="UserCreated"/>.</summary>
    public const string SetupCompleted = "setup.completed";
}
