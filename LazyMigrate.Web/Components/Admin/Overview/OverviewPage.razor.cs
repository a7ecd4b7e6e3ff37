using System.Globalization;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Web.Components.Admin.Elements;
using Microsoft.JSInterop;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Overview;

/// <summary>The first page of the console: progress, day by day, the mode switch, latest activity. It refreshes itself while it is looked at.</summary>
public sealed partial class OverviewPage(
    MigrationProgressReader progress,
    ActivityQueries activity,
    MigrationSwitch migration,
    CustomDatabaseManager databases,
    DatabaseScriptManager scripts,
    SampleManager sample,
    LegacyHealth health,
    ConflictQueries conflicts,
    IDialogService dialogs,
    ISnackbar snackbar,
    IJSRuntime script,
    TimeProvider time) : ConsolePage
{
    private const int ReadDays = 90;
    private const int ReadEvents = 50;
    private const int ShownEvents = 10;

    private static readonly TimeSpan s_refreshInterval = TimeSpan.FromSeconds(10);
    private static readonly int[] s_spans = [7, 30, 90];

    private static readonly string[] s_refusals =
    [
        ActivityKinds.LoginRefused,
        ActivityKinds.LoginThrottled,
        ActivityKinds.LoginBlocked,
        ActivityKinds.LoginFailed,
        ActivityKinds.LoginLeftBehind,
        ActivityKinds.LoginDeleted,
        ActivityKinds.MigrationConflict,
        ActivityKinds.LegacyProfileInvalid,
    ];

    private OverviewReading? _reading;
    private MigrationProgress? _progress;
    private string? _failure;
    private int _span = 30;

    private bool IsGettingStarted => _reading!.Readiness.Mode == MigrationMode.Off && _progress is null or { Moved: 0 };

    // Charts of nothing say nothing; the administrator's own log-ins are no history.
    private bool HasHistory => _reading!.Days.Any(day => day[ActivityKinds.UserMigrated] > 0);

    private EndEstimate? Estimate =>
        _reading is { Readiness.Mode: MigrationMode.LazyMigration } && _progress?.Left is { } left ? EndEstimate.Of(_reading.Days, left) : null;

    protected override async Task OnInitializedAsync() => await RefreshAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = KeepFreshAsync();
        }
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private async Task KeepFreshAsync()
    {
        try
        {
            await using var module = await script.InvokeAsync<IJSObjectReference>("import", Leaving, "./console.js");
            using var timer = new PeriodicTimer(s_refreshInterval, time);
            while (await timer.WaitForNextTickAsync(Leaving))
            {
                if (await module.InvokeAsync<bool>("isVisible", Leaving))
                {
                    await InvokeAsync(RefreshAsync);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or JSDisconnectedException)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            var latest = await activity.LatestAsync(ReadEvents, cancellationToken: Leaving);
            var database = await databases.GetAsync(Leaving);
            _reading = new OverviewReading(
                await migration.GetReadinessAsync(Leaving),
                database,
                await scripts.GetAsync(ScriptKind.Login, Leaving),
                await scripts.GetAsync(ScriptKind.SearchUser, Leaving),
                database is null ? null : health.Read(database.Id),
                await activity.DailyAsync(ReadDays, Leaving),
                latest.Where(item => item.Kind != ActivityKinds.ScriptDraftSaved).Take(ShownEvents).ToList(),
                await conflicts.CountOpenAsync(Leaving));
            await View.ModeChangedAsync(_reading.Readiness.Mode);
            StateHasChanged();
            _progress = await progress.GetAsync(Leaving);
            _failure = null;
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            _failure = sentence;
        }

        StateHasChanged();
    }

    private List<DailyChart.DayCount> Counts(params string[] kinds) =>
        _reading!.Days.TakeLast(_span).Select(day => new DailyChart.DayCount(day.Day, kinds.Sum(kind => day[kind]))).ToList();

    private async Task ChooseModeAsync(MigrationMode mode)
    {
        var dialog = await dialogs.ShowAsync<ModeChangeDialog>(null, new DialogParameters<ModeChangeDialog>
        {
            { item => item.Target, mode },
            { item => item.Readiness, await migration.GetReadinessAsync(Leaving) },
        });
        if (await dialog.Result is not { Canceled: false })
        {
            return;
        }

        var readiness = await migration.SetAsync(mode, await Authentication.GetActorAsync(), Leaving);
        if (mode == MigrationMode.LazyMigration && !readiness.IsReady)
        {
            snackbar.Add("Something is still lacking, so lazy migration was not switched on.", Severity.Warning);
        }
        else
        {
            snackbar.Add($"The mode of the migration is now: {ModeText.Name(mode)}.", Severity.Success);
        }

        await RefreshAsync();
    }

    private async Task RemoveSampleAsync()
    {
        if (!await RemoveSampleDialog.AskAsync(dialogs, _reading!.Database!.Name))
        {
            return;
        }

        switch (await sample.RemoveAsync(await Authentication.GetActorAsync(), Leaving))
        {
            case SampleRemoval.Removed removed:
                snackbar.Add($"The sample was removed, with {removed.Users} users who had come from it.", Severity.Success);
                break;
            case SampleRemoval.Refused refused:
                snackbar.Add(refused.Reason, Severity.Error);
                break;
            case SampleRemoval.NotLoaded:
                snackbar.Add("The sample had been removed already.", Severity.Info);
                break;
        }

        _progress = null;
        await RefreshAsync();
    }
}
