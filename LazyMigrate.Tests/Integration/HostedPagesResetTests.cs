using System.Net;
using System.Text.RegularExpressions;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Integration;

/// <summary>A forgotten password, from the page over the mail to the next log-in, with a real connection to a mail server.</summary>
public sealed partial class HostedPagesResetTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";
    private const string NewPassword = "a brand new one";

    private TestMailServer _mail = default!;
    private TestHost _host = default!;

    public async Task InitializeAsync()
    {
        _mail = TestMailServer.Start();
        _host = await TestHost.StartAsync(_mail.Settings);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Login_LinksToItOnlyWhereMailIsConfigured()
    {
        await using var withoutMail = await TestHost.StartAsync();

        Assert.Contains("/account/forgot-password", (await _host.GetAsync("/account/login")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/account/forgot-password", (await withoutMail.GetAsync("/account/login")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutMail_ThePageSaysWhomToAsk_AndPromisesNothing()
    {
        await using var withoutMail = await TestHost.StartAsync();

        var page = await withoutMail.GetAsync("/account/forgot-password");

        Assert.Contains("Ask the people who look after your account", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form"));
    }

    [Fact]
    public async Task Forms_HaveNamesThatPasswordManagersUnderstand_AndTheirErrorsAtTheField()
    {
        var page = await _host.GetAsync("/account/forgot-password");
        Assert.Equal("username", page.Document.QuerySelector("#identifier")!.GetAttribute("autocomplete"));
        Assert.Equal("Enter your e-mail address, phone number or user name.", (await _host.Browser.SubmitAsync(("Form.Identifier", " "))).ErrorAt("Form.Identifier"));

        await _host.CreateUserAsync(new AppUser { Email = Anna });
        page = await _host.GetAsync(await AskAsync(Anna));
        Assert.Equal("new-password", page.Document.QuerySelector("#password")!.GetAttribute("autocomplete"));
        Assert.Equal("Use at least 8 characters.", (await _host.Browser.SubmitAsync(("Form.Password", "short"))).ErrorAt("Form.Password"));
        Assert.Equal("Your password is set", (await _host.Browser.SubmitAsync(("Form.Password", NewPassword))).Heading);
    }

    [Fact]
    public async Task Asked_EverybodyGetsTheSamePage_BeforeAnybodyIsLookedUp()
    {
        await _host.StartMigrationAsync();
        await _host.CreateUserAsync(new AppUser { Email = Anna });
        _host.Legacy.Add(new LegacyProfile { Id = "7", Email = "ben@example.org" }, "old");
        var runs = _host.Legacy.Runs;

        var pages = new List<string>();
        foreach (var identifier in new[] { Anna, "ben@example.org", "nobody@example.org", "..@", "+49 30 901820", "nobody" })
        {
            await _host.GetAsync("/account/forgot-password");
            var page = await _host.Browser.SubmitAsync(("Form.Identifier", identifier));
            pages.Add($"{page.Status} {page.Html.Length} {page.Document.Body!.QuerySelector("main")!.InnerHtml}");
        }

        // Blazor puts state of its own behind the page, encrypted and so never the same twice.
        Assert.Single(pages.Distinct());
        Assert.Contains("Check your mail", pages[0], StringComparison.Ordinal);
        Assert.Equal(runs, _host.Legacy.Runs);
        Assert.Empty(_mail.Mails);
        await _host.RunOutboxAsync();
        Assert.Equal([Anna, "ben@example.org"], _mail.Mails.Select(mail => mail.To.ToString()).Order());
    }

    [Fact]
    public async Task Local_LinkSetsThePasswordOnce_AndEndsAllSessions()
    {
        var user = await _host.CreateUserAsync(new AppUser { Email = Anna });
        var link = await AskAsync(Anna);

        await _host.GetAsync(link);
        var page = await _host.Browser.SubmitAsync(("Form.Password", NewPassword));

        Assert.Equal("Your password is set", page.Heading);
        var stored = await _host.FindUserAsync(Anna);
        Assert.NotEqual(user.SecurityStamp, stored!.SecurityStamp);
        Assert.True(stored.EmailConfirmed);
        Assert.Null((await _host.LogInAsync(Anna, TestHost.Password)).Location);
        await _host.GetAsync(link);
        Assert.Equal("This link is no longer good", (await _host.Browser.SubmitAsync(("Form.Password", "another one again"))).Heading);
        Assert.NotNull((await _host.LogInAsync(Anna, NewPassword)).Location);
    }

    [Fact]
    public async Task LockedOutByStrangers_WhoeverFollowsTheLinkLogsIn()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna, UserName = "anna", EmailConfirmed = true });
        for (var guess = 0; guess < 11; guess++)
        {
            Assert.Null((await _host.LogInAsync("anna", "a guess")).Location);
        }

        Assert.Null((await _host.LogInAsync("anna", TestHost.Password)).Location);
        await _host.GetAsync(await AskAsync("anna"));
        await _host.Browser.SubmitAsync(("Form.Password", NewPassword));

        Assert.NotNull((await _host.LogInAsync("anna", NewPassword)).Location);
    }

    [Fact]
    public async Task NotMoved_LinkMovesWithTheNewPassword_AndTheOldOneNoLongerWorks()
    {
        await _host.StartMigrationAsync();
        _host.Legacy.Add(new LegacyProfile { Id = "7", Email = Anna, Name = "Anna Lindqvist" }, "the old one");
        var link = await AskAsync(Anna);
        Assert.Null(await _host.FindUserAsync(Anna));

        await _host.GetAsync(link);
        Assert.Equal("Your password is set", (await _host.Browser.SubmitAsync(("Form.Password", NewPassword))).Heading);

        var user = await _host.FindUserAsync(Anna);
        Assert.Equal(("7", UserOrigin.Migrated, "Anna Lindqvist", true), (user!.LegacyId, user.Origin, user.Name, user.EmailConfirmed));
        Assert.Null((await _host.LogInAsync(Anna, "the old one")).Location);
        await _host.GetAsync(link);
        Assert.Equal("This link is no longer good", (await _host.Browser.SubmitAsync(("Form.Password", "another one again"))).Heading);
        Assert.NotNull((await _host.LogInAsync(Anna, NewPassword)).Location);
    }

    [Fact]
    public async Task NotMoved_LegacyDatabaseDownAtThatMoment_LinkStaysGood()
    {
        await _host.StartMigrationAsync();
        _host.Legacy.Add(new LegacyProfile { Id = "7", Email = Anna }, "the old one");
        var link = await AskAsync(Anna);
        _host.Legacy.IsDown = true;

        await _host.GetAsync(link);
        var page = await _host.Browser.SubmitAsync(("Form.Password", NewPassword));

        Assert.StartsWith("This is not possible right now.", page.Alert, StringComparison.Ordinal);
        Assert.Null(await _host.FindUserAsync(Anna));
        _host.Legacy.IsDown = false;
        Assert.Equal("Your password is set", (await _host.Browser.SubmitAsync(("Form.Password", NewPassword))).Heading);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ticket=")]
    [InlineData("?ticket=CfDJ8made-up")]
    public async Task Link_MadeUp_IsNoLongerGood(string query)
    {
        var page = await _host.GetAsync("/account/reset-password" + query);

        Assert.Equal((HttpStatusCode.OK, "This link is no longer good"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Mail_HasTextAndHtml_AndBeginsItsLinkWithTheConfiguredOrigin()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });
        await AskAsync(Anna);

        var mail = Assert.Single(_mail.Mails);
        Assert.Equal(("\"Shop\" <login@example.org>", "Choose a new password for login.example.org", "auto-generated"), (mail.From.ToString(), mail.Subject, mail.Headers["Auto-Submitted"]));
        Assert.Contains("https://login.example.org/account/reset-password?ticket=", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://login.example.org/account/reset-password?ticket=", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_TooOften_NoFurtherMail()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });

        for (var time = 0; time < 8; time++)
        {
            await _host.GetAsync("/account/forgot-password");
            Assert.Equal("Check your mail", (await _host.Browser.SubmitAsync(("Form.Identifier", Anna))).Heading);
        }

        await _host.RunOutboxAsync();
        Assert.Equal(5, _mail.Mails.Count);
    }

    /// <returns>The link in the mail, as a path.</returns>
    private async Task<string> AskAsync(string identifier)
    {
        await _host.GetAsync("/account/forgot-password");
        await _host.Browser.SubmitAsync(("Form.Identifier", identifier));
        await _host.RunOutboxAsync();
        return Link().Match(_mail.Mails[^1].TextBody!).Groups[1].Value;
    }

    [GeneratedRegex(@"https://login\.example\.org(/\S+)")]
    private static partial Regex Link();
}
