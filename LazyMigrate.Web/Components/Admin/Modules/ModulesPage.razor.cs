using LazyMigrate.Core.CustomDatabases.Packages;
using LazyMigrate.Core.Scripting.Packages;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Modules;

/// <summary>The modules that scripts can require.</summary>
public sealed partial class ModulesPage(ScriptPackageManager manager, ScriptPackages packages, ISnackbar toasts, IDialogService dialogs) : ConsolePage
{
    private const int MostFiles = 50;

    private readonly List<(string File, string Sentence, bool IsRefused)> _results = [];
    private IReadOnlyList<PackageSummary>? _packages;
    private string? _failure;
    private bool _isAdding;
    private string _progress = "";
    private int _inputKey;

    protected override Task OnInitializedAsync() => LoadAsync();

    private static (string Sentence, bool IsRefused) Describe(PackageAddition addition) => addition switch
    {
        PackageAddition.Added added => ($"{added.Name}@{added.Version} is added, licence: {added.License ?? "none stated"}.", false),
        PackageAddition.AlreadyThere there => ($"{there.Name}@{there.Version} is there already.", false),
        PackageAddition.Refused refused => (refused.Reason, true),
        _ => throw new ArgumentOutOfRangeException(nameof(addition)),
    };

    private async Task LoadAsync()
    {
        _failure = null;
        try
        {
            _packages = await manager.ListAsync(Leaving);
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            _failure = sentence;
        }
    }

    private async Task AddAsync(InputFileChangeEventArgs change)
    {
        _results.Clear();
        if (change.FileCount > MostFiles)
        {
            _results.Add(("", $"At most {MostFiles} files at once.", true));
            return;
        }

        _isAdding = true;
        try
        {
            var actor = await Authentication.GetActorAsync();
            var number = 0;
            foreach (var file in change.GetMultipleFiles(MostFiles))
            {
                _progress = $"Checking {++number} of {change.FileCount}: {file.Name}";
                StateHasChanged();
                _results.Add(await AddAsync(file, actor));
            }
        }
        finally
        {
            _isAdding = false;

            // A new input: choosing the same file again is a change again.
            _inputKey++;
        }

        await LoadAsync();
    }

    private async Task<(string File, string Sentence, bool IsRefused)> AddAsync(IBrowserFile file, Core.Activity.ActivityActor actor)
    {
        if (file.Size > PackageArchive.LongestArchive)
        {
            return (file.Name, $"The tarball has more than {PackageArchive.LongestArchive >> 20} MiB.", true);
        }

        try
        {
            await using var content = file.OpenReadStream(PackageArchive.LongestArchive, Leaving);
            var (sentence, isRefused) = Describe(await manager.AddAsync(content, actor, Leaving));
            return (file.Name, sentence, isRefused);
        }
        catch (Exception exception) when (exception is IOException || FailureSentence(exception) is not null)
        {
            return (file.Name, FailureSentence(exception) ?? "The upload was broken off. Try again.", true);
        }
    }

    private async Task RemoveAsync(PackageSummary package)
    {
        var name = $"{package.Name}@{package.Version}";
        if (await dialogs.ShowMessageBoxAsync($"Remove {name}?", "Drafts and test runs that require it will fail. It can be added again.", yesText: "Remove", cancelText: "Cancel") is not true)
        {
            return;
        }

        try
        {
            switch (await manager.RemoveAsync(package.Name, package.Version, await Authentication.GetActorAsync(), Leaving))
            {
                case PackageRemoval.InUse(var scripts):
                    toasts.Add($"{name} stays: the published script {string.Join(", ", scripts.Select(AdminUrls.ScriptName))} needs it.", Severity.Warning);
                    break;
                default:
                    toasts.Add($"{name} is removed.", Severity.Success);
                    break;
            }
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            toasts.Add(sentence, Severity.Error);
        }

        await LoadAsync();
    }
}
