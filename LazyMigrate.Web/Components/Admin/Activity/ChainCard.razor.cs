using System.Globalization;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Web.Components.Admin.Elements;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Activity;

/// <summary>Checks the chain of events when it is asked to: it reads all of them.</summary>
public sealed partial class ChainCard(ActivityVerifier verifier) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ActivityVerification? _result;
    private string? _failure;
    private bool _isChecking;

    private string Sentence => (_failure, _result) switch
    {
        ({ } failure, _) => failure,
        (_, null) => "Each event is signed, and chained to the one before it: a check finds what was altered, removed, added or moved in the database.",
        (_, { FirstBreak: { } found }) => $"{(found.Number is { } number ? $"Number {Number(number)}: " : "")}{found.Reason}",
        (_, { FirstUnsigned: { } unsigned } result) =>
            $"{Number(result.UnsignedCount)} of the events are not signed, {(unsigned.Number is { } number ? $"the first at number {Number(number)}" : "none of them sealed yet")}: a node that cannot decrypt the key wrote them (its log and its health say so), or somebody else did. Nothing else is wrong.",
        (_, { } result) => $"{Number(result.Checked)} events are as they were written; {Number(result.Unsealed)} are not sealed yet.",
    };

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private static (string Text, Tone Tone, string Icon) Badge(ActivityVerification result) => result switch
    {
        { IsIntact: true } => ("Intact", Tone.Success, Icons.Material.Outlined.VerifiedUser),
        { IsChecked: false } => ("Not checked", Tone.Warning, Icons.Material.Outlined.GppMaybe),
        { FirstBreak: null } => ("Not signed", Tone.Warning, Icons.Material.Outlined.GppMaybe),
        _ => ("Broken", Tone.Danger, Icons.Material.Outlined.GppBad),
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private async Task CheckAsync()
    {
        _isChecking = true;
        _failure = null;
        StateHasChanged();
        try
        {
            _result = await verifier.VerifyAsync(expected: null, _leaving.Token);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (ConsolePage.FailureSentence(exception) is { } sentence)
        {
            _failure = sentence;
        }

        _isChecking = false;
    }
}
