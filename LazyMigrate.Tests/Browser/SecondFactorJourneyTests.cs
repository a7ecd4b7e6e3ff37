using System.Text;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>A person moves with a second factor and a role, is deleted, and comes back when an administrator lets them.</summary>
[Collection(BrowserTests.Name)]
public sealed class SecondFactorJourneyTests(Chromium chromium)
{
    private const string Email = "ada@example.org";
    private const string Password = "copper kettle 19";
    private const string Name = "Ada Lovelace";

    private const string Login = """
        async function login(query, password, context) {
          if (query.email !== 'ada@example.org') return null;
          if (password !== 'copper kettle 19') throw new WrongPasswordError();
          return { id: 42, email: 'ada@example.org', name: 'Ada Lovelace', roles: ['VIP', 'admin'],
                   mfa_factors: [{ totp: { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' } }] };
        }
        """;

    private const string Search = """
        async function searchUser(query, context) {
          return query.email === 'ada@example.org' ? { id: 42, email: 'ada@example.org' } : null;
        }
        """;

    [SkippableFact]
    public Task SecondFactor_MovesWithThePerson_AndDeletionIsLifted() => Journey.PlayAsync(chromium, async journey =>
    {
        var console = await journey.OpenConsoleAsync();
        await console.SetUpAsync();
        await console.GoAsync("Database");
        await console.Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Shop");
        await console.Page.GetByLabel("Type", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("Other");
        await console.Page.GetByLabel("Allowed roles").FillAsync("VIP = vip");
        await console.SaveDatabaseAsync();
        await console.WriteScriptAsync("login", "Accepted", Login, Email, Password);
        await Assertions.Expect(console.TestRun).ToContainTextAsync("Authenticator app");
        await Assertions.Expect(console.TestRun).Not.ToContainTextAsync("GEZDGNBVGY3TQOJQ");
        await console.WriteScriptAsync("searchUser", "Found", Search, Email);
        await console.SwitchOnAsync();

        var person = await journey.OpenPersonAsync();
        await LogInAsync();

        await console.GoAsync("Users");
        await Assertions.Expect(console.UserRow(Name)).ToContainTextAsync("Second factor");
        await console.OpenUserAsync(Name);
        await Assertions.Expect(console.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Roles" })).ToContainTextAsync("vip");
        await console.ClickAsync("Delete…");
        await console.ExpectDialogAsync();
        await console.Dialog.GetByRole(AriaRole.Textbox).FillAsync(Name);
        await console.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete the user" }).ClickAsync();
        await console.ExpectPageAsync("Users");
        await Assertions.Expect(console.UserRow(Name)).ToHaveCountAsync(0);

        await person.Page.Context.ClearCookiesAsync();
        await person.LogInAsync(Email, Password);
        await person.ExpectRefusalAsync("does not exist, or the password is wrong");

        await console.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Deleted people" }).ClickAsync();
        await console.ClickAsync($"Let them come back… {Email}");
        await console.ExpectDialogAsync();
        await console.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Let them come back" }).ClickAsync();
        await Assertions.Expect(console.Page.GetByText("Nobody was deleted")).ToBeVisibleAsync();
        await LogInAsync();

        // For whoever lost the app.
        await console.GoAsync("Users");
        await console.OpenUserAsync(Name);
        await console.ClickAsync("Remove…");
        await console.ExpectDialogAsync();
        await console.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Remove the second factor" }).ClickAsync();
        await Assertions.Expect(console.UserFact("Credentials", "Second factor")).ToContainTextAsync("none");
        await person.Page.Context.ClearCookiesAsync();
        await person.LogInAsync(Email, Password);
        await person.ExpectOwnAccountAsync(Name);

        async Task LogInAsync()
        {
            await person.LogInAsync(Email, Password);
            await Assertions.Expect(person.Heading).ToHaveTextAsync("Enter the code");
            await person.Page.GetByLabel("Code").FillAsync("000000");
            await person.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
            await person.ExpectErrorAtAsync("Code", "This code is wrong");
            var secret = Encoding.ASCII.GetBytes("12345678901234567890");
            await person.Page.GetByLabel("Code").FillAsync(TotpCode.At(secret, TotpCode.StepAt(DateTimeOffset.UtcNow)));
            await person.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
            await person.ExpectOwnAccountAsync(Name);
        }
    });
}
