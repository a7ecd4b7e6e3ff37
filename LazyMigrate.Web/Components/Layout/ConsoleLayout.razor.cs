using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Web.Components.Admin;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace LazyMigrate.Web.Components.Layout;

/// <summary>The frame of the console: app bar with the mode of the migration, navigation, theme.</summary>
public sealed partial class ConsoleLayout(
    CustomDatabaseManager databases,
    ConflictQueries conflicts,
    NavigationManager navigation,
    IJSRuntime script,
    TimeProvider time) : IAsyncDisposable
{
    // Another administrator, or another node, can switch the mode at any time.
    private static readonly TimeSpan s_modeInterval = TimeSpan.FromSeconds(15);

    private static readonly (string Theme, string Name, string Icon)[] s_themes =
    [
        ("system", "As the system", Icons.Material.Outlined.BrightnessAuto),
        ("light", "Light", Icons.Material.Outlined.LightMode),
        ("dark", "Dark", Icons.Material.Outlined.DarkMode),
    ];

    private readonly CancellationTokenSource _leaving = new();
    private MudThemeProvider _themeProvider = default!;
    private ElementReference _content;
    private IJSObjectReference? _module;
    private ConsoleView? _view;
    private MigrationMode? _mode;
    private int _openConflicts;
    private string _userName = "";
    private string _theme = "system";
    private bool _isSystemDark;
    private bool _isDark;
    private bool _isNarrow;
    private bool _isDrawerOpen;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string Path => "/" + navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0];

    private string ThemeIcon => s_themes.First(item => item.Theme == _theme).Icon;

    private string OpenConflicts => _openConflicts > 99 ? "99+" : _openConflicts.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        navigation.LocationChanged -= OnLocationChanged;
        await _leaving.CancelAsync();
        _leaving.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser is gone, and the module with it.
            }
        }
    }

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnLocationChanged;
        _userName = ConsoleActor.Of((await Authentication).User).Name;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        // The page waits for the browser's answer: shown at once it would flash in the wrong theme.
        _module = await script.InvokeAsync<IJSObjectReference>("import", _leaving.Token, "./console.js");
        var browser = await _module.InvokeAsync<BrowserStart>("start", _leaving.Token);
        _theme = s_themes.Any(item => item.Theme == browser.Theme) ? browser.Theme : "system";
        _isSystemDark = browser.IsSystemDark;
        _isNarrow = browser.IsNavigationNarrow;
        var zone = browser.Zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(browser.Zone, out var found) ? found : null;
        _view = new ConsoleView(zone, false, ShowModeAsync) { ConflictDecidedAsync = ShowConflictsAsync };
        await ShowThemeAsync();
        await _themeProvider.WatchSystemDarkModeAsync(OnSystemThemeAsync);
        _ = WatchModeAsync();
    }

    private static string IconOf(ScriptKind kind) => kind switch
    {
        ScriptKind.Login => Icons.Material.Outlined.Key,
        ScriptKind.SearchUser => Icons.Material.Outlined.PersonSearch,
        ScriptKind.CountUsers => Icons.Material.Outlined.Tag,
        ScriptKind.ListUsers => Icons.Material.Outlined.FormatListNumbered,
        _ => Icons.Material.Outlined.HowToReg,
    };

    private async Task WatchModeAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(s_modeInterval, time);
            do
            {
                var (mode, openConflicts) = await ReadAsync();
                if (mode != _mode || openConflicts != _openConflicts)
                {
                    (_mode, _openConflicts) = (mode, openConflicts);
                    await InvokeAsync(StateHasChanged);
                }
            }
            while (await timer.WaitForNextTickAsync(_leaving.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The circuit ended.
        }
    }

    private async Task<(MigrationMode? Mode, int OpenConflicts)> ReadAsync()
    {
        try
        {
            return (await databases.GetModeAsync(_leaving.Token), await conflicts.CountOpenAsync(_leaving.Token));
        }
        catch (System.Data.Common.DbException)
        {
            // The page in the layout says what is wrong; the chip keeps what it last knew.
            return (_mode, _openConflicts);
        }
    }

    private async Task ShowConflictsAsync()
    {
        (_mode, _openConflicts) = await ReadAsync();
        await InvokeAsync(StateHasChanged);
    }

    private Task ShowModeAsync(MigrationMode mode)
    {
        _mode = mode;
        return InvokeAsync(StateHasChanged);
    }

    private async Task OnSystemThemeAsync(bool isDark)
    {
        _isSystemDark = isDark;
        await InvokeAsync(ShowThemeAsync);
    }

    private async Task ChooseThemeAsync(string theme)
    {
        _theme = theme;
        await _module!.InvokeVoidAsync("setTheme", _leaving.Token, theme);
        await ShowThemeAsync();
    }

    private async Task ShowThemeAsync()
    {
        _isDark = _theme == "dark" || (_theme == "system" && _isSystemDark);
        _view = _view! with { IsDark = _isDark };
        StateHasChanged();
        await _module!.InvokeVoidAsync("showTheme", _leaving.Token, _isDark);
    }

    private async Task ToggleNarrowAsync()
    {
        _isNarrow = !_isNarrow;
        await _module!.InvokeVoidAsync("setNavigation", _leaving.Token, _isNarrow);
    }

    private void ToggleDrawer() => _isDrawerOpen = !_isDrawerOpen;

    private void CloseDrawer() => _isDrawerOpen = false;

    private void Reload() => navigation.NavigateTo(navigation.Uri, forceLoad: true);

    private async Task SkipToContentAsync() => await _content.FocusAsync();

    private void OnLocationChanged(object? sender, LocationChangedEventArgs args)
    {
        _isDrawerOpen = false;
        _ = InvokeAsync(StateHasChanged);
    }

    internal sealed record BrowserStart(string Theme, bool IsSystemDark, bool IsNavigationNarrow, string? Zone);
}
