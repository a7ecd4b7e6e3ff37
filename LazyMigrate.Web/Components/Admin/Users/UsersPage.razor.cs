using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Users;

/// <summary>The list of users.</summary>
public sealed partial class UsersPage(
    UserQueries users,
    UserAdministration administration,
    IDialogService dialogs,
    ISnackbar snackbar,
    NavigationManager navigation,
    TimeProvider time) : ConsolePage
{
    private static readonly TimeSpan s_typingPause = TimeSpan.FromMilliseconds(300);

    // Kept while pages are turned; by name, for the question before a deletion.
    private readonly Dictionary<Guid, string> _selected = [];
    private UsersQuery _query = new();
    private UsersQuery? _shown;
    private UserPage? _page;
    private string? _failure;
    private string _typed = "";
    private bool _isLoading;
    private bool _isChanging;
    private CancellationTokenSource? _typing;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery]
    private string? Origin { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Direction { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageNumber { get; set; }

    [SupplyParameterFromQuery]
    private string? Only { get; set; }

    private UserActions Actions => new(administration, dialogs, snackbar);

    private string SelectedText => _selected.Count == 1 ? "1 user selected" : FormattableString.Invariant($"{_selected.Count:N0} users selected");

    private string Selected => _selected.Count == 1 ? _selected.Values.First() : FormattableString.Invariant($"{_selected.Count:N0} users");

    private bool IsPageSelected => _page is { Users.Count: > 0 } && _page.Users.All(user => _selected.ContainsKey(user.Id));

    private int Pages => Math.Max(1, ((_page?.Total ?? 0) + UsersQuery.PageSize - 1) / UsersQuery.PageSize);

    private string Range
    {
        get
        {
            var first = ((_query.Page - 1) * UsersQuery.PageSize) + 1;
            return FormattableString.Invariant($"{first:N0}–{first + _page!.Users.Count - 1:N0} of {_page.Total:N0}");
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        _query = UsersQuery.Read(Search, Origin, Sort, Direction, PageNumber, Only);
        if (_query == _shown)
        {
            return;
        }

        // What is being typed is ahead of the address; going back is not.
        if (_typing is null)
        {
            _typed = _query.Search;
        }

        _shown = _query;
        await LoadAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _typing?.Dispose();
    }

    private static List<string> OtherIdentifiers(UserListItem user) =>
        ((string?[])[user.UserName, user.PhoneNumber]).OfType<string>().Where(text => text != user.DisplayName).ToList();

    private async Task LoadAsync()
    {
        var query = _query;
        _failure = null;
        _isLoading = true;
        try
        {
            var page = await users.ListAsync(query.ToRequest(), Leaving);
            if (query == _query)
            {
                _page = page;
                _isLoading = false;
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

    private async Task SearchAsync(ChangeEventArgs args)
    {
        _typed = args.Value?.ToString() ?? "";
        _typing?.Cancel();
        _typing?.Dispose();
        var typing = _typing = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        try
        {
            await Task.Delay(s_typingPause, time, typing.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // Replaced in the history, or "back" would go through every pause in typing.
        navigation.NavigateTo(AdminUrls.Users(_query with { Search = _typed.Trim(), Page = 1 }), replace: true);
        _typing = null;
        typing.Dispose();
    }

    private void Select(UserListItem user, bool isSelected)
    {
        if (isSelected)
        {
            _selected[user.Id] = user.DisplayName;
        }
        else
        {
            _selected.Remove(user.Id);
        }
    }

    private void SelectPage(bool isSelected)
    {
        foreach (var user in _page!.Users)
        {
            Select(user, isSelected);
        }
    }

    private Task DisableAsync() => ChangeAsync(async () => await Actions.DisableAsync([.. _selected.Keys], Selected, await Authentication.GetActorAsync()));

    private Task EnableAsync() => ChangeAsync(async () => await Actions.EnableAsync([.. _selected.Keys], await Authentication.GetActorAsync()));

    private Task RequireNewPasswordAsync() => ChangeAsync(async () => await Actions.RequireNewPasswordAsync([.. _selected.Keys], Selected, await Authentication.GetActorAsync()));

    private Task DeleteAsync() => ChangeAsync(async () => await Actions.DeleteAsync([.. _selected.Keys], _selected.Count == 1 ? Selected : null, await Authentication.GetActorAsync()));

    private async Task ChangeAsync(Func<Task<bool>> change)
    {
        if (_isChanging)
        {
            return;
        }

        _isChanging = true;
        try
        {
            if (await change())
            {
                _selected.Clear();
                await LoadAsync();
            }
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            snackbar.Add(sentence, Severity.Error);
        }
        finally
        {
            _isChanging = false;
        }
    }

    private void Open(Guid id) => navigation.NavigateTo(AdminUrls.User(id));
}
