namespace LazyMigrate.Core.Activity;

/// <summary>The stable names of what can happen.</summary>
public static class ActivityKinds
{
    public const string UserMigrated = "user.migrated";
    public const string UserRegistered = "user.registered";
    public const string UserCreated = "user.created";
    public const string LoginSucceeded = "login.succeeded";
    public const string LoginRefused = "login.refused";
    public const string LoginBlocked = "login.blocked";
    public const string LoginFailed = "login.failed";

    /// <summary>Not moved, and the migration is frozen: this person is left behind.</summary>
    public const string LoginLeftBehind = "login.left_behind";
    public const string LegacyProfileInvalid = "migration.invalid";
    public const string MigrationConflict = "migration.conflict";
    public const string RegisterRefusedLegacy = "register.refused_legacy";
    public const string RegisterRefusedLocal = "register.refused_local";
    public const string RegisterFailed = "register.failed";
    public const string ScriptDraftSaved = "script.draft_saved";
    public const string ScriptPublished = "script.published";
    public const string ModeChanged = "mode.changed";
    public const string DatabaseSaved = "database.saved";
    public const string SampleLoaded = "sample.loaded";
    public const string SampleRemoved = "sample.removed";
    public const string SetupCompleted = "setup.completed";
}
