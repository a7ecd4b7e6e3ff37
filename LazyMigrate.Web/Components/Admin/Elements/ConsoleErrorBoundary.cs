using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LazyMigrate.Web.Components.Admin.Elements;

/// <summary>Keeps a page's error from ending the circuit, and forgets it when another page is opened.</summary>
public sealed class ConsoleErrorBoundary : ErrorBoundary
{
    private string? _path;

    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (_path is not null && _path != Path)
        {
            Recover();
        }

        _path = Path;
    }
}
