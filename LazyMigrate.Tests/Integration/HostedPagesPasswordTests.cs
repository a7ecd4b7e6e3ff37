using System.Net;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LazyMigrate.Tests.Integration;

/// <summary>What a person sees of rows 1 and 13 of docs/flows.md.</summary>
public sealed class HostedPagesPasswordTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";
    private const string Weak = "short";

    private TestHost _host = default!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task WeakLegacyPassword_MustBeChanged_BeforeAnythingElse()
    {
        await MoveWithWeakPasswordAsync();

        foreach (var url in new[] { "/", "/account", "/admin", "/account/login?a=b" })
        {
            Assert.Equal($"/account/change-password?returnUrl={Uri.EscapeDataString(url)}", (await _host.GetAsync(url)).Location);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await _host.Browser.PostAsync("/_blazor/negotiate")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/account/logout")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/account.css")).Status);

        var page = await _host.GetAsync("/account/change-password?returnUrl=%2Faccount");
        Assert.Equal("Choose a new password", page.Heading);
        Assert.Empty(page.Document.Scripts);
        Assert.Equal("current-password", page.Document.QuerySelector("#current")!.GetAttribute("autocomplete"));
        Assert.Equal("new-password", page.Document.QuerySelector("#password")!.GetAttribute("autocomplete"));

        Assert.Equal("/account", (await _host.Browser.SubmitAsync(("Form.Current", Weak), ("Form.Password", TestHost.Password))).Location);
        Assert.Equal("Anna", (await _host.GetAsync("/account")).Heading);

        await _host.LogOutAsync();
        Assert.NotNull((await _host.LogInAsync(Anna, Weak)).Alert);
        Assert.Equal("/", (await _host.LogInAsync(Anna)).Location);
        Assert.Equal(1, _host.Legacy.Runs);
    }

    [Fact]
    public async Task ChangePassword_SaysWhatIsWrong()
    {
        await MoveWithWeakPasswordAsync();
        await _host.GetAsync("/account/change-password");

        var wrong = await _host.Browser.SubmitAsync(("Form.Current", "wrong"), ("Form.Password", TestHost.Password));
        Assert.Equal("This is not your current password.", wrong.ErrorAt("Form.Current"));
        var weak = await _host.Browser.SubmitAsync(("Form.Current", Weak), ("Form.Password", "1234567"));
        Assert.Equal("Use at least 8 characters.", weak.ErrorAt("Form.Password"));
        var same = await _host.Browser.SubmitAsync(("Form.Current", Weak), ("Form.Password", Weak));
        Assert.Equal("Choose another password than the current one.", same.ErrorAt("Form.Password"));
        Assert.DoesNotContain(TestHost.Password, wrong.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_ASessionThatIsStillThereCannotBeRenewedByAChange()
    {
        await _host.RegisterAsync(Anna);
        await _host.GetAsync("/account/change-password");
        var hash = (await _host.FindUserAsync(Anna))!.PasswordHash;
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<MigratingUserManager>();
            var anna = (await users.FindByEmailAsync(Anna))!;
            anna.IsDisabled = true;
            Assert.True((await users.UpdateSecurityStampAsync(anna)).Succeeded);
        }

        await _host.Browser.SubmitAsync(("Form.Current", TestHost.Password), ("Form.Password", "another good one"));

        Assert.Equal(hash, (await _host.FindUserAsync(Anna))!.PasswordHash);
        await using var after = _host.Services.CreateAsyncScope();
        var signIn = after.ServiceProvider.GetRequiredService<MigratingSignInManager>();
        var disabled = (await signIn.UserManager.FindByEmailAsync(Anna))!;
        Assert.False(await signIn.ValidateSecurityStampAsync(disabled, disabled.SecurityStamp));
    }

    [Fact]
    public async Task ChangePassword_EndsOtherSessions_AndCountsGuesses()
    {
        await _host.RegisterAsync(Anna);
        await _host.GetAsync("/account/change-password");
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull((await _host.Browser.SubmitAsync(("Form.Current", "wrong"), ("Form.Password", "another good one"))).ErrorAt("Form.Current"));
        }

        var throttled = await _host.Browser.SubmitAsync(("Form.Current", TestHost.Password), ("Form.Password", "another good one"));
        Assert.Equal("There were too many attempts. Please try again later.", throttled.Alert);
    }

    [Fact]
    public async Task TooManyAttempts_AreTheSamePage_ForWhoeverExistsAndWhoeverDoesNot()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });
        var pages = new List<TestPage>();
        foreach (var identifier in new[] { Anna, "nine@example.org" })
        {
            for (var i = 0; i < 10; i++)
            {
                await _host.LogInAsync(identifier, "wrong");
            }

            pages.Add(await _host.LogInAsync(identifier));
        }

        Assert.All(pages, page => Assert.Equal((HttpStatusCode.OK, "There were too many attempts. Please try again later."), (page.Status, page.Alert)));
        Assert.Empty(pages.SelectMany(page => page.SetCookies));
    }

    [Fact]
    public async Task RememberedDevice_IsNotLockedOutByStrangers()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });
        var device = Assert.Single((await _host.LogInAsync(Anna)).SetCookies, cookie => cookie.StartsWith("LazyMigrate.Device=", StringComparison.Ordinal));
        Assert.Contains("httponly", device, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("anna", device, StringComparison.OrdinalIgnoreCase);
        await _host.LogOutAsync();

        var stranger = _host.NewBrowser();
        for (var i = 0; i < 11; i++)
        {
            await stranger.GetAsync("/account/login");
            await stranger.SubmitAsync(("Form.Identifier", Anna), ("Form.Password", "wrong"));
        }

        Assert.Equal("There were too many attempts. Please try again later.", stranger.Page.Alert);
        Assert.Equal("/", (await _host.LogInAsync(Anna)).Location);

        // The device has a count of its own, and stands for nobody else.
        await _host.LogOutAsync();
        for (var i = 0; i < 10; i++)
        {
            await _host.LogInAsync(Anna, "wrong");
        }

        Assert.Equal("There were too many attempts. Please try again later.", (await _host.LogInAsync(Anna)).Alert);
    }

    [Fact]
    public async Task Refusals_DifferInNothingButTheIdentifier()
    {
        await _host.StartMigrationAsync();
        await _host.CreateUserAsync(new AppUser { Email = "local@example.org" }, TestHost.Password);
        await _host.CreateUserAsync(new AppUser { Email = "block@example.org", IsDisabled = true });
        _host.Legacy.Add(new LegacyProfile { Id = "1", Email = "moved@example.org" }, "old password");

        var pages = new List<TestPage>();
        foreach (var identifier in new[] { "local@example.org", "block@example.org", "moved@example.org", "nobod@example.org" })
        {
            pages.Add(await _host.LogInAsync(identifier, "wrong"));
        }

        Assert.Single(pages.Select(page => (page.Status, page.Html.Length, page.Header("Content-Type"), page.Header("Cache-Control"), page.Header("Content-Security-Policy"), string.Join(',', page.SetCookies))).Distinct());
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(1, 499)]
    [InlineData(499, 1)]
    [InlineData(500, 500)]
    [InlineData(1234, 266)]
    public void FailureDelay_IsUntilTheNextMultiple(int elapsed, int remaining) => Assert.Equal(
        TimeSpan.FromMilliseconds(remaining),
        FailureDelay.Remaining(TimeSpan.FromMilliseconds(elapsed), TimeSpan.FromMilliseconds(500)));

    [Fact]
    public async Task Refused_LeavesAtTheNextMultiple_RightPasswordAtOnce()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TestHost.StartAsync(
            new Dictionary<string, string> { ["LazyMigrate:Security:FailureGranularity"] = "00:00:00.500" },
            services => services.AddSingleton<FailureDelay>(provider => new FailureDelay(
                provider.GetRequiredService<Microsoft.AspNetCore.Http.IHttpContextAccessor>(),
                time,
                provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<SecurityOptions>>())));
        await host.CreateUserAsync(new AppUser { Email = Anna });

        var refused = host.LogInAsync(Anna, "wrong");
        Assert.NotSame(refused, await Task.WhenAny(refused, Task.Delay(1500)));
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.NotNull((await refused).Alert);
        Assert.Equal("/", (await host.LogInAsync(Anna)).Location);
    }

    private async Task MoveWithWeakPasswordAsync()
    {
        await _host.StartMigrationAsync();
        _host.Legacy.Add(new LegacyProfile { Id = "7", Email = Anna, Name = "Anna" }, Weak);
        Assert.Equal("/", (await _host.LogInAsync(Anna, Weak)).Location);
    }
}
