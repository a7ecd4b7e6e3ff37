using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LazyMigrate.Tests.Browser;
using LazyMigrate.Tests.TestServices;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Integration;

/// <summary>The hosted pages in a real browser: WCAG 2.2 AA by axe, light and dark, on a phone and on a desk, and usable with the keyboard alone.</summary>
[Collection(BrowserTests.Name)]
public sealed class HostedPagesAccessibilityTests(Chromium chromium)
{
    [SkippableTheory]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 1440)]
    public async Task HostedPages_HaveNoViolationAndNoSidewaysScroll(ColorScheme scheme, int width)
    {
        Skip.If(Chromium.Executable is null, Chromium.Reason);
        using var folder = new TemporaryFolder();
        using var provisioned = new TemporaryFolder();
        await ProvisionAsync(provisioned.Path);
        await using var server = await ServerProcess.StartAsync(folder.Path, new Dictionary<string, string> { ["LazyMigrate:Setup:CustomDatabase"] = provisioned.Path });

        // axe is a script, which the pages' own policy forbids.
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.Address,
            BypassCSP = true,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        var page = await context.NewPageAsync();

        await CheckAsync("/setup");
        await TypeAsync("wrong code", "owner@example.org", TestHost.Password);
        await CheckPageAsync("the refused setup");
        await CheckAsync("/account/login");
        await TypeAsync("nobody@example.org", "wrong password");
        await CheckPageAsync("the refused log-in");
        await page.GotoAsync("/account/login");
        await TypeAsync("ada@example.org", TestHost.Password);
        await page.WaitForURLAsync("**/account/login/second-factor");
        await CheckPageAsync("the second factor");
        await TypeAsync("000000");
        await CheckPageAsync("the wrong code");
        await CheckAsync("/nowhere");
        await CheckAsync("/error");
        await CheckAsync("/account/logout");
        await CheckAsync("/account/register");
        await TypeAsync("a..b@example.org", "", TestHost.Password);
        await CheckPageAsync("the refused registration");
        await page.GotoAsync("/account/register");
        await TypeAsync("a-rather-long-address-that-has-to-break@subdomain.example.org", "Anna Lindqvist", TestHost.Password);
        await page.WaitForURLAsync("**/account");
        await CheckPageAsync("the own account");
        await CheckAsync("/account/logout");
        await CheckAsync("/admin");

        async Task CheckAsync(string url)
        {
            await page.GotoAsync(url);
            await CheckPageAsync(url);
        }

        async Task CheckPageAsync(string what)
        {
            var result = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") });
            Assert.True(result.Violations.Length == 0, $"{what}: {string.Join("; ", result.Violations.Select(violation => $"{violation.Help} {violation.Nodes[0].Html}"))}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{what} scrolls sideways.");
        }

        // By keyboard alone: the first field has the focus, Tab leads through the fields in order, Enter sends.
        async Task TypeAsync(params string[] values)
        {
            // The browser gives it after the page is loaded.
            await page.WaitForFunctionAsync("document.activeElement?.matches('input')");
            foreach (var (index, value) in values.Index())
            {
                if (index > 0)
                {
                    await page.Keyboard.PressAsync("Tab");
                }

                await page.Keyboard.TypeAsync(value);
            }

            // The answer has the same address: the mark tells the old page from the new one.
            await page.EvaluateAsync("window.isOld = true");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForFunctionAsync("!window.isOld && document.readyState === 'complete'");
        }
    }

    /// <summary>A legacy database with one person, who has a second factor.</summary>
    private static async Task ProvisionAsync(string folder)
    {
        const string Person = "{ id: 1, email: 'ada@example.org', mfa_factors: [{ totp: { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' } }] }";
        await File.WriteAllTextAsync(Path.Combine(folder, "database.json"), """{ "name": "shop", "type": "other", "mode": "LazyMigration" }""");
        await File.WriteAllTextAsync(Path.Combine(folder, "login.js"), $"async function login(query, password) {{ return query.email === 'ada@example.org' && password === '{TestHost.Password}' ? {Person} : null; }}");
        await File.WriteAllTextAsync(Path.Combine(folder, "searchUser.js"), $"async function searchUser(query) {{ return query.email === 'ada@example.org' ? {Person} : null; }}");
    }
}
