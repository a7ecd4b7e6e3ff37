using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Elements;

/// <summary>Says what cannot be undone, and asks for a word before it is done.</summary>
public sealed partial class TypedConfirmationDialog : ComponentBase
{
    private string _typed = "";

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    /// <summary>What is done; also on the button.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What it means, a paragraph each.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Sentences { get; set; } = [];

    /// <summary>What has to be typed.</summary>
    [Parameter, EditorRequired]
    public string Word { get; set; } = "";

    /// <summary>Asks.</summary>
    /// <returns>Whether to do it.</returns>
    internal static async Task<bool> AskAsync(IDialogService dialogs, string title, string word, params string[] sentences)
    {
        var dialog = await dialogs.ShowAsync<TypedConfirmationDialog>(
            null,
            new DialogParameters<TypedConfirmationDialog> { { item => item.Title, title }, { item => item.Word, word }, { item => item.Sentences, sentences } });
        return await dialog.Result is { Canceled: false };
    }
}
