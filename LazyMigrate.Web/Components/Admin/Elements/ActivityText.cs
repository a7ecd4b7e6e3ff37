using LazyMigrate.Core.Activity;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Elements;

/// <summary>How one kind of activity reads in a list.</summary>
/// <param name="Icon">Beside the sentence.</param>
/// <param name="Tone">Of the icon.</param>
/// <param name="Verb">What happened, after the person's name.</param>
internal sealed record ActivityText(string Icon, Tone Tone, string Verb)
{
    /// <summary>Whom the sentence is about: for what an administrator does, the administrator.</summary>
    public static string NameOf(ActivityEvent item) => (item.Kind == ActivityKinds.ScriptTested ? item.ActorName : item.SubjectName ?? item.ActorName) ?? "Somebody";

    public static ActivityText Of(ActivityEvent item) => item.Kind switch
    {
        ActivityKinds.UserMigrated => new(Icons.Material.Outlined.MoveDown, Tone.Accent, "moved from the legacy database"),
        ActivityKinds.UserRegistered => new(Icons.Material.Outlined.PersonAdd, Tone.Success, "registered"),
        ActivityKinds.UserCreated => new(Icons.Material.Outlined.PersonAdd, Tone.Neutral, item.ActorName is null ? "was created by an administrator" : $"was created{By(item)}"),
        ActivityKinds.UserDeleted => new(Icons.Material.Outlined.PersonOff, Tone.Danger, $"was deleted{By(item)}"),
        ActivityKinds.UserDisabled => new(Icons.Material.Outlined.Block, Tone.Warning, $"was disabled{By(item)}"),
        ActivityKinds.UserEnabled => new(Icons.Material.Outlined.CheckCircle, Tone.Success, $"was enabled{By(item)}"),
        ActivityKinds.UserReturned => new(Icons.Material.Outlined.Undo, Tone.Warning, $"was returned to not moved{By(item)}"),
        ActivityKinds.UserRolesChanged => new(Icons.Material.Outlined.Badge, Tone.Neutral, $"was given other roles{By(item)}"),
        ActivityKinds.UserLinked => new(Icons.Material.Outlined.MoveDown, Tone.Accent, "was accepted by the legacy database and got their password"),
        ActivityKinds.PasswordChangeRequired => new(Icons.Material.Outlined.Key, Tone.Neutral, $"has to choose a new password{By(item)}"),
        ActivityKinds.PasswordChanged => new(Icons.Material.Outlined.Key, Tone.Success, "changed their password"),
        ActivityKinds.SecondFactorRemoved => new(Icons.Material.Outlined.PhonelinkErase, Tone.Warning, $"lost their second factor{By(item)}"),
        ActivityKinds.TombstoneLifted => new(Icons.Material.Outlined.Restore, Tone.Neutral, $"may come back{By(item)}"),
        ActivityKinds.LoginSecondFactor => new(Icons.Material.Outlined.PhonelinkLock, Tone.Neutral, "gave the right password and was asked for the code"),
        ActivityKinds.LoginThrottled => new(Icons.Material.Outlined.Block, Tone.Warning, "was throttled after too many attempts"),
        ActivityKinds.LoginDeleted => new(Icons.Material.Outlined.PersonOff, Tone.Warning, "was deleted here and was refused"),
        ActivityKinds.LoginSucceeded => new(Icons.Material.Outlined.Login, Tone.Success, "logged in"),
        ActivityKinds.LoginRefused => new(Icons.Material.Outlined.Block, Tone.Neutral, "was refused at log-in"),
        ActivityKinds.LoginBlocked => new(Icons.Material.Outlined.Block, Tone.Warning, item.Outcome == "Disabled" ? "is disabled here and was refused" : "is blocked in the legacy database and was refused"),
        ActivityKinds.LoginFailed => new(Icons.Material.Outlined.ErrorOutline, Tone.Danger, "could not be checked: the script failed"),
        ActivityKinds.LoginLeftBehind => new(Icons.Material.Outlined.AcUnit, Tone.Info, "was left behind: the migration is frozen"),
        ActivityKinds.LegacyProfileInvalid => new(Icons.Material.Outlined.WarningAmber, Tone.Warning, "has a legacy profile that cannot be moved"),
        ActivityKinds.MigrationConflict => new(Icons.Material.Outlined.CallSplit, Tone.Warning, "conflicts with a user who is here"),
        ActivityKinds.ConflictLinked => new(Icons.Material.Outlined.Link, Tone.Accent, $"was linked to a user here{By(item)}"),
        ActivityKinds.ConflictKeptApart => new(Icons.Material.Outlined.CallSplit, Tone.Accent, $"was kept apart from a user here{By(item)}"),
        ActivityKinds.ConflictRejected => new(Icons.Material.Outlined.Block, Tone.Warning, $"was rejected{By(item)}: the legacy database cannot bring them"),
        ActivityKinds.ConflictReopened => new(Icons.Material.Outlined.Undo, Tone.Neutral, $"had their conflict reopened{By(item)}"),
        ActivityKinds.ConflictIdentifierChanged => new(Icons.Material.Outlined.AlternateEmail, Tone.Neutral, "has another identifier in the legacy database, and is known by it here"),
        ActivityKinds.RegisterRefusedLegacy => new(Icons.Material.Outlined.Block, Tone.Neutral, "could not register: the legacy database knows them"),
        ActivityKinds.RegisterRefusedLocal => new(Icons.Material.Outlined.Block, Tone.Neutral, "could not register: already here"),
        ActivityKinds.RegisterFailed => new(Icons.Material.Outlined.ErrorOutline, Tone.Danger, "could not register: the script failed"),
        ActivityKinds.ScriptDraftSaved => new(Icons.Material.Outlined.EditNote, Tone.Neutral, $"saved a draft of {ScriptOf(item)}"),
        ActivityKinds.ScriptPublished => new(Icons.Material.Outlined.Publish, Tone.Accent, $"published {ScriptOf(item)}"),
        ActivityKinds.ScriptRolledBack => new(Icons.Material.Outlined.History, Tone.Accent, $"rolled {ScriptOf(item)} back"),
        ActivityKinds.ScriptTested => new(Icons.Material.Outlined.PlayArrow, Tone.Neutral, $"ran a test: {item.Outcome}"),
        ActivityKinds.ScriptTestCaseSaved => new(Icons.Material.Outlined.Science, Tone.Neutral, $"saved a test case of {ScriptOf(item)}"),
        ActivityKinds.ScriptTestCaseDeleted => new(Icons.Material.Outlined.Science, Tone.Neutral, $"deleted a test case of {ScriptOf(item)}"),
        ActivityKinds.ScriptPackageAdded => new(Icons.Material.Outlined.Inventory2, Tone.Neutral, "added a module for scripts"),
        ActivityKinds.ScriptPackageRemoved => new(Icons.Material.Outlined.Inventory2, Tone.Neutral, "removed a module for scripts"),
        ActivityKinds.ModeChanged => new(Icons.Material.Outlined.ToggleOn, Tone.Accent, $"switched the migration to {ModeOf(item)}"),
        ActivityKinds.DatabaseSaved => new(Icons.Material.Outlined.Storage, Tone.Neutral, "saved the database settings"),
        ActivityKinds.PoolsClosed => new(Icons.Material.Outlined.LinkOff, Tone.Neutral, "closed the connections to the legacy database"),
        ActivityKinds.ActivityBegunAnew => new(Icons.Material.Outlined.LinkOff, Tone.Warning, "began the chain of events anew"),
        ActivityKinds.IdentifierChanged => new(Icons.Material.Outlined.AlternateEmail, Tone.Neutral, "changed their e-mail address or user name"),
        ActivityKinds.PasswordReset => new(Icons.Material.Outlined.Key, Tone.Success, "chose a new password by mail"),
        ActivityKinds.PasswordResetMailed => new(Icons.Material.Outlined.Mail, Tone.Neutral, "was mailed a link for a new password"),
        ActivityKinds.PasswordResetNotMailed => new(Icons.Material.Outlined.MailOutline, Tone.Neutral, "asked for a new password and was not mailed"),
        ActivityKinds.OutboxGivenUp => new(Icons.Material.Outlined.ErrorOutline, Tone.Danger, $"could not be told: {OutboxOf(item)} was given up"),
        ActivityKinds.SampleLoaded => new(Icons.Material.Outlined.Storefront, Tone.Neutral, "loaded the sample"),
        ActivityKinds.SampleRemoved => new(Icons.Material.Outlined.Storefront, Tone.Neutral, "removed the sample"),
        ActivityKinds.SetupCompleted => new(Icons.Material.Outlined.Flag, Tone.Success, "was created as the first administrator"),
        _ => new(Icons.Material.Outlined.Circle, Tone.Neutral, item.Kind),
    };

    private static string By(ActivityEvent item) => item.ActorName is null || item.ActorId == item.SubjectId ? "" : $" by {item.ActorName}";

    private static string OutboxOf(ActivityEvent item) => item.Outcome == Core.UserMigration.UserMigratedHandler.MessageKind ? "userMigrated" : "a mail";

    private static string ScriptOf(ActivityEvent item) =>
        Enum.TryParse<Core.Scripting.ScriptKind>(item.Outcome, out var kind) ? AdminUrls.ScriptName(kind) : "a script";

    private static string ModeOf(ActivityEvent item) =>
        Enum.TryParse<Core.CustomDatabases.MigrationMode>(item.Outcome, out var mode) ? ModeText.Name(mode) : "another mode";
}
