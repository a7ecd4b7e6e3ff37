using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Web.Components.Admin.Elements;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Users;

/// <summary>One user.</summary>
public sealed partial class UserDetailPage(
    UserQueries users,
    ActivityQueries activity,
    UserAdministration administration,
    IDialogService dialogs,
    ISnackbar snackbar,
    NavigationManager navigation,
    TimeProvider time) : ConsolePage
{
    private const int ShownEvents = 50;

    private Guid? _shown;
    private UserDetail? _detail;
    private IReadOnlyList<ActivityEvent> _events = [];
    private string? _customData;
    private string? _failure;
    private IReadOnlyList<string> _knownRoles = [];
    private ActivityActor? _actor;
    private string _newRole = "";
    private string? _roleProblem;
    private bool _isMissing;
    private bool _isChanging;

    [Parameter]
    public Guid Id { get; set; }

    private TimeProvider Time => time;

    private bool IsSelf => _actor?.Id == Id;

    private string Name => _detail!.User.DisplayName;

    private UserActions Actions => new(administration, dialogs, snackbar);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id)
        {
            _shown = Id;
            _detail = null;
            _actor = await Authentication.GetActorAsync();
            await LoadAsync();
        }
    }

    private static bool IsConsoleRole(string role) => RoleName.Canonical(role) is { } canonical && ConsoleRoles.Contain(canonical);

    private static IEnumerable<string> ConsoleRolesOf(UserDetail detail) => detail.Roles.Where(IsConsoleRole);

    private async Task LoadAsync()
    {
        _failure = null;
        _isMissing = false;
        try
        {
            var detail = await users.GetAsync(Id, Leaving);
            _events = await activity.LatestAsync(ShownEvents, Id, Leaving);
            _knownRoles = await users.ListRolesAsync(Leaving);
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

    private Task DisableAsync() => ChangeAsync(() => Actions.DisableAsync([Id], Name, _actor!));

    private Task EnableAsync() => ChangeAsync(() => Actions.EnableAsync([Id], _actor!));

    private Task RequireNewPasswordAsync() => ChangeAsync(() => Actions.RequireNewPasswordAsync([Id], Name, _actor!));

    private Task RemoveSecondFactorAsync() => ChangeAsync(() => Actions.RemoveSecondFactorAsync(Id, Name, _actor!));

    private Task ReturnAsync() => ChangeAsync(() => Actions.ReturnAsync(Id, Name, _detail!.User.IsLinked, _actor!), isGone: !_detail!.User.IsLinked);

    private Task DeleteAsync() => ChangeAsync(() => Actions.DeleteAsync([Id], Name, _actor!), isGone: true);

    private Task AddRoleAsync()
    {
        var name = _newRole.Trim();
        _roleProblem = RoleName.ProblemOf(name);
        return _roleProblem is null ? SetRolesAsync([.. GivenRoles(), name]) : Task.CompletedTask;
    }

    private Task RemoveRoleAsync(string role) => SetRolesAsync([.. GivenRoles().Where(other => other != role)]);

    private IEnumerable<string> GivenRoles() => _detail!.Roles.Where(role => !IsConsoleRole(role));

    private Task SetRolesAsync(IReadOnlyList<string> roles) => ChangeAsync(async () =>
    {
        var change = await administration.SetRolesAsync(Id, roles, _actor!);
        if (change is UserChange.Refused refused)
        {
            _roleProblem = refused.Sentence;
            return false;
        }

        _newRole = "";
        snackbar.Add("The roles are saved.", Severity.Success);
        return true;
    });

    private async Task ChangeAsync(Func<Task<bool>> change, bool isGone = false)
    {
        if (_isChanging)
        {
            return;
        }

        _isChanging = true;
        try
        {
            if (!await change())
            {
                return;
            }

            if (isGone)
            {
                navigation.NavigateTo(AdminUrls.AllUsers);
            }
            else
            {
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
}
