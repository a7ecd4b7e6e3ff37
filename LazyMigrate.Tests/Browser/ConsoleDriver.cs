using System.Globalization;
using System.Text.RegularExpressions;
using LazyMigrate.Tests.TestServices;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>What an administrator does in the console, with its words.</summary>
internal sealed class ConsoleDriver(IPage page, ServerProcess server)
{
    public const string Email = "owner@example.org";
    public const string Password = "correct horse battery";

    public IPage Page => page;

    public ILocator Heading => page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 });

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    // ---- Set-up and navigation

    /// <summary>From the code that the server printed to the welcome page.</summary>
    public async Task SetUpAsync()
    {
        await page.GotoAsync("/setup");
        await page.GetByLabel("One-time code").FillAsync(server.SetupCode ?? throw new InvalidOperationException("The server printed no code."));
        await page.GetByLabel("Your e-mail").FillAsync(Email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Create administrator" }).ClickAsync();
        await ExpectPageAsync("Welcome to LazyMigrate");
    }

    /// <summary>As an administrator, who lands in the console.</summary>
    public async Task LogInAsync()
    {
        await page.GotoAsync("/account/login");
        await page.GetByLabel("E-mail, phone or user name").FillAsync(Email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
        await ExpectPageAsync("Overview");
    }

    public async Task LoadSampleAsync()
    {
        await ClickAsync("Load the sample");
        await ExpectPageAsync("Overview");
        await ExpectToastAsync("The sample is here: 500 people");
    }

    /// <summary>Follows a link of the navigation at the left.</summary>
    public async Task GoAsync(string name)
    {
        await page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Console" })
            .GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
        await ExpectPageAsync(name);
    }

    public Task ExpectPageAsync(string title) => Assertions.Expect(Heading).ToContainTextAsync(title);

    public Task ExpectToastAsync(string text) => Assertions.Expect(page.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>Waits until the dialog has the keyboard: Escape pressed before goes elsewhere.</summary>
    public Task ExpectDialogAsync() => Assertions.Expect(Dialog.Locator(":focus")).ToHaveCountAsync(1);

    public Task ClickAsync(string button) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    // ---- Overview

    public ILocator Mode => page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link).Filter(new LocatorFilterOptions { HasText = "Mode of the migration" });

    /// <summary>One of the figures: Moved, Left, Users here.</summary>
    public ILocator Figure(string name) =>
        page.GetByRole(AriaRole.Term).Filter(new LocatorFilterOptions { HasTextRegex = new Regex($"^{name}$") })
            .Locator("xpath=following-sibling::dd");

    public async Task<int> ReadFigureAsync(string name)
    {
        await Assertions.Expect(Figure(name)).ToHaveTextAsync(new Regex(@"^\s*[\d,]+\s*$"));
        return int.Parse(await Figure(name).InnerTextAsync(), NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }

    /// <summary>Opens the question whether to switch lazy migration on.</summary>
    public async Task AskToSwitchOnAsync()
    {
        await GoAsync("Overview");
        await ClickAsync("Switch on…");
        await ExpectDialogAsync();
    }

    public async Task SwitchOnAsync()
    {
        await AskToSwitchOnAsync();
        await Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Switch lazy migration on" }).ClickAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(0);
        await Assertions.Expect(Mode).ToContainTextAsync("Lazy migration");
    }

    public async Task RemoveSampleAsync(string name)
    {
        await GoAsync("Overview");
        await ClickAsync("Remove the sample…");
        var confirm = Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Remove the sample" });
        await Assertions.Expect(confirm).ToBeDisabledAsync();
        await Dialog.GetByLabel($"Type “{name}” to confirm").FillAsync(name);
        await confirm.ClickAsync();
        await ExpectToastAsync("The sample was removed");
    }

    // ---- Database

    /// <summary>Types the settings of a PostgreSQL database; nothing is saved.</summary>
    public async Task TypePostgresAsync(string name, string uri)
    {
        await GoAsync("Database");
        await page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync(name);
        await page.GetByLabel("Type", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("PostgreSQL");
        await page.GetByLabel("Connection URI").FillAsync(uri);
    }

    public ILocator ConnectionTest => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Test connection" });

    public Task TestConnectionAsync() => ClickAsync("Test connection");

    public async Task SaveDatabaseAsync()
    {
        await ClickAsync("Save");
        await ExpectToastAsync("Saved.");
    }

    // ---- Script editor

    /// <summary>The editor, where the text of the script can be read.</summary>
    public ILocator Code => page.GetByRole(AriaRole.Code);

    public ILocator Problems => page.GetByRole(AriaRole.Status, new PageGetByRoleOptions { Name = "Problems in the script" });

    public ILocator TestRun => page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Test run" });

    public ILocator Outcome => TestRun.GetByRole(AriaRole.Status).First;

    public async Task OpenScriptAsync(string name)
    {
        await GoAsync(name);
        await Assertions.Expect(Editor(name)).ToBeVisibleAsync();
    }

    /// <summary>Replaces the script from the clipboard: typed key by key, the editor would close brackets by itself.</summary>
    public async Task PasteScriptAsync(string name, string source)
    {
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", source);
        await Editor(name).FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.PressAsync("Control+v");
    }

    /// <summary>Types key by key at the beginning of the script.</summary>
    public async Task TypeIntoScriptAsync(string name, string text)
    {
        await Editor(name).FocusAsync();
        await page.Keyboard.PressAsync("Control+Home");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Runs with the keyboard from wherever it is.</summary>
    public async Task RunAsync(string? identifier = null, string? password = null)
    {
        if (identifier is not null)
        {
            await TestRun.GetByLabel("E-mail, phone or user name").FillAsync(identifier);
        }

        if (password is not null)
        {
            await TestRun.GetByLabel("Password").FillAsync(password);
        }

        await page.Keyboard.PressAsync("Control+Enter");
    }

    public Task ExpectOutcomeAsync(string text) => Assertions.Expect(Outcome).ToContainTextAsync(text);

    public async Task PublishAsync(string note = "")
    {
        await AskToPublishAsync();
        await Dialog.GetByLabel("Note (optional)").FillAsync(note);
        await PublishButton.ClickAsync();
        await Assertions.Expect(Dialog).ToHaveCountAsync(0);
        await Assertions.Expect(Heading).ToContainTextAsync("published");
    }

    /// <summary>Opens the question whether to publish.</summary>
    public async Task AskToPublishAsync()
    {
        await ClickAsync("Publish…");
        await ExpectDialogAsync();
    }

    public ILocator PublishButton => Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Publish version" });

    /// <summary>Opens a script, pastes it where another than the draft is wanted, runs it and publishes it.</summary>
    public async Task WriteScriptAsync(string name, string outcome, string? source = null, string? identifier = null, string? password = null)
    {
        await OpenScriptAsync(name);
        if (source is not null)
        {
            await PasteScriptAsync(name, source);
        }

        await RunAsync(identifier, password);
        await ExpectOutcomeAsync(outcome);
        await PublishAsync();
    }

    public ILocator Editor(string name) => page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = $"Script {name}" });

    // ---- Users

    public ILocator UserRow(string displayName) =>
        page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "Users" }).GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = displayName });

    public async Task OpenUserAsync(string displayName)
    {
        await UserRow(displayName).GetByRole(AriaRole.Link).First.ClickAsync();
        await ExpectPageAsync(displayName);
    }

    /// <summary>The description of a fact on the user's page, in one of its cards.</summary>
    public ILocator UserFact(string card, string name) =>
        page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = card })
            .GetByRole(AriaRole.Term).Filter(new LocatorFilterOptions { HasTextRegex = new Regex($"^{name}$") })
            .Locator("xpath=following-sibling::dd[1]");
}
