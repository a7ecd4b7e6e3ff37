using System.Net;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Integration;

public sealed class HostedPagesAccountTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";

    private TestHost _host = default!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Account_SignedOut_AsksToLogInAndComesBack()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });
        await _host.GetAsync("/account");
        await _host.Browser.FollowAsync();

        var page = await _host.Browser.SubmitAsync(("Form.Identifier", Anna), ("Form.Password", TestHost.Password));

        Assert.Equal("/account", page.Location);
    }

    [Fact]
    public async Task Account_SignedIn_ShowsIdentifiersAndNoConsole()
    {
        await _host.CreateUserAsync(new AppUser
        {
            Email = Anna,
            EmailConfirmed = true,
            PhoneNumber = "+4930901820",
            UserName = "anna",
            CreatedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        });
        await _host.LogInAsync(Anna);

        var page = await _host.GetAsync("/account");

        var lines = page.Document.QuerySelectorAll("dt, dd > *").Select(element => element.TextContent.Trim());
        Assert.Equal(["E-mail", Anna, "verified", "Phone", "+4930901820", "User name", "anna", "Here since", "1 March 2026"], lines);
        Assert.Null(page.Document.QuerySelector("a[href='/admin']"));
        Assert.DoesNotContain("moved", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_NameWithMarkup_IsEncoded()
    {
        await _host.RegisterAsync(Anna, name: "<img src=x onerror=alert(1)>");

        var page = await _host.GetAsync("/account");

        Assert.Equal("<img src=x onerror=alert(1)>", page.Heading);
        Assert.Empty(page.Document.QuerySelectorAll("main img"));
    }

    [Fact]
    public async Task Account_DeletedUser_IsSignedOut()
    {
        await _host.RegisterAsync(Anna);
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            await users.DeleteAsync((await users.FindByEmailAsync(Anna))!);
        }

        Assert.Equal("/account/login", (await _host.GetAsync("/account")).Location);
        Assert.Equal("Log in", (await _host.Browser.FollowAsync()).Heading);
    }

    [Fact]
    public async Task LogOut_FromTheAccountPage_EndsTheSession()
    {
        await _host.RegisterAsync(Anna);
        await _host.GetAsync("/account");

        await _host.Browser.SubmitAsync();

        Assert.Equal("You are logged out", (await _host.Browser.FollowAsync()).Heading);
        Assert.StartsWith("/account/login", (await _host.GetAsync("/account")).Location!.Replace("http://localhost", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogOut_Get_OnlyAsks()
    {
        await _host.RegisterAsync(Anna);

        var page = await _host.GetAsync("/account/logout");

        Assert.Equal("Log out?", page.Heading);
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/account")).Status);
        Assert.Equal("/account/logout", (await _host.LogOutAsync()).Location);
        Assert.Equal("/account/login", (await _host.Browser.FollowAsync()).Document.QuerySelector("main a.button")!.GetAttribute("href"));
    }

    [Fact]
    public async Task LogOut_WithoutToken_KeepsTheSession()
    {
        await _host.RegisterAsync(Anna);

        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Browser.PostAsync("/account/logout", ("_handler", "logout"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task Console_WithoutTheRole_IsDenied()
    {
        await _host.RegisterAsync(Anna);

        await _host.GetAsync("/admin");
        var page = await _host.Browser.FollowAsync();

        Assert.Equal((HttpStatusCode.Forbidden, "This page is for administrators"), (page.Status, page.Heading));
        Assert.Equal("/account/logout", (await _host.Browser.SubmitAsync()).Location);
    }
}
