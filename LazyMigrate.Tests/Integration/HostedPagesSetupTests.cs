using System.Diagnostics;
using System.Net;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Integration;

public sealed class HostedPagesSetupTests : IAsyncLifetime
{
    private TestHost _host = default!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Start_GoesWhereThePersonBelongs()
    {
        Assert.Equal("/setup", (await _host.GetAsync("/")).Location);
        Assert.Equal("/setup", (await _host.GetAsync("/account/login?returnUrl=%2Fadmin")).Location);

        Assert.Equal("/admin/welcome", (await _host.SetUpAsync()).Location);
        Assert.Equal("/admin", (await _host.GetAsync("/")).Location);

        await _host.LogOutAsync();
        Assert.Equal("/account/login", (await _host.GetAsync("/")).Location);

        await _host.RegisterAsync("anna@example.org");
        Assert.Equal("/account", (await _host.GetAsync("/")).Location);
    }

    [Fact]
    public async Task Post_RightCode_MakesASignedInAdministrator()
    {
        await _host.SetUpAsync();

        var account = await _host.GetAsync("/account");

        Assert.Equal("/admin", account.Document.QuerySelector("main a.button")!.GetAttribute("href"));
        Assert.Equal([TestHost.AdminEmail], await OwnersAsync());
    }

    [Fact]
    public async Task Post_WrongCode_SaysSoAtTheFieldAfterAPause()
    {
        await _host.GetAsync("/setup");
        var watch = Stopwatch.StartNew();

        var page = await _host.Browser.SubmitAsync(("Form.Code", "0000-0000-0000-0000"), ("Form.Email", "a@example.org"), ("Form.Password", TestHost.Password));

        Assert.StartsWith("This is not the code.", page.ErrorAt("Form.Code"), StringComparison.Ordinal);
        Assert.Equal("a@example.org", page.Document.QuerySelector("#email")!.GetAttribute("value"));
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(490), $"It took {watch.Elapsed}.");
        Assert.Empty(await OwnersAsync());
    }

    [Fact]
    public async Task Post_BadAddressAndPassword_LeavesTheCodeGood()
    {
        var page = await _host.SetUpAsync("a..b@example.org", "short");

        Assert.NotNull(page.ErrorAt("Form.Email"));
        Assert.Equal("Use at least 8 characters.", page.ErrorAt("Form.Password"));
        Assert.Equal("/admin/welcome", (await _host.SetUpAsync()).Location);
    }

    [Fact]
    public async Task Post_AddressTaken_LeavesTheCodeGood()
    {
        await _host.CreateUserAsync(new AppUser { Email = "anna@example.org" });

        Assert.Equal("This account already exists.", (await _host.SetUpAsync("anna@example.org")).ErrorAt("Form.Email"));
        Assert.Equal("/admin/welcome", (await _host.SetUpAsync()).Location);
    }

    [Fact]
    public async Task Setup_WithAnAdministrator_IsClosed()
    {
        var late = _host.NewBrowser();
        await late.GetAsync("/setup");
        await _host.SetUpAsync();
        var code = _host.Services.GetRequiredService<SetupCode>().Display;

        Assert.Equal("/account/login", (await _host.NewBrowser().GetAsync("/setup")).Location);
        var page = await late.SubmitAsync(("Form.Code", code), ("Form.Email", "late@example.org"), ("Form.Password", TestHost.Password));

        Assert.Equal((HttpStatusCode.Found, "/account/login"), (page.Status, page.Location));
        Assert.Equal([TestHost.AdminEmail], await OwnersAsync());
    }

    [Fact]
    public async Task Post_ManyAtOnce_MakesOneAdministrator()
    {
        var code = _host.Services.GetRequiredService<SetupCode>().Display;
        var browsers = Enumerable.Range(0, 8).Select(_ => _host.NewBrowser()).ToList();
        foreach (var browser in browsers)
        {
            await browser.GetAsync("/setup");
        }

        var pages = await Task.WhenAll(browsers.Select((browser, number) =>
            Task.Run(() => browser.SubmitAsync(("Form.Code", code), ("Form.Email", $"a{number}@example.org"), ("Form.Password", TestHost.Password)))));

        Assert.Single(pages, page => page.Location == "/admin/welcome");
        Assert.Single(await OwnersAsync());
        Assert.All(pages, page => Assert.True(page.Status is HttpStatusCode.Found or HttpStatusCode.OK));
    }

    [Fact]
    public async Task Post_WithoutName_IsRefusedAtTheFields()
    {
        var page = await _host.SetUpAsync("", "");

        Assert.NotNull(page.ErrorAt("Form.Email"));
        Assert.NotNull(page.ErrorAt("Form.Password"));
    }

    private async Task<IEnumerable<string?>> OwnersAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var owners = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().GetUsersInRoleAsync(ConsoleRoles.Owner);
        return owners.Select(owner => owner.Email);
    }
}
