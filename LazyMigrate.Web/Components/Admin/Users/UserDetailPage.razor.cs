using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using LazyMigrate.Web.Components.Admin.Elements;
using Microsoft.AspNetCore.Components;

namespace LazyMigrate.Web.Components.Admin.Users;

/// <summary>One user.</summary>
public sealed partial class UserDetailPage(UserQueries users, ActivityQueries activity, TimeProvider time) : ConsolePage
{
    private const int ShownEvents = 50;

    private Guid? _shown;
    private UserDetail? _detail;
    private IReadOnlyList<ActivityEvent> _events = [];
    private string? _customData;
    private string? _failure;
    private bool _isMissing;

    [Parameter]
    public Guid Id { get; set; }

    private TimeProvider Time => time;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id)
        {
            _shown = Id;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _failure = null;
        _isMissing = false;
        _detail = null;
        try
        {
            var detail = await users.GetAsync(Id, Leaving);
            _events = await activity.LatestAsync(ShownEvents, Id, Leaving);
            _customData = ShownJson.Indent(detail?.User.CustomDataJson);
            _detail = detail;
            _isMissing = detail is null;
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
}
