using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Elements;

/// <summary>Asks for the sample's name before it is removed.</summary>
public sealed partial class RemoveSampleDialog : ComponentBase
{
    private string _typed = "";

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    /// <summary>What has to be typed.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Asks.</summary>
    /// <returns>Whether to remove it.</returns>
    internal static async Task<bool> AskAsync(IDialogService dialogs, string name)
    {
        var dialog = await dialogs.ShowAsync<RemoveSampleDialog>(null, new DialogParameters<RemoveSampleDialog> { { item => item.Name, name } });
        return await dialog.Result is { Canceled: false };
    }
}
