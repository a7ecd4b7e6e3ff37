using LazyMigrate.Core.CustomDatabases;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

// How the draft is kept safe: saved on its own, over a lost connection, and beside what somebody else saved.
public sealed partial class ScriptPage
{
    private async Task SaveAfterPauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(s_savePause, time, cancellationToken);
            if (_theirs is null && _copy != EditorCopy.Older)
            {
                await InvokeAsync(SaveTextAsync);
            }
        }
        catch (OperationCanceledException)
        {
            // Something more was typed, or the page was left.
        }
        catch (Exception exception) when (!Leaving.IsCancellationRequested)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task SaveAsync()
    {
        if (_editor is null || _state is null)
        {
            return;
        }

        _text = await _editor.GetTextAsync(Leaving);
        if (await SaveTextAsync())
        {
            snackbar.Add("Draft saved. Log-ins do not use it before it is published.", Severity.Success);
        }
    }

    /// <returns>Whether the draft is now what the editor held.</returns>
    private async Task<bool> SaveTextAsync()
    {
        await _saving.WaitAsync(Leaving);
        try
        {
            if (_state is not { } state || _kind is not { } kind)
            {
                return false;
            }

            var (text, dialect) = (_text, _dialect);
            if (state.DraftSavedAt is not null && state.Draft == text && state.DraftDialect == dialect)
            {
                return true;
            }

            _isSaving = true;
            StateHasChanged();
            var actor = await Authentication.GetActorAsync();
            var save = await scripts.SaveDraftAsync(kind, text, state.ConcurrencyStamp, actor, dialect, Leaving);
            if (save is DraftSave.ChangedMeanwhile { State: var now } && state.DraftSavedAt is not null && now.Draft == state.Draft && now.DraftDialect == state.DraftDialect)
            {
                // Somebody published or rolled back meanwhile; the draft is still the one that this text was made from.
                save = await scripts.SaveDraftAsync(kind, text, now.ConcurrencyStamp, actor, dialect, Leaving);
            }

            switch (save)
            {
                case DraftSave.Saved saved:
                    await ShowSavedAsync(saved.State, text);
                    return true;
                case DraftSave.Refused refused:
                    _saveProblem = refused.Message;
                    return false;
                case DraftSave.ChangedMeanwhile changed:
                    _theirs = changed.State;
                    return false;
            }

            return false;
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            _saveProblem = $"The draft was not saved; the browser keeps it. {sentence}";
            return false;
        }
        finally
        {
            _isSaving = false;
            StateHasChanged();
            if (!Leaving.IsCancellationRequested)
            {
                _saving.Release();
            }
        }
    }

    private async Task ShowSavedAsync(DatabaseScriptState state, string text)
    {
        _state = state;
        _theirs = null;
        _saveProblem = null;
        await _editor!.SavedAsync(state.ConcurrencyStamp, text);
    }

    private async Task TakeTheirsAsync()
    {
        _state = _theirs!;
        _theirs = null;
        await ReplaceTextAsync(_state.Draft, _state.DraftDialect);
        await _editor!.SavedAsync(_state.ConcurrencyStamp, _state.Draft);
    }

    private async Task KeepMineAsync()
    {
        _state = _theirs!;
        _theirs = null;
        await SaveAsync();
    }

    private async Task UseCopyAsync()
    {
        _copy = EditorCopy.None;
        await _editor!.UseCopyAsync();
    }

    private async Task DropCopyAsync()
    {
        _copy = EditorCopy.None;
        await _editor!.DropCopyAsync();
    }

    private async Task SaveBeforeLeavingAsync(LocationChangingContext context)
    {
        if (_editor is null || _state is null || _theirs is not null || _copy == EditorCopy.Older)
        {
            return;
        }

        // What cannot be saved stays in the browser's copy and is restored when the page is opened again.
        _text = await _editor.GetTextAsync(Leaving);
        if (IsDirty)
        {
            await SaveTextAsync();
        }
    }
}
