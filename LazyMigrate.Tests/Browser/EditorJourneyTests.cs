using LazyMigrate.Core.CustomDatabases;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>What goes wrong while somebody writes a script is said where they are looking, and nothing they typed is lost.</summary>
[Collection(BrowserTests.Name)]
public sealed class EditorJourneyTests(Chromium chromium)
{
    [SkippableFact]
    public Task Script_ThatCannotRun_IsMarkedAndNotPublished() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await OpenSampleAsync(journey);
        await console.OpenScriptAsync("login");
        await Assertions.Expect(console.Problems).ToContainTextAsync("No problems found");

        await console.PasteScriptAsync("login", "async function login(query, password) {\n  const = 1;\n  return null;\n}\n");
        await Assertions.Expect(console.Problems).ToContainTextAsync("The script does not parse");

        // The way to the mark, by mouse and by keyboard; the editor says what it is.
        await console.Problems.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Line 2" }).ClickAsync();
        await Assertions.Expect(console.Editor("login")).ToBeFocusedAsync();
        await console.Page.Keyboard.PressAsync("F8");
        await Assertions.Expect(console.Code).ToContainTextAsync("1 of 1 problem");
        await Assertions.Expect(console.Code).ToContainTextAsync("The script does not parse");
        await console.Page.Keyboard.PressAsync("Escape");

        await console.AskToPublishAsync();
        await Assertions.Expect(console.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Line 2: The script does not parse");
        await Assertions.Expect(console.PublishButton).ToBeDisabledAsync();
        await console.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(console.Dialog).ToHaveCountAsync(0);

        await console.PasteScriptAsync("login", "async function logIn(query, password) {\n  return null;\n}\n");
        await Assertions.Expect(console.Problems).ToContainTextAsync("This script defines `logIn`, but it must define `login`");
        await console.AskToPublishAsync();
        await Assertions.Expect(console.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("it must define `login`");
        await Assertions.Expect(console.PublishButton).ToBeDisabledAsync();
        await console.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(console.Dialog).ToHaveCountAsync(0);

        // Run all the same, it says the same.
        await console.RunAsync();
        await console.ExpectOutcomeAsync("This script defines `logIn`, but it must define `login`.");
    });

    [SkippableFact]
    public Task TestRun_ThatFails_SaysWhyAndWhere() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await OpenSampleAsync(journey);
        await console.OpenScriptAsync("login");

        await console.PasteScriptAsync("login", "async function login(query, password) {\n  return 42;\n}\n");
        await console.RunAsync();
        await console.ExpectOutcomeAsync("Failed: BadAnswer");
        await console.ExpectOutcomeAsync("`login` returned a number. Return a profile object, or null where there is no such person.");

        await console.PasteScriptAsync("login", "async function login(query, password) {\n  return { email: query.email };\n}\n");
        await console.RunAsync();
        await console.ExpectOutcomeAsync("Invalid profile");
        await Assertions.Expect(console.TestRun).ToContainTextAsync("The profile has no `id`");

        await console.PasteScriptAsync("login", """
            const Database = require('better-sqlite3');
            async function login(query, password) {
              const db = new Database(env.DB_CONNECTION_URI, { readonly: true });
              return db.prepare('SELECT * FROM people').get();
            }
            """);
        await console.RunAsync();
        await console.ExpectOutcomeAsync("Failed: ModuleError");
        await console.ExpectOutcomeAsync("no such table: people");
        await Assertions.Expect(console.TestRun.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Line 4" })).ToBeVisibleAsync();

        await console.PasteScriptAsync("login", "function login(query, password) {\n  while (true) {}\n}\n");
        await console.RunAsync();
        await Assertions.Expect(console.TestRun.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" })).ToBeVisibleAsync();

        // The page is alive meanwhile: it still reads what is typed.
        await console.PasteScriptAsync("login", "function logIn() {}\n");
        await Assertions.Expect(console.Problems).ToContainTextAsync("it must define `login`");

        // It ends over the limit on computing, or on a machine with much else to do over the one on time.
        await console.ExpectOutcomeAsync("Look for an endless loop");

        // What waits computes nothing, and ends all the same.
        await console.PasteScriptAsync("login", "async function login(query, password) {\n  await new Promise(() => setInterval(() => {}, 1000));\n}\n");
        await console.RunAsync();
        await console.ExpectOutcomeAsync("Failed: TimeLimit");
        await console.ExpectOutcomeAsync("The script took longer than 10 s.");
    });

    [SkippableFact]
    public Task TestRun_WhileItRuns_ShowsItsConsoleAndCanBeCanceled() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await OpenSampleAsync(journey);
        await console.OpenScriptAsync("login");
        await console.PasteScriptAsync("login", """
            async function login(query, password) {
              console.log('asking for', query.email, 'with', password);
              await new Promise(() => setTimeout(() => {}, 9000));
            }
            """);
        await console.RunAsync();
        var lines = console.TestRun.GetByRole(AriaRole.List, new LocatorGetByRoleOptions { Name = "Console of the script" });
        var cancel = console.TestRun.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" });
        await Assertions.Expect(lines).ToContainTextAsync($"asking for {SampleManager.Credentials[0].Identifier}");
        await Assertions.Expect(lines).Not.ToContainTextAsync(SampleManager.Credentials[0].Password);
        await Assertions.Expect(cancel).ToBeVisibleAsync();
        await cancel.ClickAsync();
        await console.ExpectOutcomeAsync("The run was cancel");
        await Assertions.Expect(cancel).ToHaveCountAsync(0);
        await Assertions.Expect(console.TestRun.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Run" })).ToBeEnabledAsync();
    });

    [SkippableFact]
    public Task Draft_AfterAReload_IsStillThere() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await OpenSampleAsync(journey);
        await console.OpenScriptAsync("login");

        // At once: the browser's own copy.
        await console.TypeIntoScriptAsync("login", "// typed in a hurry ");
        await Assertions.Expect(console.Code).ToContainTextAsync("typed in a hurry");
        await console.Page.ReloadAsync();
        await Assertions.Expect(console.Code).ToContainTextAsync("typed in a hurry");

        // A while later: the server's draft, in any browser.
        await console.TypeIntoScriptAsync("login", "// typed with time ");
        await Assertions.Expect(console.Page.GetByText("Not saved yet")).ToBeVisibleAsync();
        await Assertions.Expect(console.Page.GetByText("Draft saved")).ToBeVisibleAsync();
        var second = await OpenSecondAsync(journey);
        await second.OpenScriptAsync("login");
        await Assertions.Expect(second.Code).ToContainTextAsync("typed with time // typed in a hurry");
    });

    [SkippableFact]
    public Task Draft_OfTwoAdministrators_LosesNothing() => Journey.PlayAsync(chromium, async journey =>
    {
        var first = await OpenSampleAsync(journey);
        await first.OpenScriptAsync("login");
        var second = await OpenSecondAsync(journey);
        await second.OpenScriptAsync("login");

        await first.PasteScriptAsync("login", "function login() {} // of the first");
        await first.Page.Keyboard.PressAsync("Control+s");
        await first.ExpectToastAsync("Draft saved. Log-ins do not use it");

        await second.PasteScriptAsync("login", "function login() {} // of the second");
        var conflict = second.Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "saved another draft" });
        await Assertions.Expect(conflict).ToContainTextAsync("What you typed is still here.");
        await Assertions.Expect(second.Code).ToContainTextAsync("of the second");

        // Nothing is overwritten without a word, not even by a run, which stores the draft before.
        await second.RunAsync();
        await second.ExpectOutcomeAsync("No such user");
        await first.Page.ReloadAsync();
        await Assertions.Expect(first.Code).ToContainTextAsync("of the first");

        await second.ClickAsync("Discard mine, show theirs");
        await Assertions.Expect(second.Code).ToContainTextAsync("of the first");
        await Assertions.Expect(conflict).ToHaveCountAsync(0);
        await second.Editor("login").FocusAsync();
        await second.Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(second.Code).ToContainTextAsync("of the second");
        await second.Page.Keyboard.PressAsync("Control+s");
        await second.ExpectToastAsync("Draft saved. Log-ins do not use it");

        await first.PasteScriptAsync("login", "function login() {} // of the first again");
        await first.ClickAsync("Save mine over theirs");
        await first.ExpectToastAsync("Draft saved. Log-ins do not use it");
        await second.Page.ReloadAsync();
        await Assertions.Expect(second.Code).ToContainTextAsync("of the first again");
    });

    [SkippableFact]
    public Task ConnectionTest_OfADatabaseThatIsDown_SaysSo() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await journey.OpenConsoleAsync();
        await console.SetUpAsync();

        // Port 1 is nobody's.
        await console.TypePostgresAsync("Down", "postgres://reader:secret@127.0.0.1:1/shop");
        await console.TestConnectionAsync();
        await Assertions.Expect(console.ConnectionTest).ToContainTextAsync("Not connected: ECONNREFUSED");
        await Assertions.Expect(console.ConnectionTest).ToContainTextAsync("Nothing listens at 127.0.0.1:1: check host and port, and that the database is running.");

        await console.Page.GetByLabel("Connection URI").FillAsync("127.0.0.1");
        await console.ClickAsync("Save");
        await Assertions.Expect(console.Page.GetByLabel("Connection URI")).ToHaveAttributeAsync("aria-invalid", "true");

        // What is down can be saved, and a test run says that it is down.
        await console.Page.GetByLabel("Connection URI").FillAsync("postgres://reader:secret@127.0.0.1:1/shop");
        await console.SaveDatabaseAsync();
        await console.OpenScriptAsync("login");
        await console.RunAsync("anna@example.org", "secret");
        await console.ExpectOutcomeAsync("Failed: ModuleError");
        await console.ExpectOutcomeAsync("Is the legacy database running, and are host and port right?");
    });

    private static async Task<ConsoleDriver> OpenSampleAsync(Journey journey)
    {
        var console = await journey.OpenConsoleAsync();
        await console.SetUpAsync();
        await console.LoadSampleAsync();
        return console;
    }

    private static async Task<ConsoleDriver> OpenSecondAsync(Journey journey)
    {
        var console = await journey.OpenConsoleAsync();
        await console.LogInAsync();
        return console;
    }
}
