using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Shows one version, alone or beside the draft or another version.</summary>
public sealed partial class VersionDialog(DatabaseScriptManager scripts) : ComponentBase
{
    /// <summary>Stands for the draft among the versions that can be compared with.</summary>
    internal const string Draft = "draft";

    private string _other = "";
    private string? _source;
    private string? _otherSource;
    private string _otherName = "";
    private string? _problem;

    // Another comparison is another viewer.
    private int _shown;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public ScriptKind Kind { get; set; }

    [Parameter, EditorRequired]
    public ScriptVersionSummary Version { get; set; } = default!;

    /// <summary>What it can be compared with.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ScriptVersionSummary> Versions { get; set; } = [];

    /// <summary>The version that log-ins use; it cannot be rolled back to.</summary>
    [Parameter, EditorRequired]
    public Guid? PublishedId { get; set; }

    /// <summary>What the editor holds.</summary>
    [Parameter, EditorRequired]
    public string DraftText { get; set; } = "";

    /// <summary>Whether it begins with the comparison with the draft.</summary>
    [Parameter]
    public bool BeginsWithDraft { get; set; }

    [Parameter]
    public bool IsDark { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (await ReadAsync(Version.Id) is { } source)
        {
            await CompareAsync(BeginsWithDraft ? Draft : "");
            _source = source;
        }
    }

    private Task ChooseAsync(ChangeEventArgs change) => CompareAsync(change.Value?.ToString() ?? "");

    private async Task CompareAsync(string other)
    {
        _other = other;
        _problem = null;
        (_otherSource, _otherName) = other switch
        {
            "" => (null, ""),
            Draft => (DraftText, "the draft"),
            _ => (await ReadAsync(Guid.Parse(other)), $"version {Versions.First(version => version.Id == Guid.Parse(other)).Number}"),
        };
        _shown++;
    }

    private async Task<string?> ReadAsync(Guid versionId)
    {
        try
        {
            var source = await scripts.GetVersionSourceAsync(versionId);
            _problem = source is null ? "This version is gone." : null;
            return source;
        }
        catch (Exception exception) when (ConsolePage.FailureSentence(exception) is { } sentence)
        {
            _problem = sentence;
            return null;
        }
    }
}

/// <summary>What to do with the version that was looked at.</summary>
public enum VersionChoice
{
    /// <summary>Put its source into the editor.</summary>
    Load,

    /// <summary>Publish its source again; asked about once more.</summary>
    RollBack,
}
