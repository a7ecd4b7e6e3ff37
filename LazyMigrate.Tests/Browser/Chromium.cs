using LazyMigrate.Tests.TestServices;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace LazyMigrate.Tests.Browser;

/// <summary>One headless Chromium, the system's own, for all browser tests.</summary>
public sealed class Chromium(IMessageSink messages) : IAsyncLifetime
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the browser is, or null: the variable <c>LAZYMIGRATE_CHROMIUM</c>, else where Debian puts it.</summary>
    public static string? Executable { get; } =
        Environment.GetEnvironmentVariable("LAZYMIGRATE_CHROMIUM") is { Length: > 0 } path ? path : s_places.FirstOrDefault(File.Exists);

    public const string Reason = "There is no Chromium: install Debian's package chromium, or name the browser in LAZYMIGRATE_CHROMIUM.";

    public IBrowser Browser => _browser ?? throw new InvalidOperationException(Reason);

    public async Task InitializeAsync()
    {
        if (Executable is null)
        {
            SkipNotice.Print(messages, Reason);
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>Browser tests share one browser and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "Browser";
}
