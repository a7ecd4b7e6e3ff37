using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Web.Components.Admin.Elements;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Database;

/// <summary>The custom database's settings.</summary>
public sealed partial class DatabasePage(
    CustomDatabaseManager databases,
    SampleManager sample,
    IOptions<CustomDatabaseOptions> sqlite,
    IDialogService dialogs,
    ISnackbar snackbar,
    NavigationManager navigation) : ConsolePage
{
    private CustomDatabaseSettings? _stored;
    private DatabaseForm? _form;
    private IReadOnlyList<FieldProblem> _problems = [];
    private string? _failure;
    private bool _hasChangedMeanwhile;
    private bool _isSaving;

    private bool IsSample => _stored is { IsSample: true };

    private bool IsSqlite => _form!.Type == CustomDatabaseType.Sqlite;

    private bool IsChanged => _form is { IsChanged: true } && !IsSample;

    protected override async Task OnInitializedAsync() => await LoadAsync();

    private string? Problem(string field) => _problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    private string? Invalid(string field) => Problem(field) is null ? null : "true";

    private async Task LoadAsync()
    {
        _failure = null;
        _hasChangedMeanwhile = false;
        _problems = [];
        try
        {
            _stored = await databases.GetAsync(Leaving);
            _form = new DatabaseForm(_stored);
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            _failure = sentence;
        }
    }

    private async Task SaveAsync()
    {
        _problems = _form!.FindProblems();
        if (_problems.Count > 0 || _isSaving)
        {
            return;
        }

        _isSaving = true;
        try
        {
            var isFirst = _stored is null;
            switch (await databases.SaveAsync(_form.ToEdit(), await Authentication.GetActorAsync(), Leaving))
            {
                case CustomDatabaseSave.Saved saved:
                    _stored = saved.Settings;
                    _form = new DatabaseForm(_stored);
                    _hasChangedMeanwhile = false;
                    snackbar.Add(isFirst ? "Saved. Next: write the login script." : "Saved. Log-ins use these settings from now on.", Severity.Success);
                    break;
                case CustomDatabaseSave.Refused refused:
                    _problems = refused.Problems;
                    break;
                case CustomDatabaseSave.ChangedMeanwhile:
                    _hasChangedMeanwhile = true;
                    break;
            }
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            _problems = [new FieldProblem("", sentence)];
        }
        finally
        {
            _isSaving = false;
        }
    }

    private async Task OverwriteAsync()
    {
        _form!.Stamp = (await databases.GetAsync(Leaving))?.ConcurrencyStamp;
        await SaveAsync();
    }

    private void KeepUri()
    {
        _form!.IsReplacingUri = false;
        _form.Uri = "";
    }

    private void AddVariable() => _form!.Variables.Add(new DatabaseVariable());

    private async Task RemoveSampleAsync()
    {
        if (!await RemoveSampleDialog.AskAsync(dialogs, _stored!.Name))
        {
            return;
        }

        await sample.RemoveAsync(await Authentication.GetActorAsync(), Leaving);
        snackbar.Add("The sample was removed. Now you can connect a database of your own.", Severity.Success);
        await View.ModeChangedAsync(await databases.GetModeAsync(Leaving));
        await LoadAsync();
    }

    private async Task GuardAsync(LocationChangingContext context)
    {
        if (!IsChanged || context.TargetLocation == navigation.Uri)
        {
            return;
        }

        var isLeaving = await dialogs.ShowMessageBoxAsync(
            "Leave without saving?",
            "The settings you typed are not stored yet.",
            yesText: "Leave",
            cancelText: "Stay");
        if (isLeaving != true)
        {
            context.PreventNavigation();
        }
    }
}
