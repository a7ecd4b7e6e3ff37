using System.Text;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Core.Users.SecondFactors;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LazyMigrate.Tests.Integration;

/// <summary>What a person sees who has a second factor.</summary>
public sealed class HostedPagesSecondFactorTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";
    private const string Page = "/account/login/second-factor";

    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private TestHost _host = default!;

    public async Task InitializeAsync() =>
        _host = await TestHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(_time));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task FirstLogIn_Moves_AsksForTheCode_AndGoesOnWherePeopleWereGoing()
    {
        await StageAsync();

        var answer = await _host.LogInAsync(Anna, returnUrl: "/account/profile");
        Assert.Equal($"{Page}?returnUrl=%2Faccount%2Fprofile", answer.Location);
        Assert.Equal($"/account/login?returnUrl=%2Faccount", (await _host.GetAsync("/account")).Location!.Replace("http://localhost", "", StringComparison.Ordinal));

        var page = await _host.GetAsync(answer.Location!);
        Assert.Equal("Enter the code", page.Heading);
        Assert.Empty(page.Document.Scripts);
        var input = page.Document.QuerySelector("#code")!;
        Assert.Equal(("one-time-code", "numeric"), (input.GetAttribute("autocomplete"), input.GetAttribute("inputmode")));

        var wrong = await _host.Browser.SubmitAsync(("Form.Code", "000000"));
        Assert.Equal("This code is wrong, or was used already. Wait for the next one.", wrong.ErrorAt("Form.Code"));
        Assert.DoesNotContain("000000", wrong.Html, StringComparison.Ordinal);

        var right = await _host.Browser.SubmitAsync(("Form.Code", " " + Code().Insert(3, " ")));
        Assert.Equal("/account/profile", right.Location);
        Assert.Equal("Anna", (await _host.GetAsync("/account")).Heading);
        Assert.Equal("/", (await _host.GetAsync(Page)).Location);
    }

    [Fact]
    public async Task RememberMe_OutlivesTheSecondPage()
    {
        await StageAsync();

        await _host.LogInAsync(Anna, rememberMe: true);
        await _host.Browser.FollowAsync();
        var right = await _host.Browser.SubmitAsync(("Form.Code", Code()));

        Assert.Contains(right.SetCookies, cookie => cookie.StartsWith("LazyMigrate.Session=", StringComparison.Ordinal) && cookie.Contains("expires=", StringComparison.Ordinal));
        Assert.Contains(right.SetCookies, cookie => cookie.StartsWith("LazyMigrate.TwoFactor=;", StringComparison.Ordinal));
        Assert.Contains(right.SetCookies, cookie => cookie.StartsWith("LazyMigrate.Device=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithoutAPassword_ThePageLeadsToLogIn()
    {
        Assert.Equal("/account/login", (await _host.GetAsync(Page)).Location);
    }

    [Fact]
    public async Task TooLate_SaysSo()
    {
        await StageAsync();
        await _host.LogInAsync(Anna);
        await _host.Browser.FollowAsync();
        _time.Advance(TimeSpan.FromMinutes(6));

        var late = await _host.Browser.SubmitAsync(("Form.Code", Code()));

        Assert.Equal("This took too long. Please log in again.", late.Alert);
        Assert.Equal("/account/login", late.Document.QuerySelector("main a.button")!.GetAttribute("href"));
    }

    /// <summary>Five minutes from the right password on, however often the page is looked at.</summary>
    [Fact]
    public async Task LookingAtThePage_DoesNotMakeItLonger()
    {
        await StageAsync();
        await _host.LogInAsync(Anna);
        foreach (var minutes in (double[])[3, 1.5])
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            var page = await _host.GetAsync(Page);
            Assert.Equal("Enter the code", page.Heading);
            Assert.DoesNotContain(page.SetCookies, cookie => cookie.StartsWith("LazyMigrate.TwoFactor", StringComparison.Ordinal));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("This took too long. Please log in again.", (await _host.Browser.SubmitAsync(("Form.Code", Code()))).Alert);
    }

    [Fact]
    public async Task HostileCodes_AreWrongCodes()
    {
        await StageAsync();
        await _host.LogInAsync(Anna);
        await _host.Browser.FollowAsync();
        foreach (var code in (string[])["", "\u202e123456", "\ud800", new string('0', 50_000)])
        {
            var page = await _host.Browser.SubmitAsync(("Form.Code", code));
            Assert.True(page.ErrorAt("Form.Code") is not null, $"{Uri.EscapeDataString(code[..Math.Min(8, code.Length)])}: {page.Status} {page.Heading} {page.Alert}");
        }
    }

    [Fact]
    public async Task ManyWrongCodes_AreRefused()
    {
        await StageAsync();
        await _host.LogInAsync(Anna);
        await _host.Browser.FollowAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.NotNull((await _host.Browser.SubmitAsync(("Form.Code", "000000"))).ErrorAt("Form.Code"));
        }

        Assert.Equal("There were too many attempts. Please try again later.", (await _host.Browser.SubmitAsync(("Form.Code", Code()))).Alert);
    }

    [Fact]
    public async Task WeakPassword_TheCodeComesFirst_ThenTheNewPassword()
    {
        await StageAsync("short");

        await _host.LogInAsync(Anna, "short");
        await _host.Browser.FollowAsync();
        Assert.Equal("/", (await _host.Browser.SubmitAsync(("Form.Code", Code()))).Location);

        Assert.StartsWith("/account/change-password", (await _host.GetAsync("/account")).Location, StringComparison.Ordinal);
        await _host.GetAsync("/account/change-password");
        Assert.Equal("/account", (await _host.Browser.SubmitAsync(("Form.Current", "short"), ("Form.Password", TestHost.Password))).Location);
        Assert.Equal("Anna", (await _host.GetAsync("/account")).Heading);

        // The changed password alone does not let them in.
        await _host.LogOutAsync();
        Assert.Equal(Page, (await _host.LogInAsync(Anna)).Location);
    }

    [Fact]
    public async Task Administrator_WithSecondFactor_GetsToTheConsoleByTheSamePage()
    {
        await _host.SetUpAsync();
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var owner = (await users.FindByEmailAsync(TestHost.AdminEmail))!;
            await scope.ServiceProvider.GetRequiredService<LazyMigrate.Core.UserMigration.MigratingUserStore>().SetAuthenticatorKeyAsync(owner, Base32.Encode(s_secret), CancellationToken.None);
            Assert.True((await users.SetTwoFactorEnabledAsync(owner, true)).Succeeded);
        }

        await _host.LogOutAsync();
        var answer = await _host.LogInAsync(TestHost.AdminEmail, returnUrl: "/admin/users");
        Assert.Equal($"{Page}?returnUrl=%2Fadmin%2Fusers", answer.Location);
        await _host.Browser.FollowAsync();
        Assert.Equal("/admin/users", (await _host.Browser.SubmitAsync(("Form.Code", Code()))).Location);
    }

    [Fact]
    public async Task RemovedByAnAdministrator_ThePasswordIsEnough()
    {
        await StageAsync();
        await _host.LogInAsync(Anna);
        await _host.SetUpAsync();
        var owner = (await _host.FindUserAsync(TestHost.AdminEmail))!;
        var anna = (await _host.FindUserAsync(Anna))!;

        var change = await _host.Services.GetRequiredService<UserAdministration>().RemoveSecondFactorAsync(anna.Id, new(owner.Id, "owner"));

        Assert.Equal(new UserChange.Done(1), change);
        await _host.LogOutAsync();
        Assert.Equal("/", (await _host.LogInAsync(Anna)).Location);
    }

    private string Code() => TotpCode.At(s_secret, TotpCode.StepAt(_time.GetUtcNow()));

    private async Task StageAsync(string password = TestHost.Password)
    {
        await _host.StartMigrationAsync();
        _host.Legacy.Add(new LegacyProfile { Id = "1", Email = Anna, Name = "Anna", Totp = new LegacyTotp(s_secret) }, password);
    }
}
