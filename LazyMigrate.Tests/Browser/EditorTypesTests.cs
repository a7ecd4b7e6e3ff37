using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Templates;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>Completion, hover and marks in the real editor. What exactly is marked, tests of the editor's TypeScript say without a browser.</summary>
[Collection(BrowserTests.Name)]
public sealed class EditorTypesTests(Chromium chromium)
{
    private const string OldScript = """
        function login(email, password, callback) {
          request.get({ url: configuration.URL, json: true }, function (err, response, body) {
            if (err) return callback(err);
            mongo(configuration.MONGO, function (db) { db.collection('users').findOne({ email: email }, callback); });
            var connection = new sqlserver.Connection({ server: 'db' });
            connection.on('connect', function () { callback(new ValidationError('down', 'Try again')); });
            bcrypt.compare(password, body.hash, function (err, same) { callback(err, same ? { user_id: body.id } : null); });
          });
        }
        """;

    [SkippableFact]
    public Task Editor_WhileTyping_OffersWhatThereIsAndMarksWhatThereIsNot() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await OpenAsync(journey);
        var offered = console.Page.Locator(".suggest-widget.visible .monaco-list-row");

        await console.PasteScriptAsync("login", "const { Client } = require('pg');\n/**\n * @param {LegacyQuery} query\n * @param {ScriptContext} context\n */\nasync function login(query, password, context) {\n  const client = new Client();\n  await client.conect();\n}\n");
        await ExpectErrorsAsync(console, 1);
        await Assertions.Expect(offered).ToHaveCountAsync(0);

        // A script is asked for what each thing has, at a new line of its own.
        foreach (var (typed, name) in new[] { ("client.", "connect"), ("query.", "phone"), ("context.", "userPoolId"), ("env.", "DB_CONNECTION_URI"), ("require('", "better-sqlite3") })
        {
            await console.PasteScriptAsync("login", "const { Client } = require('pg');\n/**\n * @param {LegacyQuery} query\n * @param {ScriptContext} context\n */\nasync function login(query, password, context) {\n  const client = new Client();\n  await client.connect();\n\n}\n");
            await ExpectErrorsAsync(console, 0);
            await GoToAsync(console, 9);
            await console.Page.Keyboard.TypeAsync(typed);
            await console.Page.Keyboard.PressAsync("Control+Space");
            await Assertions.Expect(offered.Filter(new LocatorFilterOptions { HasText = name }).First).ToBeVisibleAsync();
            await console.Page.Keyboard.PressAsync("Escape");
        }

        // Hover, by keyboard.
        await console.PasteScriptAsync("login", "const bcrypt = require('bcrypt@5.1.0');\nbcrypt.getRounds('');\n");
        await ExpectErrorsAsync(console, 0);
        await GoToAsync(console, 2);
        for (var at = 0; at < "bcrypt.get".Length; at++)
        {
            await console.Page.Keyboard.PressAsync("ArrowRight");
        }

        // A hover that is asked for while TypeScript still reads what was pasted says less, and does not come again by itself.
        var hover = console.Page.Locator(".monaco-hover").Filter(new LocatorFilterOptions { HasText = "The cost that a hash was made with." });
        for (var attempt = 0; attempt < 20 && !await hover.IsVisibleAsync(); attempt++)
        {
            await console.Page.Keyboard.PressAsync("Escape");
            await console.Page.Keyboard.PressAsync("Control+k");
            await console.Page.Keyboard.PressAsync("Control+i");
            await console.Page.WaitForTimeoutAsync(500);
        }

        await Assertions.Expect(hover).ToBeVisibleAsync();
    });

    [SkippableFact]
    public Task Editor_OfScriptsThatWork_MarksNothing() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await OpenAsync(journey);
        foreach (var template in ScriptTemplates.All.Where(template => template.Kind == ScriptKind.Login))
        {
            await console.PasteScriptAsync("login", template.Source);
            await ExpectErrorsAsync(console, 0);
        }

        // The globals of old scripts belong to their dialect only.
        await console.PasteScriptAsync("login", OldScript);
        await ExpectErrorsAsync(console, 0);
        await console.PasteScriptAsync("login", "async function login(query) {\n  return request.get(env.URL);\n}\n");
        await ExpectErrorsAsync(console, 1);
    });

    private static async Task<ConsoleDriver> OpenAsync(Journey journey)
    {
        var console = await journey.OpenConsoleAsync();
        await console.SetUpAsync();
        await console.LoadSampleAsync();
        await console.OpenScriptAsync("login");
        return console;
    }

    /// <summary>The editor's own marks, once its TypeScript has read the text as it is now.</summary>
    private static async Task ExpectErrorsAsync(ConsoleDriver console, int count)
    {
        await console.Page.WaitForFunctionAsync(
            """
            async (count) => {
              const model = monaco.editor.getModels()[0];
              const service = await (await monaco.languages.typescript.getJavaScriptWorker())(model.uri);
              const ignored = monaco.languages.typescript.javascriptDefaults.getDiagnosticsOptions().diagnosticCodesToIgnore;
              const found = (await service.getSemanticDiagnostics(model.uri.toString())).filter((each) => !ignored.includes(each.code));
              const marked = monaco.editor.getModelMarkers({ resource: model.uri, owner: 'javascript' });
              window.lastErrors = JSON.stringify([found.map((each) => each.messageText), marked.map((each) => each.message)]);
              return found.length === count && marked.length === count;
            }
            """,
            count);
    }

    private static async Task GoToAsync(ConsoleDriver console, int line)
    {
        await console.Editor("login").FocusAsync();
        await console.Page.Keyboard.PressAsync("Control+Home");
        for (var at = 1; at < line; at++)
        {
            await console.Page.Keyboard.PressAsync("ArrowDown");
        }
    }
}
