using System.Collections.Concurrent;
using System.Text;
using LazyMigrate.Tests.TestServices;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace LazyMigrate.Tests.Browser;

/// <summary>A server of its own, and whoever uses it, each in a browser of their own.</summary>
/// <remarks>
/// When a step fails, the message holds what every open page shows, as a screen reader reads it. What a browser complains
/// about (a script's error, a breach of the content security policy) fails the journey even where every step succeeded.
/// </remarks>
internal sealed class Journey : IAsyncDisposable
{
    private const int ShownStateLength = 6000;
    private const int ShownOutputLength = 3000;

    // A limit, not a pause: the slowest step is the editor's first load on a machine that builds something else beside.
    private const float LongestStep = 30_000;

    private readonly Chromium _chromium;
    private readonly TemporaryFolder _folder = new();
    private readonly List<IPage> _pages = [];
    private readonly ConcurrentQueue<string> _complaints = new();
    private ServerProcess? _server;

    private Journey(Chromium chromium)
    {
        _chromium = chromium;
    }

    public ServerProcess Server => _server ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>Where the server keeps its data.</summary>
    public string DataFolder => _folder.Path;

    /// <summary>Plays a journey from the first start of a server; skips the test where there is no browser.</summary>
    public static async Task PlayAsync(Chromium chromium, Func<Journey, Task> steps)
    {
        Skip.If(Chromium.Executable is null, Chromium.Reason);
        Assertions.SetDefaultExpectTimeout(LongestStep);
        await using var journey = new Journey(chromium);
        journey._server = await ServerProcess.StartAsync(journey.DataFolder);
        try
        {
            await steps(journey);
        }
        catch (Exception exception) when (exception is XunitException or PlaywrightException or TimeoutException)
        {
            throw new XunitException($"{exception.Message}{Environment.NewLine}{await journey.DescribeAsync()}", exception);
        }

        Assert.True(journey._complaints.IsEmpty, $"The browser complained:{Environment.NewLine}{string.Join(Environment.NewLine, journey._complaints)}");
    }

    /// <summary>An administrator's browser; no page is open in it yet.</summary>
    public async Task<ConsoleDriver> OpenConsoleAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900, bool allowsAxe = false)
    {
        var page = await OpenAsync(new BrowserNewContextOptions
        {
            // axe is a script from elsewhere, which the console's own policy forbids.
            BypassCSP = allowsAxe,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        return new ConsoleDriver(page, Server);
    }

    /// <summary>A person's browser, in a private context and with JavaScript off, as the hosted pages promise to work.</summary>
    public async Task<PersonDriver> OpenPersonAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var page = await OpenAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = false,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        return new PersonDriver(page);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages)
        {
            await page.Context.CloseAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<IPage> OpenAsync(BrowserNewContextOptions options)
    {
        options.BaseURL = Server.Address;
        options.DeviceScaleFactor = 1;
        options.ReducedMotion = ReducedMotion.Reduce;
        options.Locale = "en-GB";
        options.TimezoneId = "Europe/Berlin";
        var context = await _chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(LongestStep);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        _pages.Add(page);
        return page;
    }

    private async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        foreach (var page in _pages)
        {
            text.AppendLine(null).AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"--- {page.Url}");
            try
            {
                var state = await page.Locator("body").AriaSnapshotAsync(new LocatorAriaSnapshotOptions { Timeout = 5000 });
                text.AppendLine(state.Length <= ShownStateLength ? state : state[..ShownStateLength] + "…");
            }
            catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
            {
                text.AppendLine(exception.Message);
            }
        }

        if (!_complaints.IsEmpty)
        {
            text.AppendLine("--- what the browser complained about").AppendJoin(Environment.NewLine, _complaints).AppendLine();
        }

        var output = Server.Output;
        return text.AppendLine("--- the server's last words").Append(output[Math.Max(0, output.Length - ShownOutputLength)..]).ToString();
    }
}
