using System.Text.RegularExpressions;
using LazyMigrate.Tests.TestServices;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>A legacy database of one's own: connected, written for, moved out of, and gone.</summary>
[Collection(BrowserTests.Name)]
public sealed class PostgresJourneyTests(Chromium chromium, PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const string Anna = "anna@example.org";
    private const string Chinese = "王小明";
    private const string Quoted = "o'brien--@example.org";
    private const string QuotedName = "Miles'); DROP TABLE members;--";

    private const string Columns = "id, mail, login_name, full_name, password_hash";

    private const string FindSource = $$"""
        const { Client } = require('pg');

        async function find(query) {
          const client = new Client(env.DB_CONNECTION_URI);
          await client.connect();
          try {
            const { rows } = await client.query(
              'SELECT {{Columns}} FROM members WHERE mail = $1 OR login_name = $2',
              [query.email, query.username]);
            return rows[0];
          } finally {
            await client.end();
          }
        }

        const toProfile = row => ({ id: row.id, email: row.mail, username: row.login_name, name: row.full_name });

        """;

    private const string LoginSource = FindSource + """
        const bcrypt = require('bcrypt');

        async function login(query, password, context) {
          const row = await find(query);
          if (!row) return null;
          if (!(await bcrypt.compare(password, row.password_hash))) throw new WrongPasswordError();
          return toProfile(row);
        }
        """;

    private const string SearchSource = FindSource + """
        async function searchUser(query, context) {
          const row = await find(query);
          return row ? toProfile(row) : null;
        }
        """;

    [SkippableFact]
    public async Task OwnDatabase_ConnectedWrittenForAndStopped_KeepsWhoMoved()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await Journey.PlayAsync(chromium, async journey =>
        {
            await ConnectAsync(journey, "moves");

            // A name in another writing system, and what means something in SQL.
            var person = await journey.OpenPersonAsync();
            await person.LogInAsync(Chinese, PasswordOf(2));
            await person.ExpectOwnAccountAsync(Chinese);
            await person.LogOutAsync();
            await person.LogInAsync(Quoted, PasswordOf(3));
            await person.ExpectOwnAccountAsync(QuotedName);
            await person.LogOutAsync();

            await postgres.StopAsync();
            try
            {
                await person.LogInAsync(Quoted, PasswordOf(3));
                await person.ExpectOwnAccountAsync(QuotedName);
                await person.LogOutAsync();

                var other = await journey.OpenPersonAsync();
                await other.LogInAsync(Anna, PasswordOf(1));
                await other.ExpectRefusalAsync("Logging in is not possible right now.");
                await other.RegisterAsync("new@example.org", "New", ConsoleDriver.Password);
                await other.ExpectRefusalAsync("Creating an account is not possible right now.");
            }
            finally
            {
                await postgres.StartAsync();
            }
        });
    }

    [SkippableFact]
    public async Task OwnDatabase_LogInAndRegistration_RefusedWithTheirSentences()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await Journey.PlayAsync(chromium, async journey =>
        {
            const string UnknownOrWrong = "This account does not exist, or the password is wrong.";
            await ConnectAsync(journey, "refusals");

            var person = await journey.OpenPersonAsync();
            await person.LogInAsync(Anna, "not her password");
            await person.ExpectRefusalAsync(UnknownOrWrong);
            await person.LogInAsync("nobody@example.org", PasswordOf(1));
            await person.ExpectRefusalAsync(UnknownOrWrong);
            await person.LogInAsync("' OR '1'='1", PasswordOf(1));
            await person.ExpectRefusalAsync(UnknownOrWrong);

            // The administrator is in the local store, Anna only in the legacy database.
            await person.RegisterAsync(ConsoleDriver.Email, "Owner", ConsoleDriver.Password);
            await person.ExpectErrorAtAsync("E-mail", "This account already exists.");
            await person.RegisterAsync("a..b@example.org", "Dots", ConsoleDriver.Password);
            await person.ExpectErrorAtAsync("E-mail", "Enter an e-mail address such as anna@example.org.");
            await person.RegisterAsync("Anna@Example.org", "Anna", ConsoleDriver.Password);
            await person.ExpectRefusalAsync("You already have an account.");

            // The hint leads to the log-in page with the address typed already, and the old password works there.
            await person.Alert.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Log in with the password you have always used" }).ClickAsync();
            await Assertions.Expect(person.Page.GetByLabel("E-mail, phone or user name")).ToHaveValueAsync("Anna@Example.org");
            await person.Page.GetByLabel("Password").FillAsync(PasswordOf(1));
            await person.Page.Keyboard.PressAsync("Enter");
            await person.ExpectOwnAccountAsync("Anna Lindqvist");
            await person.LogOutAsync();

            // From now on both stores know her, and the local one answers.
            await person.LogInAsync(Anna, "not her password");
            await person.ExpectRefusalAsync(UnknownOrWrong);
            await person.RegisterAsync(Anna, "Anna", ConsoleDriver.Password);
            await person.ExpectErrorAtAsync("E-mail", "This account already exists.");
        });
    }

    /// <summary>From an empty server to lazy migration out of a database with three people.</summary>
    private async Task ConnectAsync(Journey journey, string database)
    {
        var uri = await postgres.CreateDatabaseAsync(database);
        await postgres.ExecuteAsync(
            database,
            $"""
            CREATE TABLE members (id integer PRIMARY KEY, mail text, login_name text, full_name text, password_hash text NOT NULL);
            INSERT INTO members ({Columns}) VALUES
                (1, '{Anna}', NULL, 'Anna Lindqvist', '{HashOf(1)}'),
                (2, NULL, '{Chinese}', '{Chinese}', '{HashOf(2)}'),
                (3, {Literal(Quoted)}, NULL, {Literal(QuotedName)}, '{HashOf(3)}');
            """);

        var console = await journey.OpenConsoleAsync();
        await console.SetUpAsync();
        await console.TypePostgresAsync("Members", uri);
        await console.TestConnectionAsync();
        await Assertions.Expect(console.ConnectionTest).ToContainTextAsync(new Regex(@"PostgreSQL \d+"));
        await Assertions.Expect(console.ConnectionTest).ToContainTextAsync("members");
        await console.SaveDatabaseAsync();
        await Assertions.Expect(console.Page.GetByLabel("Connection URI")).Not.ToHaveValueAsync(new Regex(Regex.Escape(new Uri(uri).UserInfo.Split(':')[1])));

        await console.WriteScriptAsync("login", "Accepted", LoginSource, Quoted, PasswordOf(3));
        await console.WriteScriptAsync("searchUser", "Found", SearchSource, Chinese);
        await console.SwitchOnAsync();
        await Assertions.Expect(console.Figure("Left")).ToContainTextAsync("unknown");
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string PasswordOf(int id) => $"old-password-{id}";

    private static string HashOf(int id) => BCrypt.Net.BCrypt.HashPassword(PasswordOf(id), workFactor: 5);
}
