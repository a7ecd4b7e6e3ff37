using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Monaco, and the browser's own copy of what is typed. Text travels as a stream: a hub message holds less than a script may.</summary>
public sealed partial class ScriptEditor(IJSRuntime script) : ComponentBase, IAsyncDisposable
{
    // Four bytes a character at most, and as many characters as a run would refuse anyway.
    private const long LongestText = 4 * 1_000_000;

    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _editor;
    private DotNetObjectReference<ScriptEditor>? _self;
    private bool _isReady;
    private bool _shownDark;
    private string? _shownDialectTypes;

    /// <summary>What the editor begins with.</summary>
    [Parameter, EditorRequired]
    public string InitialText { get; set; } = "";

    /// <summary>The stamp of the draft that <see cref="InitialText"/> is.</summary>
    [Parameter]
    public Guid? Stamp { get; set; }

    /// <summary>Under which the browser keeps its copy.</summary>
    [Parameter, EditorRequired]
    public string CopyKey { get; set; } = "";

    /// <summary>What screen readers call it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>TypeScript declarations for completion.</summary>
    [Parameter]
    public string? Types { get; set; }

    /// <summary>More of them, which change with the script's dialect.</summary>
    [Parameter]
    public string? DialectTypes { get; set; }

    [Parameter]
    public bool IsDark { get; set; }

    /// <summary>The text has changed, and typing paused.</summary>
    [Parameter]
    public EventCallback<string> OnTextChanged { get; set; }

    /// <summary>The editor is there; the value says what became of this browser's copy.</summary>
    [Parameter]
    public EventCallback<EditorCopy> OnReady { get; set; }

    /// <summary>Ctrl+S.</summary>
    [Parameter]
    public EventCallback OnSave { get; set; }

    /// <summary>Ctrl+Enter.</summary>
    [Parameter]
    public EventCallback OnRun { get; set; }

    /// <summary>What the editor holds now.</summary>
    public async Task<string> GetTextAsync(CancellationToken cancellationToken)
    {
        if (_editor is null)
        {
            return InitialText;
        }

        await using var stream = await _editor.InvokeAsync<IJSStreamReference>("getText", cancellationToken);
        return await ReadAsync(stream, cancellationToken);
    }

    public ValueTask SetTextAsync(string text) => CallAsync("setText", text);

    /// <summary>Puts the browser's older copy in.</summary>
    public ValueTask UseCopyAsync() => CallAsync("useCopy");

    public ValueTask DropCopyAsync() => CallAsync("dropCopy");

    /// <summary>The draft was stored; the browser's copy is not needed unless something was typed since.</summary>
    public ValueTask SavedAsync(Guid? stamp, string text) => CallAsync("saved", stamp, text.Length);

    /// <summary>Replaces the marks of one owner.</summary>
    public ValueTask MarkAsync(string owner, IReadOnlyList<ScriptMarker> markers) => CallAsync("setMarkers", owner, markers);

    /// <summary>Scrolls to a place and puts the cursor there.</summary>
    public ValueTask RevealAsync(int line, int column) => CallAsync("reveal", line, column);

    [JSInvokable]
    public Task TextChangedAsync(IJSStreamReference text) => ShowFailureAsync(async () =>
    {
        await using (text)
        {
            await OnTextChanged.InvokeAsync(await ReadAsync(text, CancellationToken.None));
        }
    });

    [JSInvokable]
    public Task SaveAsync() => ShowFailureAsync(() => OnSave.InvokeAsync());

    [JSInvokable]
    public Task RunAsync() => ShowFailureAsync(() => OnRun.InvokeAsync());

    /// <summary>What fails in a call from the browser would otherwise be told to the browser's console only.</summary>
    private async Task ShowFailureAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_editor is not null)
            {
                await _editor.InvokeVoidAsync("dispose");
                await _editor.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the editor with it.
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _shownDark = IsDark;
            _shownDialectTypes = DialectTypes;
            _module = await script.InvokeAsync<IJSObjectReference>("import", "./script-editor.js");
            _editor = await _module.InvokeAsync<IJSObjectReference>("create", _element, _self, new
            {
                text = InitialText,
                stamp = Stamp,
                types = Types,
                dialectTypes = DialectTypes,
                isDark = IsDark,
                label = Label,
                copyKey = CopyKey,
            });
            _isReady = true;
            StateHasChanged();
            var restored = await _editor.InvokeAsync<string>("restored");
            await OnReady.InvokeAsync(restored switch { "kept" => EditorCopy.Kept, "older" => EditorCopy.Older, _ => EditorCopy.None });
        }
        else if (_editor is not null)
        {
            if (_shownDark != IsDark)
            {
                _shownDark = IsDark;
                await CallAsync("setTheme", IsDark);
            }

            if (_shownDialectTypes != DialectTypes)
            {
                _shownDialectTypes = DialectTypes;
                await CallAsync("setDialectTypes", DialectTypes);
            }
        }
    }

    private async ValueTask CallAsync(string name, params object?[] arguments)
    {
        if (_editor is not null)
        {
            await _editor.InvokeVoidAsync(name, arguments);
        }
    }

    private static async Task<string> ReadAsync(IJSStreamReference reference, CancellationToken cancellationToken)
    {
        await using var stream = await reference.OpenReadStreamAsync(LongestText, cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}

/// <summary>What became of the copy that the browser keeps of what is typed.</summary>
public enum EditorCopy
{
    /// <summary>There was none, or it was the draft itself.</summary>
    None,

    /// <summary>It was newer than the draft, and is in the editor.</summary>
    Kept,

    /// <summary>It belongs to a draft that was changed meanwhile; the administrator decides.</summary>
    Older,
}
