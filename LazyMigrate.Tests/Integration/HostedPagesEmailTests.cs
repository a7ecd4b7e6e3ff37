using System.Text.RegularExpressions;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Integration;

/// <summary>Registration with mail, its options, and changes of what one logs in with.</summary>
public sealed partial class HostedPagesEmailTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";
    private const string Ben = "ben@example.org";

    private TestMailServer _mail = default!;

    public Task InitializeAsync()
    {
        _mail = TestMailServer.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _mail.DisposeAsync();

    [Fact]
    public async Task Register_SwitchedOff_PageSaysSo_AndNobodyIsCreated()
    {
        await using var host = await TestHost.StartAsync(new Dictionary<string, string> { ["LazyMigrate:Registration:Enabled"] = "false" });

        Assert.Equal("New accounts are not created here", (await host.GetAsync("/account/register")).Heading);
        Assert.DoesNotContain("/account/register", (await host.GetAsync("/account/login")).Html, StringComparison.Ordinal);
        var token = host.Browser.Page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await host.Browser.PostAsync("/account/register", ("_handler", "register"), ("__RequestVerificationToken", token), ("Form.Email", Anna), ("Form.Password", TestHost.Password));
        Assert.Null(await host.FindUserAsync(Anna));
    }

    [Fact]
    public async Task Register_MailConfirmsTheAddress()
    {
        await using var host = await TestHost.StartAsync(_mail.Settings);
        await host.RegisterAsync(Anna);
        Assert.False((await host.FindUserAsync(Anna))!.EmailConfirmed);

        var page = await host.GetAsync(await LinkAsync(host));
        Assert.Equal("current-password", page.Document.QuerySelector("#password")!.GetAttribute("autocomplete"));
        Assert.Equal(Anna, page.Document.QuerySelector("[autocomplete=username]")!.GetAttribute("value"));
        Assert.Empty(page.Document.Scripts);
        Assert.False((await host.FindUserAsync(Anna))!.EmailConfirmed);
        Assert.Equal("This is not the password of this account.", (await host.Browser.SubmitAsync(("Form.Password", "wrong"))).ErrorAt("Form.Password"));
        Assert.False((await host.FindUserAsync(Anna))!.EmailConfirmed);
        Assert.Equal("Your address is confirmed", (await host.Browser.SubmitAsync(("Form.Password", TestHost.Password))).Heading);

        Assert.True((await host.FindUserAsync(Anna))!.EmailConfirmed);
    }

    /// <summary>Classic pre-hijacking: the owner's click alone must not make the stranger's password theirs.</summary>
    [Fact]
    public async Task Register_ByAStranger_TheOwnerChoosesAPassword_AndTheStrangerIsOut()
    {
        const string Chosen = "the owner's own one";
        await using var host = await TestHost.StartAsync(_mail.Settings, services => services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = TimeSpan.Zero));
        await host.RegisterAsync(Anna, name: "Stranger");
        await ChangeAsync(host, Anna, "stranger");
        var link = await LinkAsync(host);
        var owner = host.NewBrowser();

        await owner.GetAsync(link);
        var choosing = (await owner.GetAsync(link)).Document.QuerySelector("main .aside a")!.GetAttribute("href")!;
        var page = await owner.GetAsync(choosing);
        Assert.Equal(("Choose a new password", "new-password"), (page.Heading, page.Document.QuerySelector("#password")!.GetAttribute("autocomplete")));
        Assert.True(await host.FindUserAsync(Anna) is { EmailConfirmed: false, Name: "Stranger" });
        Assert.Equal("Use at least 8 characters.", (await owner.SubmitAsync(("Form.Password", "short"))).ErrorAt("Form.Password"));
        Assert.Equal("Your password is set", (await owner.SubmitAsync(("Form.Password", Chosen))).Heading);

        var user = (await host.FindUserAsync(Anna))!;
        Assert.Equal((true, null, null), (user.EmailConfirmed, user.Name, user.UserName));
        Assert.StartsWith("/account/login", (await host.GetAsync("/account")).Location!.Replace("http://localhost", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Null((await host.LogInAsync(Anna)).Location);
        Assert.NotNull((await host.LogInAsync(Anna, Chosen)).Location);
        await owner.GetAsync(choosing);
        Assert.Equal("This link is no longer good", (await owner.SubmitAsync(("Form.Password", "yet another one"))).Heading);
    }

    [Fact]
    public async Task ConfirmLink_NotComplete_IsExplained()
    {
        await using var host = await TestHost.StartAsync(_mail.Settings);
        foreach (var ticket in (string[])["", "x", "%00", "%EF%BF%BD", new string('a', 5000)])
        {
            foreach (var choose in (string[])["", "&choose=true"])
            {
                var page = await host.GetAsync($"/account/confirm-email?ticket={ticket}{choose}");
                Assert.Equal((System.Net.HttpStatusCode.OK, "This link is no longer good"), (page.Status, page.Heading));
            }
        }
    }

    [Fact]
    public async Task Register_Refused_NoMail()
    {
        await using var host = await TestHost.StartAsync(_mail.Settings);
        await host.CreateUserAsync(new AppUser { Email = Anna });

        Assert.Equal("This account already exists.", (await host.RegisterAsync(Anna)).ErrorAt("Form.Email"));

        Assert.Equal(0, await host.RunOutboxAsync());
    }

    [Fact]
    public async Task RegisterNeutral_OnePageForAll_TheMailSaysWhichItWas()
    {
        await using var host = await TestHost.StartAsync(Neutral());
        await host.StartMigrationAsync();
        await host.CreateUserAsync(new AppUser { Email = Anna });
        host.Legacy.Add(new LegacyProfile { Id = "7", Email = Ben }, "old");
        var runs = host.Legacy.Runs;

        var pages = new List<string>();
        foreach (var email in new[] { Anna, Ben, "new@example.org" })
        {
            var page = await host.RegisterAsync(email);
            pages.Add($"{page.Status} {page.Html.Length} {page.Document.QuerySelector("main")!.InnerHtml}");
        }

        Assert.Single(pages.Distinct());
        Assert.Contains("Check your mail", pages[0], StringComparison.Ordinal);
        Assert.Equal(runs, host.Legacy.Runs);
        await host.RunOutboxAsync();
        var texts = _mail.Mails.ToDictionary(mail => mail.To.ToString(), mail => mail.TextBody!);
        Assert.Contains("There is one already", texts[Anna], StringComparison.Ordinal);
        Assert.Contains("log in with the password you have always used", texts[Ben], StringComparison.Ordinal);
        Assert.Contains("/account/confirm-email?ticket=", texts["new@example.org"], StringComparison.Ordinal);
        Assert.Null(await host.FindUserAsync("new@example.org"));
    }

    [Fact]
    public async Task RegisterNeutral_TheLinkCreates_Once()
    {
        await using var host = await TestHost.StartAsync(Neutral());
        await host.RegisterAsync(Anna, name: "Anna");
        Assert.Null((await host.LogInAsync(Anna)).Location);
        var link = await LinkAsync(host);

        await host.GetAsync(link);
        Assert.NotNull((await host.Browser.SubmitAsync(("Form.Password", "wrong"))).ErrorAt("Form.Password"));
        Assert.Null(await host.FindUserAsync(Anna));
        Assert.Equal("Your account is created", (await host.Browser.SubmitAsync(("Form.Password", TestHost.Password))).Heading);
        await host.GetAsync(link);
        Assert.Equal("There is an account with this address", (await host.Browser.SubmitAsync(("Form.Password", TestHost.Password))).Heading);

        var user = await host.FindUserAsync(Anna);
        Assert.Equal(("Anna", true, UserOrigin.Registered), (user!.Name, user.EmailConfirmed, user.Origin));
        Assert.NotNull((await host.LogInAsync(Anna)).Location);
    }

    [Fact]
    public async Task RegisterNeutral_LegacyDatabaseDown_NothingIsCreated_AndTheMailComesLater()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TestHost.StartAsync(Neutral(), services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(services, time));
        await host.StartMigrationAsync();
        host.Legacy.IsDown = true;
        Assert.Equal("Check your mail", (await host.RegisterAsync(Anna)).Heading);
        await host.RunOutboxAsync();
        Assert.Empty(_mail.Mails);

        host.Legacy.IsDown = false;
        time.Advance(TimeSpan.FromSeconds(15));
        await host.RunOutboxAsync();

        Assert.Single(_mail.Mails);
    }

    [Fact]
    public async Task Profile_NewEmail_ChangesWhenTheLinkIsFollowed_AndTheOldAddressIsTold()
    {
        await using var host = await TestHost.StartAsync(_mail.Settings);
        await host.CreateUserAsync(new AppUser { Email = Anna });
        await host.LogInAsync(Anna);

        Assert.Equal("Check your mail", (await ChangeAsync(host, Ben, "")).Heading);
        Assert.NotNull(await host.FindUserAsync(Anna));
        var link = await LinkAsync(host);
        await host.GetAsync(link);
        Assert.NotNull((await host.Browser.SubmitAsync(("Form.Password", "wrong"))).ErrorAt("Form.Password"));
        var page = await host.GetAsync($"{link}&choose=true");
        Assert.Equal(("Confirm your address", "current-password"), (page.Heading, page.Document.QuerySelector("#password")!.GetAttribute("autocomplete")));
        Assert.Null(page.Document.QuerySelector("main .aside"));
        Assert.NotNull(await host.FindUserAsync(Anna));
        Assert.Equal("Your address is changed", (await host.Browser.SubmitAsync(("Form.Password", TestHost.Password))).Heading);
        await host.GetAsync(link);
        Assert.Equal("This link is no longer good", (await host.Browser.SubmitAsync(("Form.Password", TestHost.Password))).Heading);

        Assert.True((await host.FindUserAsync(Ben))!.EmailConfirmed);
        await host.RunOutboxAsync();
        Assert.Equal([Ben, Anna], _mail.Mails.Select(mail => mail.To.ToString()));
    }

    [Fact]
    public async Task Profile_EachErrorAtItsField_AndNothingChanges()
    {
        await using var host = await TestHost.StartAsync();
        await host.StartMigrationAsync();
        host.Legacy.Add(new LegacyProfile { Id = "7", Email = Ben, Username = "ben" }, "old");
        await host.CreateUserAsync(new AppUser { Email = Anna });
        await host.LogInAsync(Anna);

        Assert.Equal("This is not your current password.", (await ChangeAsync(host, Ben, "", "wrong")).ErrorAt("Form.Current"));
        Assert.Equal("Somebody else has this e-mail address.", (await ChangeAsync(host, Ben, "")).ErrorAt("Form.Email"));
        Assert.Equal("Enter an e-mail address such as anna@example.org.", (await ChangeAsync(host, "a..b@example.org", "")).ErrorAt("Form.Email"));
        Assert.Equal("Somebody else has this user name.", (await ChangeAsync(host, Anna, "Ben")).ErrorAt("Form.UserName"));
        Assert.Equal("Use letters of one alphabet, digits and . _ - only.", (await ChangeAsync(host, Anna, "a b")).ErrorAt("Form.UserName"));
        host.Legacy.IsDown = true;
        Assert.StartsWith("This change is not possible right now.", (await ChangeAsync(host, "free@example.org", "")).Alert, StringComparison.Ordinal);

        var user = await host.FindUserAsync(Anna);
        Assert.Equal((Anna, null), (user!.Email, user.UserName));
    }

    [Fact]
    public async Task Profile_WithoutMail_ChangesAtOnce_AndThisSessionGoesOn()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateUserAsync(new AppUser { Email = Anna, EmailConfirmed = true });
        await host.LogInAsync(Anna);

        Assert.Equal("/account", (await ChangeAsync(host, Ben, "anna")).Location);

        Assert.Contains(Ben, (await host.Browser.FollowAsync()).Html, StringComparison.Ordinal);
        var user = await host.FindUserAsync(Ben);
        Assert.Equal(("anna", false), (user!.UserName, user.EmailConfirmed));
    }

    private static async Task<TestPage> ChangeAsync(TestHost host, string email, string userName, string password = TestHost.Password)
    {
        await host.GetAsync("/account/profile");
        return await host.Browser.SubmitAsync(("Form.Email", email), ("Form.UserName", userName), ("Form.Current", password));
    }

    private Dictionary<string, string> Neutral() => new(_mail.Settings) { ["LazyMigrate:Registration:NeutralAnswers"] = "true" };

    /// <returns>The link in the last mail, as a path.</returns>
    private async Task<string> LinkAsync(TestHost host)
    {
        await host.RunOutboxAsync();
        return Link().Match(_mail.Mails[^1].TextBody!).Groups[1].Value;
    }

    [GeneratedRegex(@"https://login\.example\.org(/\S+)")]
    private static partial Regex Link();
}
