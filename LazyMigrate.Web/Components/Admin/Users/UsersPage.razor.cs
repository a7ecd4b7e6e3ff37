using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Components;

namespace LazyMigrate.Web.Components.Admin.Users;

/// <summary>The list of users.</summary>
public sealed partial class UsersPage(UserQueries users, NavigationManager navigation, TimeProvider time) : ConsolePage
{
    private static readonly TimeSpan s_typingPause = TimeSpan.FromMilliseconds(300);

    private UsersQuery _query = new();
    private UsersQuery? _shown;
    private UserPage? _page;
    private string? _failure;
    private string _typed = "";
    private bool _isLoading;
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
        _query = UsersQuery.Read(Search, Origin, Sort, Direction, PageNumber);
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

    private void Open(Guid id) => navigation.NavigateTo(AdminUrls.User(id));
}
