using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Shows a script that cannot be changed here, or the differences between two, side by side. Other parameters need another <c>@key</c>.</summary>
public sealed partial class ScriptViewer(IJSRuntime script) : ComponentBase, IAsyncDisposable
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _viewer;
    private bool _isReady;
    private string _change = "";

    /// <summary>The text, or the right side of a comparison.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What screen readers call it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The left side of a comparison; null compares nothing.</summary>
    [Parameter]
    public string? Original { get; set; }

    /// <summary>What screen readers call the left side.</summary>
    [Parameter]
    public string? OriginalLabel { get; set; }

    [Parameter]
    public bool IsDark { get; set; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_viewer is not null)
            {
                await _viewer.InvokeVoidAsync("dispose");
                await _viewer.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the viewer with it.
        }
    }

    private async Task GoAsync(int step)
    {
        if (_viewer is not null)
        {
            _change = "Change " + await _viewer.InvokeAsync<string>("go", step);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await script.InvokeAsync<IJSObjectReference>("import", "./script-editor.js");
            _viewer = await _module.InvokeAsync<IJSObjectReference>("show", _element, new
            {
                text = Text,
                label = Label,
                original = Original,
                originalLabel = OriginalLabel,
                isDark = IsDark,
            });
            _isReady = true;
            StateHasChanged();
        }
    }
}
