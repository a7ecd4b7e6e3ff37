using LazyMigrate.Core.CustomDatabases;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Welcome;

/// <summary>The first page after the setup: the sample, or a database of one's own.</summary>
public sealed partial class WelcomePage(SampleManager sample, NavigationManager navigation, ISnackbar snackbar) : ConsolePage
{
    private bool _isLoading;
    private string? _problem;

    private async Task LoadSampleAsync()
    {
        _isLoading = true;
        _problem = null;
        try
        {
            switch (await sample.LoadAsync(await Authentication.GetActorAsync(), Leaving))
            {
                case SampleLoad.Loaded loaded:
                    snackbar.Add($"The sample is here: {loaded.People} people, and three scripts to test and publish.", Severity.Success);
                    navigation.NavigateTo(AdminUrls.Overview);
                    break;
                case SampleLoad.AlreadyHasDatabase other:
                    _problem = $"There is a custom database already: “{other.Name}”. The sample can be loaded only where there is none.";
                    break;
            }
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (IOException exception)
        {
            _problem = $"The sample's file cannot be written: {exception.Message}";
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            _problem = sentence;
        }
        finally
        {
            _isLoading = false;
        }
    }
}
