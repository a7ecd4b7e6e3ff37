using LazyMigrate.Core.Activity;
using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Core.Users.Conflicts;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Conflicts;

/// <summary>People who cannot be moved, next to the users here whom they collide with, and what an administrator decides about them.</summary>
public sealed partial class ConflictsPage(
    ConflictQueries conflicts,
    ConflictManager manager,
    IDialogService dialogs,
    ISnackbar snackbar) : ConsolePage
{
    private ConflictsQuery _query = new();
    private ConflictsQuery? _shown;
    private IReadOnlyList<ConflictReading>? _readings;
    private IReadOnlyDictionary<ConflictState, int> _counts = new Dictionary<ConflictState, int>();
    private string? _failure;
    private bool _isDeciding;

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageNumber { get; set; }

    private int First => (_query.Page - 1) * ConflictQueries.PageSize;

    private bool HasMore => First + _readings!.Count < _counts.GetValueOrDefault(_query.State);

    private string Range => FormattableString.Invariant($"{First + 1:N0}–{First + _readings!.Count:N0} of {_counts.GetValueOrDefault(_query.State):N0}");

    private string EmptyTitle => _query.State switch
    {
        ConflictState.Open => "No open conflict",
        ConflictState.Linked => "Nobody was linked",
        ConflictState.KeptApart => "Nobody was kept apart",
        _ => "Nobody was rejected",
    };

    private string EmptySentence => _query.State switch
    {
        ConflictState.Open => "Whoever the legacy database accepts and who cannot be moved, because their e-mail address, phone number, user name or legacy id belongs to a user here, appears here at their log-in.",
        ConflictState.Linked => "Legacy people who are users here are listed here once you have linked them.",
        ConflictState.KeptApart => "Legacy people who share something with a user here and are somebody else are listed here.",
        _ => "Legacy people whom you refuse for good are listed here. You can reopen each of them.",
    };

    protected override async Task OnParametersSetAsync()
    {
        _query = ConflictsQuery.Read(State, PageNumber);
        if (_query != _shown)
        {
            _shown = _query;
            await LoadAsync();
        }
    }

    private static IEnumerable<ConflictUser> LinkableOf(ConflictReading reading) =>
        reading.Users.Where(side => side.Fields != ConflictFields.None && reading.ProblemOfLink(side) is null);

    private static List<(string What, string Why)> ProblemsOf(ConflictReading reading)
    {
        var problems = reading.Users
            .Where(side => side.Fields != ConflictFields.None)
            .Select(side => (What: $"Linking with {side.User.DisplayName}", Why: reading.ProblemOfLink(side)))
            .Append((What: "Keeping apart", Why: reading.ProblemOfKeepingApart));
        return [.. problems.Where(problem => problem.Why is not null).Select(problem => (problem.What, problem.Why!))];
    }

    private static string DecisionOf(ConflictReading reading) => reading.Conflict.State switch
    {
        ConflictState.Linked => $"They are {reading.Linked?.DisplayName ?? "a user here"}, whose password counts.",
        ConflictState.KeptApart when reading.Linked is { } moved => $"Moved since, as {moved.DisplayName}.",
        ConflictState.KeptApart when reading.Conflict.Fields != ConflictFields.None => $"At the next log-in they are moved without the {reading.Conflict.Fields.Words()}.",
        ConflictState.KeptApart => "They are moved at the next log-in.",
        _ => "They are refused.",
    };

    private int CountOf(ConflictState state) => _counts.GetValueOrDefault(state);

    private async Task LoadAsync()
    {
        var query = _query;
        try
        {
            var counts = await conflicts.CountAsync(Leaving);
            var last = Math.Max(1, ((counts.GetValueOrDefault(query.State) - 1) / ConflictQueries.PageSize) + 1);
            var readings = await conflicts.ListAsync(query.State, Math.Min(query.Page, last) - 1, Leaving);
            if (query == _query)
            {
                (_counts, _readings, _failure) = (counts, readings, null);
                _query = _shown = query with { Page = Math.Min(query.Page, last) };
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

    private Task LinkAsync(ConflictReading reading, ConflictUser side) => DecideAsync(
        () => ConflictDialog.AskAsync(dialogs, $"Link {ConflictText.NameOf(reading.Conflict)} with {side.User.DisplayName}", "Link", ConflictText.Link(reading, side)),
        actor => manager.LinkAsync(reading.Conflict.Id, reading.Conflict.Stamp, side.User.Id, side.Fields, actor),
        $"{ConflictText.NameOf(reading.Conflict)} is linked with {side.User.DisplayName} now.");

    private Task KeepApartAsync(ConflictReading reading) => DecideAsync(
        () => ConflictDialog.AskAsync(dialogs, $"Keep {ConflictText.NameOf(reading.Conflict)} apart", "Keep apart", ConflictText.KeepApart(reading)),
        actor => manager.KeepApartAsync(reading.Conflict.Id, reading.Conflict.Stamp, reading.Fields, actor),
        $"{ConflictText.NameOf(reading.Conflict)} can log in now.");

    private Task RejectAsync(ConflictReading reading) => DecideAsync(
        () => ConflictDialog.AskAsync(dialogs, $"Reject {ConflictText.NameOf(reading.Conflict)}", "Reject", ConflictText.Reject(reading), isDanger: true),
        actor => manager.RejectAsync(reading.Conflict.Id, reading.Conflict.Stamp, actor),
        $"{ConflictText.NameOf(reading.Conflict)} is rejected.");

    private Task ReopenAsync(ConflictReading reading) => DecideAsync(
        () => Task.FromResult(true),
        actor => manager.ReopenAsync(reading.Conflict.Id, reading.Conflict.Stamp, actor),
        $"The conflict of {ConflictText.NameOf(reading.Conflict)} is open again.");

    private async Task DecideAsync(Func<Task<bool>> askAsync, Func<ActivityActor, Task<UserChange>> decideAsync, string done)
    {
        if (_isDeciding)
        {
            return;
        }

        _isDeciding = true;
        try
        {
            if (!await askAsync())
            {
                return;
            }

            switch (await decideAsync(await Authentication.GetActorAsync()))
            {
                case UserChange.Refused refused:
                    snackbar.Add(refused.Sentence, Severity.Error);
                    break;
                default:
                    snackbar.Add(done, Severity.Success);
                    break;
            }

            await LoadAsync();
            await View.ConflictDecidedAsync();
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            snackbar.Add(sentence, Severity.Error);
        }
        finally
        {
            _isDeciding = false;
        }
    }
}
