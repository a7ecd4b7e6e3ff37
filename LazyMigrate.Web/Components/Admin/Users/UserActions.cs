using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Web.Components.Admin.Elements;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Users;

/// <summary>What an administrator can do to one user or several: each asks where something is taken away, and says afterwards what came of it.</summary>
/// <remarks>Whether it may be done is checked by <see cref="UserAdministration"/>; nothing here is a guard.</remarks>
internal sealed class UserActions(UserAdministration users, IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>When sessions end at the latest, as people are told.</summary>
    private const string SessionsEnd = "Their sessions end within five minutes.";

    public async Task<bool> DisableAsync(IReadOnlyCollection<Guid> ids, string whom, ActivityActor actor) =>
        await AskAsync($"Disable {whom}?", $"They cannot log in until you enable them again. {SessionsEnd}", "Disable")
        && Tell(await users.DisableAsync(ids, actor), "disabled", "Disabled already; nothing was changed.");

    public async Task<bool> EnableAsync(IReadOnlyCollection<Guid> ids, ActivityActor actor) =>
        Tell(await users.EnableAsync(ids, actor), "enabled", "Enabled already; nothing was changed.");

    public async Task<bool> RequireNewPasswordAsync(IReadOnlyCollection<Guid> ids, string whom, ActivityActor actor) =>
        await AskAsync($"Require a new password of {whom}?", $"They log in with the old password once more and have to choose another one before anything else. {SessionsEnd}", "Require it")
        && Tell(await users.RequireNewPasswordAsync(ids, actor), "asked for a new password at the next log-in", "Nobody was changed: they have no password here, or were asked already.");

    public async Task<bool> RemoveSecondFactorAsync(Guid id, string name, ActivityActor actor) =>
        await AskAsync($"Remove the second factor of {name}?", $"From then on the password alone lets them in. Make sure that it is really them who asked. {SessionsEnd}", "Remove the second factor")
        && Tell(await users.RemoveSecondFactorAsync(id, actor), "without a second factor now", "There was no second factor any more.");

    /// <param name="ids">Whom.</param>
    /// <param name="name">Of the one user; null for several, of whom the number is asked for.</param>
    /// <param name="actor">Who asks.</param>
    public async Task<bool> DeleteAsync(IReadOnlyCollection<Guid> ids, string? name, ActivityActor actor)
    {
        var isAsked = await TypedConfirmationDialog.AskAsync(
            dialogs,
            name is null ? $"Delete {ids.Count} users" : "Delete the user",
            name ?? FormattableString.Invariant($"{ids.Count}"),
            $"This deletes {name ?? $"{ids.Count} users"} from LazyMigrate: profile, password, second factor and roles. It cannot be undone. {SessionsEnd}",
            "Whoever came from the legacy database does not come back at the next log-in, and nobody can register under the same identifiers, until you lift it under “Deleted people”. The legacy database is not touched; the activity stays.");
        return isAsked && Tell(await users.DeleteAsync(ids, actor), "deleted", "They are gone already.");
    }

    /// <param name="id">Whom.</param>
    /// <param name="name">What has to be typed.</param>
    /// <param name="isLinked">Whether they were here before they were linked, and stay.</param>
    /// <param name="actor">Who asks.</param>
    public async Task<bool> ReturnAsync(Guid id, string name, bool isLinked, ActivityActor actor)
    {
        if (isLinked)
        {
            var isSure = await TypedConfirmationDialog.AskAsync(
                dialogs,
                "Return to not moved",
                name,
                $"{name} was here before they were linked with the legacy database: they stay, with the password and everything else they have here. Only the legacy id and the link are removed. {SessionsEnd}",
                "From then on the identifiers of the legacy person are nobody’s here. If the legacy database accepts them again, and something of theirs is this user’s, that is a conflict anew.");
            return isSure && Tell(await users.ReturnAsync(id, actor), "returned to not moved", "They are gone already.");
        }

        var isAsked = await TypedConfirmationDialog.AskAsync(
            dialogs,
            "Return to not moved",
            name,
            $"This removes {name} here, with everything that changed since the move: the password, the second factor, roles and the profile. It cannot be undone. {SessionsEnd}",
            "At the next log-in the legacy database decides again, with the old password that it still has. If it does not know them any more, or if the migration is off by then, they cannot log in.");
        return isAsked && Tell(await users.ReturnAsync(id, actor), "returned to not moved", "They are gone already.");
    }

    public async Task<bool> LiftTombstoneAsync(Guid id, string name, ActivityActor actor) =>
        await AskAsync($"Let {name} come back?", "They can log in with the password of the legacy database, if it still accepts them, and are then moved anew; or register. What was deleted here does not come back.", "Let them come back")
        && Tell(await users.LiftTombstoneAsync(id, actor), "allowed to come back", "Somebody else has just done it.");

    /// <summary>Says what came of a change.</summary>
    /// <returns>Whether something may have changed.</returns>
    public bool Tell(UserChange change, string done, string nothing)
    {
        switch (change)
        {
            case UserChange.Refused refused:
                snackbar.Add(refused.Sentence, Severity.Error);
                return false;
            case UserChange.Done { Count: 0 }:
                snackbar.Add(nothing, Severity.Info);
                return true;
            case UserChange.Done { Count: var count }:
                snackbar.Add(count == 1 ? $"1 user is {done}." : FormattableString.Invariant($"{count:N0} users are {done}."), Severity.Success);
                return true;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<bool> AskAsync(string question, string meaning, string yes) =>
        await dialogs.ShowMessageBoxAsync(question, meaning, yesText: yes, cancelText: "Cancel") == true;
}
