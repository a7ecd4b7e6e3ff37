using System.Globalization;
using LazyMigrate.Core.Data.Sample;
using LazyMigrate.Tests.TestServices;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>Makes the pictures of <c>docs/screenshots</c>. They are written there only with <c>LAZYMIGRATE_SCREENSHOTS=1</c>, so that a test run leaves the checkout as it is.</summary>
[Collection(BrowserTests.Name)]
public sealed class ScreenshotTests(Chromium chromium)
{
    private const int Wide = 1440;
    private const int Narrow = 360;
    private const long LargestFile = 200 * 1024;

    /// <summary>How many of the sample's people move on each of the last days, today last.</summary>
    private static readonly int[] s_movesByDay = [1, 0, 2, 1, 1, 3, 2, 0, 1, 4, 2, 3, 5, 3];

    [SkippableFact]
    public async Task Screenshots_OfTheSample_AreMade()
    {
        using var temporary = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable("LAZYMIGRATE_SCREENSHOTS") == "1"
            ? Path.Combine(RepositoryFolder.Path, "docs", "screenshots")
            : temporary.Path;
        await Journey.PlayAsync(chromium, async journey =>
        {
            var console = await journey.OpenConsoleAsync(width: Wide);
            var page = console.Page;
            await page.GotoAsync("/setup");
            await ShootAsync(page, folder, "setup", ColorScheme.Light, Wide);
            await ShootAsync(page, folder, "setup", ColorScheme.Dark, Wide);
            await console.SetUpAsync();
            await console.LoadSampleAsync();
            await console.WriteScriptAsync("login", "Accepted");
            await console.WriteScriptAsync("searchUser", "Found");
            await console.WriteScriptAsync("countUsers", "Counted");
            await console.SwitchOnAsync();

            var people = SamplePerson.All.Where(person => !person.IsBlocked && person.Id % 17 == 2).Take(s_movesByDay.Sum()).ToList();
            Assert.Equal(s_movesByDay.Sum(), people.Count);
            foreach (var person in people)
            {
                await MoveAsync(journey.Server.Address, person.Email ?? person.Phone ?? person.UserName!, person.Password);
            }

            await SpreadOverDaysAsync(journey.DataFolder);

            await page.GotoAsync("/admin");
            await Assertions.Expect(console.Figure("Moved")).ToHaveTextAsync(people.Count.ToString(CultureInfo.InvariantCulture));
            await Assertions.Expect(page.GetByText("the last person moves around")).ToBeVisibleAsync();
            await ShootAsync(page, folder, "overview", ColorScheme.Light, Wide);
            await ShootAsync(page, folder, "overview", ColorScheme.Dark, Wide);
            await ShootAsync(page, folder, "overview", ColorScheme.Light, Narrow);

            await page.GotoAsync("/admin/users");
            await Assertions.Expect(console.UserRow(people[^1].FullName)).ToBeVisibleAsync();
            await ShootAsync(page, folder, "users", ColorScheme.Light, Wide);
            await ShootAsync(page, folder, "users", ColorScheme.Dark, Wide);

            await page.GotoAsync("/admin/database");
            await console.TestConnectionAsync();
            await Assertions.Expect(console.ConnectionTest).ToContainTextAsync("SQLite 3");
            await ShootAsync(page, folder, "database", ColorScheme.Light, Wide);
            await ShootAsync(page, folder, "database", ColorScheme.Dark, Wide);

            await page.GotoAsync("/admin/database/scripts/login");
            await Assertions.Expect(console.Editor("login")).ToBeVisibleAsync();
            await console.RunAsync();
            await console.ExpectOutcomeAsync("Accepted");
            await ShootAsync(page, folder, "editor", ColorScheme.Light, Wide);
            await ShootAsync(page, folder, "editor", ColorScheme.Dark, Wide);
            await ShootAsync(page, folder, "editor", ColorScheme.Light, Narrow);

            var visitor = await journey.OpenPersonAsync();
            await visitor.Page.GotoAsync("/account/login");
            await ShootAsync(visitor.Page, folder, "login", ColorScheme.Light, Wide);
            await ShootAsync(visitor.Page, folder, "login", ColorScheme.Dark, Wide);
            await ShootAsync(visitor.Page, folder, "login", ColorScheme.Light, Narrow);
        });

        var files = Directory.GetFiles(folder, "*.png").Select(file => new FileInfo(file)).ToList();
        Assert.Contains(files, file => file.Name == "overview-light-wide.png");
        Assert.All(files, file => Assert.True(file.Length < LargestFile, $"{file.Name} has {file.Length:N0} bytes."));
    }

    private static async Task ShootAsync(IPage page, string folder, string name, ColorScheme scheme, int width)
    {
        await page.SetViewportSizeAsync(width, width == Wide ? 900 : 780);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        if (page.Url.Contains("/admin", StringComparison.Ordinal))
        {
            // The console follows the system's theme by way of the server.
            await Assertions.Expect(page.Locator("html")).ToHaveCSSAsync("color-scheme", scheme == ColorScheme.Dark ? "dark" : "light");
        }

        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(folder, $"{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-{(width == Wide ? "wide" : "narrow")}.png"),
            Animations = ScreenshotAnimations.Disabled,
            Caret = ScreenshotCaret.Hide,
        });
    }

    private static async Task MoveAsync(string address, string identifier, string password)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(address) };
        var browser = new TestBrowser(client);
        await browser.GetAsync("/account/login");
        var page = await browser.SubmitAsync(("Form.Identifier", identifier), ("Form.Password", password));
        Assert.True(page.Location is not null, $"{identifier} was refused: {page.Alert}");
    }

    /// <summary>Puts the moves on the days of <see cref="s_movesByDay"/>, as two weeks of lazy migration would have.</summary>
    private static async Task SpreadOverDaysAsync(string dataFolder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "lazymigrate.db")};Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        var moved = new List<string>();
        await using (var read = connection.CreateCommand())
        {
            read.CommandText = "SELECT Id FROM Users WHERE MigratedAt IS NOT NULL ORDER BY MigratedAt";
            await using var reader = await read.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                moved.Add(reader.GetString(0));
            }
        }

        var days = s_movesByDay.Reverse().SelectMany((count, daysAgo) => Enumerable.Repeat(daysAgo, count)).Reverse().ToList();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (id, daysAgo) in moved.Zip(days))
        {
            await using var update = connection.CreateCommand();
            update.CommandText = """
                UPDATE Users SET CreatedAt = CreatedAt - $age, MigratedAt = MigratedAt - $age, LastLoginAt = LastLoginAt - $age WHERE Id = $id;
                UPDATE ActivityEvents SET Time = Time - $age, Day = date((Time - $age) / 1000, 'unixepoch') WHERE SubjectId = $id;
                """;
            update.Parameters.AddWithValue("$id", id);
            update.Parameters.AddWithValue("$age", daysAgo * 86_400_000L);
            await update.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
}
