using System.Diagnostics;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Integration;

public sealed class HostedPagesLoginTests : IAsyncLifetime
{
    private const string UnknownOrWrong = "This account does not exist, or the password is wrong.";
    private const string Anna = "anna@example.org";

    private TestHost _host = default!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_FromASecondTab_OfSomebodySignedIn_SignsInAgain()
    {
        await _host.SetUpAsync();
        var browser = _host.NewBrowser();
        var form = await browser.GetAsync("/account/login");
        var fields = form.Document.QuerySelectorAll<IHtmlInputElement>("main form input[type=hidden]").Select(input => (input.Name!, input.Value)).ToList();
        fields.AddRange([("Form.Identifier", TestHost.AdminEmail), ("Form.Password", TestHost.Password)]);

        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync("/account/login", [.. fields])).Status);
        var again = await browser.PostAsync("/account/login", [.. fields]);

        // The form was made for nobody signed in: antiforgery refuses it, with the page that says what to do.
        Assert.True(again.Status == HttpStatusCode.Found || again.Heading.Length > 0, again.Html);
    }

    [Fact]
    public async Task Get_ShowsAFormThatPasswordManagersUnderstand()
    {
        var page = await _host.GetAsync("/account/login");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Log in · LazyMigrate", page.Document.Title);
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("username", page.Document.QuerySelector("#identifier")!.GetAttribute("autocomplete"));
        Assert.Equal("current-password", page.Document.QuerySelector("#password")!.GetAttribute("autocomplete"));
        Assert.Null(page.Alert);
        Assert.Null(page.ErrorAt("Form.Identifier"));
    }

    [Theory]
    [InlineData("anna@example.org")]
    [InlineData(" Anna@EXAMPLE.org ")]
    [InlineData("anna.l")]
    [InlineData("+49 30 901820")]
    public async Task Post_RightPassword_SignsInByAnyIdentifier(string identifier)
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna, UserName = "anna.l", PhoneNumber = "+4930901820" });

        var page = await _host.LogInAsync(identifier);

        Assert.Equal((HttpStatusCode.Found, "/"), (page.Status, page.Location));
        Assert.Equal("anna@example.org", (await _host.GetAsync("/account")).Heading);
    }

    [Fact]
    public async Task Post_UnknownOrWrongOrLockedOrMalformed_SaysOneSentence()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });
        var locked = await _host.CreateUserAsync(new AppUser { Email = "locked@example.org" });
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var stored = await users.FindByIdAsync(locked.Id.ToString());
            await users.SetLockoutEndDateAsync(stored!, DateTimeOffset.UtcNow.AddHours(1));
        }

        foreach (var (identifier, password) in new[]
        {
            (Anna, "wrong"), ("nobody@example.org", TestHost.Password), ("locked@example.org", TestHost.Password), ("a..b@example.org", "x"), ("", ""), ("\u0001\u202e", "x"),
        })
        {
            var page = await _host.LogInAsync(identifier, password);

            Assert.Equal((HttpStatusCode.OK, UnknownOrWrong), (page.Status, page.Alert));
            Assert.Equal(UnknownOrWrong, page.ErrorAt("Form.Identifier"));
            Assert.Equal(UnknownOrWrong, page.ErrorAt("Form.Password"));
        }
    }

    [Fact]
    public async Task Post_Refused_KeepsTheIdentifierAndNeverThePassword()
    {
        var page = await _host.LogInAsync("<script>alert(1)</script>\" onfocus=\"x", "hunter2-hunter2", rememberMe: true, returnUrl: "/account?a=b");

        Assert.Equal("<script>alert(1)</script>\" onfocus=\"x", page.Document.QuerySelector("#identifier")!.GetAttribute("value"));
        Assert.Empty(page.Document.Scripts);
        Assert.False(page.Document.QuerySelector("#identifier")!.HasAttribute("onfocus"));
        Assert.DoesNotContain("hunter2", page.Html, StringComparison.Ordinal);
        Assert.True(page.Document.QuerySelector("[name='Form.RememberMe']")!.HasAttribute("checked"));
        Assert.Equal("/account/register?returnUrl=%2Faccount%3Fa%3Db", page.Document.QuerySelector(".aside a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Post_AfterARefusal_StillGoesToTheReturnUrl()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });
        await _host.LogInAsync(Anna, "wrong", returnUrl: "/account?a=b");

        var page = await _host.Browser.SubmitAsync(("Form.Identifier", Anna), ("Form.Password", TestHost.Password));

        Assert.Equal("/account?a=b", page.Location);
    }

    [Fact]
    public async Task Post_Disabled_SaysSoOnlyToWhoeverKnowsThePassword()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna, IsDisabled = true });

        Assert.Equal(UnknownOrWrong, (await _host.LogInAsync(Anna, "wrong")).Alert);
        Assert.Equal("This account cannot log in. Please ask support.", (await _host.LogInAsync(Anna)).Alert);
    }

    [Fact]
    public async Task Post_LegacyPerson_IsMovedAndSignedIn()
    {
        await _host.StartMigrationAsync();
        _host.Legacy.Add(new LegacyProfile { Id = "7", Email = Anna, Name = "Anna" }, "old password");

        Assert.Equal(UnknownOrWrong, (await _host.LogInAsync(Anna, "wrong")).Alert);
        Assert.Equal("/", (await _host.LogInAsync(Anna, "old password")).Location);
        Assert.Equal(2, _host.Legacy.Runs);

        var account = await _host.GetAsync("/account");
        Assert.Equal("Anna", account.Heading);
        Assert.StartsWith("Your account was moved on ", account.Text("main > .quiet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LegacyPersonWhoIsBlocked_IsToldToAskSupport()
    {
        await _host.StartMigrationAsync();
        _host.Legacy.Add(new LegacyProfile { Id = "7", Email = Anna, Blocked = true }, "old password");

        Assert.Equal("This account cannot log in. Please ask support.", (await _host.LogInAsync(Anna, "old password")).Alert);
        Assert.Null(await _host.FindUserAsync(Anna));
    }

    [Fact]
    public async Task Post_LegacyConflict_SaysTheOneSentence()
    {
        await _host.CreateUserAsync(new AppUser { UserName = "anna" });
        await _host.StartMigrationAsync();
        _host.Legacy.Add(new LegacyProfile { Id = "7", Email = Anna, Username = "anna" }, "old password");

        Assert.Equal(UnknownOrWrong, (await _host.LogInAsync(Anna, "old password")).Alert);
    }

    [Fact]
    public async Task Post_LegacyDown_SaysTryAgain()
    {
        await _host.StartMigrationAsync();
        _host.Legacy.IsDown = true;

        Assert.Equal(
            "Logging in is not possible right now. Please try again in a few minutes.",
            (await _host.LogInAsync(Anna, "old password")).Alert);
    }

    [Fact]
    public async Task Post_LongIdentifierOrPassword_IsRefusedUnread()
    {
        await _host.StartMigrationAsync();

        Assert.Equal(UnknownOrWrong, (await _host.LogInAsync(Anna, new string('x', 4097))).Alert);
        var page = await _host.LogInAsync(new string('a', 255) + "@example.org", "x");

        Assert.Equal(UnknownOrWrong, page.Alert);
        Assert.Equal("", page.Document.QuerySelector("#identifier")!.GetAttribute("value"));
        Assert.Equal(0, _host.Legacy.Runs);
    }

    [Fact]
    public async Task Post_PasswordOfAMegabyte_IsRefusedAtOnce()
    {
        await _host.GetAsync("/account/login");
        var watch = Stopwatch.StartNew();

        var page = await _host.LogInAsync(Anna, new string('x', 1_000_000));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "This is too much for the form"), (page.Status, page.Heading));
        Assert.Equal("/account/login", page.Document.QuerySelector("main a.button")!.GetAttribute("href"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Post_RememberMe_DecidesWhetherTheCookieOutlivesTheBrowser()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });

        var session = Assert.Single((await _host.LogInAsync(Anna)).SetCookies, IsSession);
        await _host.LogOutAsync();
        var remembered = Assert.Single((await _host.LogInAsync(Anna, rememberMe: true)).SetCookies, IsSession);

        Assert.DoesNotContain("expires=", session, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expires=", remembered, StringComparison.OrdinalIgnoreCase);

        static bool IsSession(string cookie) => cookie.Contains("LazyMigrate.Session=", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SignedIn_GoesOn()
    {
        await _host.RegisterAsync(Anna);

        Assert.Equal("/", (await _host.GetAsync("/account/login")).Location);
        Assert.Equal("/account", (await _host.GetAsync("/account/login?returnUrl=%2Faccount")).Location);
        Assert.Equal("/", (await _host.GetAsync("/account/register")).Location);
    }

    [Fact]
    public async Task Get_Identifier_IsFilledIn()
    {
        var page = await _host.GetAsync($"/account/login?identifier={Uri.EscapeDataString("\"><b>anna</b>")}");
        var tooLong = await _host.GetAsync($"/account/login?identifier={new string('a', 255)}");

        Assert.Equal("\"><b>anna</b>", page.Document.QuerySelector("#identifier")!.GetAttribute("value"));
        Assert.True(page.Document.QuerySelector("#password")!.HasAttribute("autofocus"));
        Assert.Equal("", tooLong.Document.QuerySelector("#identifier")!.GetAttribute("value"));
    }
}
