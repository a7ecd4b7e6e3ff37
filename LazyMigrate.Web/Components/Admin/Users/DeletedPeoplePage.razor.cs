using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Users;

/// <summary>The tombstones of deleted people.</summary>
public sealed partial class DeletedPeoplePage(
    TombstoneManager tombstones,
    UserAdministration administration,
    IOptions<LazyMigrationOptions> options,
    IDialogService dialogs,
    ISnackbar snackbar) : ConsolePage
{
    private IReadOnlyList<Tombstone>? _stones;
    private UserIdentifier? _searched;
    private string _typed = "";
    private string? _failure;
    private int _page;
    private int _total;
    private bool _isChanging;

    private string Range => FormattableString.Invariant($"{(_page * TombstoneManager.PageSize) + 1:N0}–{(_page * TombstoneManager.PageSize) + _stones!.Count:N0} of {_total:N0}");

    protected override async Task OnInitializedAsync() => await LoadAsync();

    private static IEnumerable<string> IdentifiersOf(Tombstone stone) =>
        ((string?[])[stone.NormalizedEmail, stone.NormalizedUserName, stone.NormalizedPhoneNumber]).OfType<string>();

    private static string NameOf(Tombstone stone) => IdentifiersOf(stone).First();

    private async Task SearchAsync()
    {
        _page = 0;
        _searched = IdentifierParser.Parse(_typed, options.Value.PhoneRegion);
        if (_searched is null && !string.IsNullOrWhiteSpace(_typed))
        {
            // What can be nobody's identifier is nobody's.
            (_searched, _stones, _total) = (new UserIdentifier(IdentifierKind.UserName, ""), [], 0);
            return;
        }

        await LoadAsync();
    }

    private async Task TurnAsync(int pages)
    {
        _page = Math.Max(0, _page + pages);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _failure = null;
        try
        {
            _total = await tombstones.CountAsync(_searched, Leaving);
            _page = Math.Min(_page, Math.Max(0, (_total - 1) / TombstoneManager.PageSize));
            _stones = await tombstones.ListAsync(_searched, _page, Leaving);
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

    private async Task LiftAsync(Tombstone stone)
    {
        if (_isChanging)
        {
            return;
        }

        _isChanging = true;
        try
        {
            if (await new UserActions(administration, dialogs, snackbar).LiftTombstoneAsync(stone.Id, NameOf(stone), await Authentication.GetActorAsync()))
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
