using LazyMigrate.Core.CustomDatabases;
using Microsoft.Playwright;

namespace LazyMigrate.Tests.Browser;

/// <summary>The five minutes that the README promises, and back.</summary>
[Collection(BrowserTests.Name)]
public sealed class SampleJourneyTests(Chromium chromium)
{
    [SkippableFact]
    public Task Sample_FromFirstStartToRemoval_MovesAPerson() => Journey.PlayAsync(chromium, async journey =>
    {
        var ada = SampleManager.Credentials[0];
        var console = await journey.OpenConsoleAsync();
        await console.SetUpAsync();
        await console.LoadSampleAsync();
        await console.WriteScriptAsync("login", "Accepted");
        await console.WriteScriptAsync("searchUser", "Found");
        await console.WriteScriptAsync("countUsers", "Counted");
        await console.SwitchOnAsync();
        Assert.Equal(0, await console.ReadFigureAsync("Moved"));
        Assert.Equal(500, await console.ReadFigureAsync("Left"));

        var person = await journey.OpenPersonAsync();
        await person.LogInAsync(ada.Identifier, ada.Password);
        await person.ExpectOwnAccountAsync(ada.DisplayName);

        await console.GoAsync("Users");
        await Assertions.Expect(console.UserRow(ada.DisplayName)).ToContainTextAsync("Migrated");
        await console.OpenUserAsync(ada.DisplayName);
        await Assertions.Expect(console.UserFact("Migration", "Legacy id")).ToHaveTextAsync("1");
        await Assertions.Expect(console.UserFact("Migration", "Custom database")).ToHaveTextAsync(SampleManager.Name);
        await Assertions.Expect(console.UserFact("Migration", "Accepted by")).ToHaveTextAsync("login, version 1");

        await console.GoAsync("Overview");
        Assert.Equal(1, await console.ReadFigureAsync("Moved"));
        Assert.Equal(499, await console.ReadFigureAsync("Left"));

        await console.RemoveSampleAsync(SampleManager.Name);
        await console.GoAsync("Users");
        await Assertions.Expect(console.UserRow(ConsoleDriver.Email)).ToHaveCountAsync(1);
        await Assertions.Expect(console.UserRow(ada.DisplayName)).ToHaveCountAsync(0);
        await Assertions.Expect(console.Mode).ToContainTextAsync("Off");
    });
}
