using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LazyMigrate.Core.CustomDatabases;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>Every page of the console: WCAG 2.2 AA by axe, light and dark, on a desk and on a phone, and usable with the keyboard.</summary>
[Collection(BrowserTests.Name)]
public sealed class ConsoleAccessibilityTests(Chromium chromium)
{
    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    };

    // The theme changes colours and nothing else: what axe says of structure, names and sizes holds for both.
    private static readonly AxeRunOptions s_colorRules = new() { RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") };

    [SkippableFact]
    public Task Console_InEveryThemeAndWidth_HasNoViolationAndNoSidewaysScroll() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await journey.OpenConsoleAsync(allowsAxe: true);
        var page = console.Page;
        var findings = new List<string>();

        await page.GotoAsync("/setup");
        await CheckAsync("setup");
        await console.SetUpAsync();
        await CheckPageAsync("welcome");
        await console.LoadSampleAsync();
        await CheckPageAsync("overview of a beginning");
        await console.AskToSwitchOnAsync();
        await CheckAsync("switch dialog, not ready");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(console.Dialog).ToHaveCountAsync(0);
        await console.ClickAsync("Remove the sample…");
        await console.ExpectDialogAsync();
        await CheckAsync("dialog that removes the sample");
        await page.Keyboard.PressAsync("Escape");

        await console.GoAsync("Database");
        await CheckPageAsync("database");
        await console.OpenScriptAsync("login");
        await console.RunAsync();
        await console.ExpectOutcomeAsync("Accepted");
        await CheckAsync("script editor with a test run");
        await console.AskToPublishAsync();
        await CheckAsync("publish dialog");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(console.Dialog).ToHaveCountAsync(0);
        await console.ClickAsync("Templates…");
        await console.ExpectDialogAsync();
        await Assertions.Expect(console.Dialog.GetByRole(AriaRole.Code)).ToContainTextAsync("better-sqlite3");
        await CheckAsync("templates dialog");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(console.Dialog).ToHaveCountAsync(0);
        await console.PasteScriptAsync("login", "function logIn() {\n  return require('nowhere');\n}\n");
        await Assertions.Expect(console.Problems).ToContainTextAsync("it must define `login`");
        await CheckPageAsync("script editor with problems");
        await page.GotoAsync("/admin/database/scripts/nothing");
        await console.ExpectPageAsync("No such script");
        await CheckPageAsync("no such script");

        await console.GoAsync("Users");
        await CheckPageAsync("users");
        await console.OpenUserAsync(ConsoleDriver.Email);
        await CheckPageAsync("user");
        await page.GotoAsync("/admin/users/new");
        await console.ExpectPageAsync("Create a user");
        await CheckPageAsync("create a user");
        await console.ClickAsync("Create the user");
        await Assertions.Expect(page.GetByLabel("E-mail")).ToHaveAttributeAsync("aria-invalid", "true");
        await CheckAsync("create a user, refused");
        await page.GetByLabel("E-mail").FillAsync("eve@example.org");
        await page.GetByLabel("E-mail").PressAsync("Tab");
        await console.ClickAsync("Create the user");
        await console.ExpectPageAsync("eve@example.org");
        await page.GetByLabel("Add a role").FillAsync("two words");
        await console.ClickAsync("Add");
        await Assertions.Expect(page.GetByText("not a name for a role")).ToBeVisibleAsync();
        await CheckAsync("user, role refused");
        await page.GetByLabel("Add a role").FillAsync("vip");
        await console.ClickAsync("Add");
        await Assertions.Expect(page.GetByLabel("Remove the role vip")).ToBeVisibleAsync();
        await CheckPageAsync("user with a role");
        await page.GotoAsync("/admin/conflicts");
        await Assertions.Expect(page.GetByText("No open conflict")).ToBeVisibleAsync();
        await CheckPageAsync("no conflict");
        await AddConflictAsync(journey.DataFolder, "eve@example.org");
        await CheckPageAsync("conflicts");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Link with eve@example.org… Grace" }).ClickAsync();
        await console.ExpectDialogAsync();
        await CheckAsync("dialog that links");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(console.Dialog).ToHaveCountAsync(0);
        await console.GoAsync("Users");
        await page.GetByLabel("Select eve@example.org").CheckAsync();
        await Assertions.Expect(page.GetByText("1 user selected")).ToBeVisibleAsync();
        await CheckAsync("users, one selected");
        await console.ClickAsync("Delete…");
        await console.ExpectDialogAsync();
        await CheckAsync("dialog that deletes a user");
        await console.Dialog.GetByRole(AriaRole.Textbox).FillAsync("eve@example.org");
        await console.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete the user" }).ClickAsync();
        await console.ExpectToastAsync("1 user is deleted.");
        await page.GotoAsync("/admin/users/deleted");
        await Assertions.Expect(page.GetByText("eve@example.org")).ToBeVisibleAsync();
        await CheckPageAsync("deleted people");
        await page.GotoAsync("/admin/users?q=nobody");
        await Assertions.Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync();
        await CheckPageAsync("users, nobody found");

        await page.SetViewportSizeAsync(1440, 800);
        await console.GoAsync("Activity");
        await CheckPageAsync("activity");
        await console.ClickAsync("Check now");
        await Assertions.Expect(page.GetByText("Intact", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await CheckAsync("activity, checked");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Details of user.deleted" }).First.ClickAsync();
        await console.ExpectDialogAsync();
        await CheckAsync("details of an event");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(console.Dialog).ToHaveCountAsync(0);
        await page.GotoAsync("/admin/activity?person=nobody");
        await Assertions.Expect(page.GetByText("No event matches")).ToBeVisibleAsync();
        await CheckPageAsync("activity, nothing found");

        await page.SetViewportSizeAsync(360, 800);
        await console.ClickAsync("Navigation");
        await CheckAsync("drawer", 360);

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));

        // As it is found when its address is opened: without the toasts of what came before.
        async Task CheckPageAsync(string what)
        {
            await page.ReloadAsync();
            await Assertions.Expect(console.Heading).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await CheckAsync(what);
            await CheckSkipLinkAsync();
        }

        async Task CheckAsync(string what, params int[] widths)
        {
            foreach (var width in widths is [] ? [360, 1440] : widths)
            {
                foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
                {
                    await page.SetViewportSizeAsync(width, 800);
                    await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                    await SettleAsync(scheme);
                    var result = await page.RunAxe(scheme == ColorScheme.Dark ? s_colorRules : s_rules);
                    findings.AddRange(result.Violations.SelectMany(violation => violation.Nodes.Select(node =>
                        string.Create(CultureInfo.InvariantCulture, $"{what}, {scheme}, {width} px: {violation.Id}: {violation.Help}: {node.Html} {node.Any.FirstOrDefault()?.Message}"))));
                    if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
                    {
                        findings.Add(string.Create(CultureInfo.InvariantCulture, $"{what}, {scheme}, {width} px scrolls sideways"));
                    }
                }
            }
        }

        // The console follows the system's theme by way of the server, and colours fade over.
        async Task SettleAsync(ColorScheme scheme)
        {
            if (page.Url.Contains("/admin", StringComparison.Ordinal))
            {
                await Assertions.Expect(page.Locator("html")).ToHaveCSSAsync("color-scheme", scheme == ColorScheme.Dark ? "dark" : "light");
            }

            await page.WaitForFunctionAsync("document.getAnimations().every(item => item.playState !== 'running' || item.effect.getComputedTiming().iterations === Infinity)");
        }

        async Task CheckSkipLinkAsync()
        {
            var skip = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Skip to content" });
            await skip.FocusAsync();
            await Assertions.Expect(skip).ToBeInViewportAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Tab");
            await Assertions.Expect(page.GetByRole(AriaRole.Main).Locator(":focus")).ToHaveCountAsync(1);
        }
    });

    /// <summary>As after a log-in by the user name "grace", whose profile has the address of a user here.</summary>
    private static async Task AddConflictAsync(string dataFolder, string email)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "lazymigrate.db")};Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = """
            INSERT INTO MigrationConflicts (Id, CustomDatabaseId, LegacyId, IdentifierKind, Identifier, Email, NormalizedEmail, EmailConfirmed, UserName, NormalizedUserName, Name, Fields, EmailOwnerId, FirstSeenAt, LastSeenAt, Count, State, Stamp)
            SELECT '0199A000-0000-7000-8000-00000000000C', CustomDatabases.Id, '42', 'UserName', 'grace', $email, $email, 1, 'grace', 'grace', 'Grace', 1, Users.Id, Users.CreatedAt, Users.CreatedAt, 2, 'Open', '0199A000-0000-7000-8000-00000000000D'
            FROM CustomDatabases, Users WHERE Users.NormalizedEmail = $email
            """;
        insert.Parameters.AddWithValue("$email", email);
        Assert.Equal(1, await insert.ExecuteNonQueryAsync());
    }

    [SkippableFact]
    public Task Console_ByKeyboardAlone_SwitchesTheMigrationOn() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await journey.OpenConsoleAsync();
        await console.SetUpAsync();
        await console.LoadSampleAsync();
        await console.WriteScriptAsync("login", "Accepted");
        await console.WriteScriptAsync("searchUser", "Found", identifier: SampleManager.Credentials[0].Identifier);

        var page = console.Page;
        await page.GotoAsync("/admin");
        await console.ExpectPageAsync("Overview");
        var open = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch on…" });
        await Assertions.Expect(open).ToBeVisibleAsync();
        await TabToAsync("Switch on…");
        await page.Keyboard.PressAsync("Enter");
        await console.ExpectDialogAsync();
        await TabToAsync("Switch lazy migration on");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(console.Mode).ToContainTextAsync("Lazy migration");

        async Task TabToAsync(string button)
        {
            const int MostStops = 60;
            for (var stop = 0; stop < MostStops; stop++)
            {
                await page.Keyboard.PressAsync("Tab");
                if (await page.EvaluateAsync<string>("document.activeElement.innerText ?? ''") == button)
                {
                    return;
                }
            }

            Assert.Fail($"“{button}” was not among the first {MostStops} stops of the Tab key.");
        }
    });
}
