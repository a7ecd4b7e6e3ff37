using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>What a person does on the hosted pages.</summary>
internal sealed class PersonDriver(IPage page)
{
    public IPage Page => page;

    /// <summary>The sentence above a form that was refused.</summary>
    public ILocator Alert => page.GetByRole(AriaRole.Alert);

    public ILocator Heading => page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 });

    /// <summary>Opens the log-in page anew and sends it.</summary>
    public async Task LogInAsync(string identifier, string password)
    {
        await page.GotoAsync("/account/login");
        await page.GetByLabel("E-mail, phone or user name").FillAsync(identifier);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
    }

    public async Task LogOutAsync()
    {
        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(Heading).ToHaveTextAsync("You are logged out");
    }

    /// <summary>Opens the registration page anew and sends it.</summary>
    public async Task RegisterAsync(string email, string name, string password)
    {
        await page.GotoAsync("/account/register");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Create account" }).ClickAsync();
    }

    /// <summary>Expects the own account page of whoever logged in.</summary>
    public async Task ExpectOwnAccountAsync(string displayName)
    {
        await Assertions.Expect(Heading).ToHaveTextAsync(displayName);
        await Assertions.Expect(page).ToHaveURLAsync("/account");
    }

    /// <summary>Expects a refusal.</summary>
    public Task ExpectRefusalAsync(string sentence) => Assertions.Expect(Alert).ToContainTextAsync(sentence);

    /// <summary>Expects that a field is marked, and described by a sentence.</summary>
    public async Task ExpectErrorAtAsync(string label, string sentence)
    {
        await Assertions.Expect(page.GetByLabel(label)).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.GetByLabel(label)).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex(System.Text.RegularExpressions.Regex.Escape(sentence)));
    }
}
