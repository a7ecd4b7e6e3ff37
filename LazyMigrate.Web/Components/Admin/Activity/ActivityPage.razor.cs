using LazyMigrate.Core.Activity;
using LazyMigrate.Web.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Activity;

/// <summary>Everything that happened. The address is the page's only state; the first page refreshes itself while it is looked at.</summary>
public sealed partial class ActivityPage(
    ActivityQueries activity,
    NavigationManager navigation,
    IDialogService dialogs,
    IJSRuntime script,
    TimeProvider time) : ConsolePage
{
    private static readonly TimeSpan s_refreshInterval = TimeSpan.FromSeconds(5);

    private static readonly List<IGrouping<string, string>> s_kinds = ActivityKinds.All.GroupBy(kind => kind.Split('.')[0]).ToList();

    private ActivityQuery _query = new();
    private ActivityQuery? _shown;
    private ActivityPageResult? _page;
    private string? _failure;

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? Person { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery]
    private string? Correlation { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageNumber { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _query = ActivityQuery.Read(Kind, Person, From, To, Outcome, Correlation, PageNumber);
        if (_query != _shown)
        {
            _shown = _query;
            await LoadAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = KeepFreshAsync();
        }
    }

    private static string Value(ChangeEventArgs args) => args.Value?.ToString()?.Trim() ?? "";

    private string ExportUrl(string format) =>
        QueryHelpers.AddQueryString(ActivityExport.Path, (_query with { Page = 1 }).ToParameters().Append(new("format", format)));

    private void Go(ActivityQuery query) => navigation.NavigateTo(AdminUrls.Activity(query with { Page = 1 }));

    private async Task LoadAsync()
    {
        var query = _query;
        try
        {
            var page = await activity.ListAsync(query.ToFilter(), query.Page - 1, ActivityQuery.PageSize, Leaving);
            if (query == _query)
            {
                _page = page;
                _failure = null;
            }
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

    private async Task KeepFreshAsync()
    {
        try
        {
            await using var module = await script.InvokeAsync<IJSObjectReference>("import", Leaving, "./console.js");
            using var timer = new PeriodicTimer(s_refreshInterval, time);
            while (await timer.WaitForNextTickAsync(Leaving))
            {
                if (_query.Page == 1 && await module.InvokeAsync<bool>("isVisible", Leaving))
                {
                    await InvokeAsync(async () =>
                    {
                        await LoadAsync();
                        StateHasChanged();
                    });
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

    private Task OpenAsync(ActivityEvent item) => dialogs.ShowAsync<ActivityDialog>(
        null,
        new DialogParameters<ActivityDialog> { { dialog => dialog.Event, item } },
        new DialogOptions { Position = DialogPosition.CenterRight, BackdropClick = true });
}
