using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

// What makes versions of the draft, and what looks at those there are.
public sealed partial class ScriptPage
{
    private async Task PublishAsync()
    {
        _text = await _editor!.GetTextAsync(Leaving);
        await SaveTextAsync();
        if (_theirs is not null || _state is not { } state)
        {
            return;
        }

        _problems = inspector.Inspect(_kind!.Value, _text, _dialect).Problems;
        var dialog = await dialogs.ShowAsync<PublishDialog>(null, new DialogParameters<PublishDialog>
        {
            { item => item.Kind, _kind.Value },
            { item => item.Number, NextNumber(state) },
            { item => item.Problems, _problems },
            { item => item.IsTested, state.IsDraftTested && !IsDirty },
            { item => item.Source, _text },
            { item => item.Dialect, _dialect },
            { item => item.Cases, _bench!.Cases },
            { item => item.TypedPasswords, _bench.TypedPasswords },
        });
        if (await dialog.Result is not { Canceled: false, Data: string note })
        {
            await RefreshTestedAsync();
            return;
        }

        await ShowPublishAsync(await scripts.PublishAsync(_kind.Value, _text, note, state.ConcurrencyStamp, await Authentication.GetActorAsync(), _dialect, Leaving));
    }

    private async Task OpenVersionAsync(ScriptVersionSummary version, bool beginsWithDraft)
    {
        _text = await _editor!.GetTextAsync(Leaving);
        var options = new DialogOptions { MaxWidth = MaxWidth.ExtraLarge, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };
        var dialog = await dialogs.ShowAsync<VersionDialog>(
            null,
            new DialogParameters<VersionDialog>
            {
                { item => item.Kind, _kind!.Value },
                { item => item.Version, version },
                { item => item.Versions, _state!.Versions },
                { item => item.PublishedId, _state.Published?.Id },
                { item => item.DraftText, _text },
                { item => item.BeginsWithDraft, beginsWithDraft },
                { item => item.IsDark, View.IsDark },
            },
            options);
        switch (await dialog.Result)
        {
            case { Canceled: false, Data: VersionChoice.Load }:
                await LoadVersionAsync(version);
                break;
            case { Canceled: false, Data: VersionChoice.RollBack }:
                await RollBackAsync(version);
                break;
        }
    }

    private async Task RollBackAsync(ScriptVersionSummary version)
    {
        // The draft that stays is the one that is in the editor.
        _text = await _editor!.GetTextAsync(Leaving);
        await SaveTextAsync();
        if (_theirs is not null || _state is not { } state)
        {
            return;
        }

        var dialog = await dialogs.ShowAsync<RollBackDialog>(null, new DialogParameters<RollBackDialog>
        {
            { item => item.Kind, _kind!.Value },
            { item => item.Version, version },
            { item => item.Number, NextNumber(state) },
        });
        if (await dialog.Result is not { Canceled: false, Data: bool loads })
        {
            return;
        }

        // The editor may have saved by itself while the dialog was open.
        var outcome = await scripts.RollBackAsync(_kind!.Value, version.Id, _state.ConcurrencyStamp, await Authentication.GetActorAsync(), Leaving);
        if (outcome is ScriptPublish.Refused refused)
        {
            snackbar.Add(refused.Message, Severity.Warning);
            return;
        }

        await ShowPublishAsync(outcome);
        if (loads && outcome is ScriptPublish.Published)
        {
            await LoadVersionAsync(version);
        }
    }

    private async Task ShowPublishAsync(ScriptPublish outcome)
    {
        switch (outcome)
        {
            case ScriptPublish.Published published:
                await ShowSavedAsync(published.State, published.State.Draft);
                snackbar.Add($"Version {published.Number} is published. {ScriptUse.Of(_kind!.Value)}.", Severity.Success);
                break;
            case ScriptPublish.Refused refused:
                _problems = refused.Problems;
                _saveProblem = refused.Message;
                break;
            case ScriptPublish.ChangedMeanwhile changed:
                _theirs = changed.State;
                break;
        }
    }

    private static int NextNumber(DatabaseScriptState state) => (state.Versions.Count == 0 ? 0 : state.Versions[0].Number) + 1;

    private async Task LoadVersionAsync(ScriptVersionSummary version)
    {
        if (await scripts.GetVersionSourceAsync(version.Id, Leaving) is not { } source)
        {
            snackbar.Add("This version is gone.", Severity.Warning);
            return;
        }

        await ReplaceTextAsync(source, version.Dialect);
        snackbar.Add($"Version {version.Number} is in the editor. Ctrl+Z brings back what was there.", Severity.Info);
    }
}
