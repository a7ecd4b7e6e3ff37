using System.Text;
using Bunit;
using LazyMigrate.Web.Components.Admin.Scripts;
using Microsoft.JSInterop;

namespace LazyMigrate.Tests.Components.Admin;

/// <summary>The editor's part in the browser: holds a text, and remembers its marks.</summary>
internal sealed class TestScriptEditor
{
    private readonly BunitJSModuleInterop _editor;
    private readonly BunitJSModuleInterop _module;
    private readonly JSRuntimeInvocationHandler<string> _restored;

    public TestScriptEditor(BunitJSInterop browser)
    {
        var module = browser.SetupModule("./script-editor.js");
        _editor = module.SetupModule(invocation => invocation.Identifier == "create");
        _editor.Mode = JSRuntimeMode.Loose;
        module.SetupModule(invocation => invocation.Identifier == "show").Mode = JSRuntimeMode.Loose;
        _module = module;
        _restored = _editor.Setup<string>("restored");
        Restored = "none";
        _editor.Setup<IJSStreamReference>("getText").SetResult(new TextStream(this));
    }

    /// <summary>What the administrator sees in the editor; the page learns of it when it asks, or by <see cref="TypeAsync"/>.</summary>
    public string Text { get; set; } = "";

    /// <summary>What the editor says of the browser's copy.</summary>
    public string Restored { set => _restored.SetResult(value); }

    /// <summary>Types, and pauses.</summary>
    public Task TypeAsync(IRenderedComponent<ScriptPage> page, string text)
    {
        Text = text;
        var editor = page.FindComponent<ScriptEditor>();
        return editor.InvokeAsync(() => editor.Instance.TextChangedAsync(new TextStream(this)));
    }

    /// <summary>The marks of one owner as they are now.</summary>
    public IReadOnlyList<ScriptMarker> Marks(string owner) => _editor.Invocations["setMarkers"]
        .Where(invocation => (string?)invocation.Arguments[0] == owner)
        .Select(invocation => (IReadOnlyList<ScriptMarker>)invocation.Arguments[1]!)
        .LastOrDefault([]);

    /// <summary>What was put into the editor last.</summary>
    public string? LastSetText => _editor.Invocations["setText"] is [.., var last] ? (string?)last.Arguments[0] : null;

    /// <summary>What the viewer was told to show last.</summary>
    public object? LastShown => _module.Invocations["show"] is [.., var last] ? last.Arguments[1] : null;

    private sealed class TextStream(TestScriptEditor editor) : IJSStreamReference
    {
        public long Length => Encoding.UTF8.GetByteCount(editor.Text);

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) =>
            new(new MemoryStream(Encoding.UTF8.GetBytes(editor.Text)));

        public ValueTask DisposeAsync() => default;
    }
}
