using System.Net;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Integration;

public sealed class HostedPagesSecurityTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";
    private const int HeaviestPage = 16 * 1024;
    private const int HeaviestStyles = 8 * 1024;

    private static readonly string[] s_hostileUrls =
    [
        "https://evil.example",
        "http:evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/ /evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "@evil.example",
        "~/account",
        "/\u0000",
        "/\u00e4",
        "/\u2044/evil.example",
        "/a\\b",
        "",
        "/" + new string('a', 2048),
    ];

    private TestHost _host = default!;

    public static TheoryData<string> HostileUrls => [.. s_hostileUrls];

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(HostileUrls))]
    public void IsLocal_Hostile_IsFalse(string url) => Assert.False(ReturnUrl.IsLocal(url));

    [Theory]
    [InlineData("/")]
    [InlineData("/admin/users?page=2&sort=name#top")]
    [InlineData("/account?next=//evil.example")]
    [InlineData("/%5Cevil.example")]
    public void IsLocal_PathOfThisServer_IsTrue(string url) => Assert.True(ReturnUrl.IsLocal(url));

    [Fact]
    public async Task LogIn_HostileReturnUrl_GoesToTheStart()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });
        foreach (var url in s_hostileUrls)
        {
            Assert.Equal("/", (await _host.LogInAsync(Anna, returnUrl: url)).Location);
            Assert.Equal("/", (await _host.GetAsync($"/account/login?returnUrl={Uri.EscapeDataString(url)}")).Location);
            await _host.LogOutAsync();
        }
    }

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/account/register")]
    [InlineData("/setup")]
    public async Task Post_WithoutToken_IsExplained(string url)
    {
        var page = await _host.Browser.PostAsync($"{url}?returnUrl=%2Faccount", ("_handler", "login"), ("Form.Identifier", Anna), ("Form.Password", "x"));

        Assert.Equal((HttpStatusCode.BadRequest, "This form was open too long"), (page.Status, page.Heading));
        Assert.Equal($"{url}?returnUrl=%2Faccount", page.Document.QuerySelector("main a.button")!.GetAttribute("href"));
        AssertHardened(page);
    }

    [Fact]
    public async Task Post_TokenOfAnotherBrowser_IsExplained()
    {
        var other = _host.NewBrowser();
        var token = (await other.GetAsync("/account/login")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var page = await _host.Browser.PostAsync("/account/login", ("_handler", "login"), ("__RequestVerificationToken", token));

        Assert.Equal((HttpStatusCode.BadRequest, "This form was open too long"), (page.Status, page.Heading));
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/account/nowhere")]
    [InlineData("/admin/nowhere/at/all")]
    [InlineData("/problem/400")]
    public async Task Get_NoSuchPage_IsExplained(string url)
    {
        var page = await _host.GetAsync(url);

        Assert.Equal((HttpStatusCode.NotFound, "There is no such page"), (page.Status, page.Heading));
        AssertHardened(page);
    }

    [Fact]
    public async Task Post_NoSuchPage_IsExplained()
    {
        var page = await _host.Browser.PostAsync("/nowhere", ("a", "b"));

        Assert.Equal("There is no such page", page.Heading);
        Assert.True(page.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("/setup")]
    [InlineData("/account")]
    [InlineData("/")]
    public async Task Get_DatabaseGone_ShowsTheErrorPage(string url)
    {
        var isGone = false;
        await using var host = await TestHost.StartAsync(services: services => services
            .AddScoped<AppDbContext>(provider => isGone ? throw new IOException("The database is gone.") : provider.GetRequiredService<SqliteAppDbContext>())
            .Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = TimeSpan.Zero));
        await host.RegisterAsync(Anna);
        isGone = true;

        var page = await host.GetAsync(url);

        Assert.Equal((HttpStatusCode.InternalServerError, "Something went wrong"), (page.Status, page.Heading));
        Assert.DoesNotContain("The database is gone", page.Html, StringComparison.Ordinal);
        AssertHardened(page);
    }

    [Fact]
    public async Task Get_UnknownHost_IsRefused()
    {
        var page = await _host.GetAsync("http://evil.example/account/login");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Fact]
    public async Task HostedPages_AreHardenedLightAndPlain()
    {
        await AssertPlainAsync("/setup");
        await AssertPlainAsync("/account/login?returnUrl=%2Faccount");
        await AssertPlainAsync("/account/register");
        await AssertPlainAsync("/account/denied");
        await AssertPlainAsync("/account/logout");
        await AssertPlainAsync("/error");
        await AssertPlainAsync("/not-found");
        AssertPlain(await _host.RegisterAsync(Anna, "short"));
        AssertPlain(await _host.LogInAsync(Anna, "wrong"));
        await _host.RegisterAsync(Anna);
        await AssertPlainAsync("/account");
        await AssertPlainAsync("/account/logout");
    }

    [Fact]
    public async Task Styles_AreOneSmallFileOfThisServer()
    {
        var login = await _host.GetAsync("/account/login");
        var style = Assert.Single(login.Document.QuerySelectorAll("link[rel=stylesheet]")).GetAttribute("href")!;

        var css = await _host.GetAsync(style);

        Assert.StartsWith("/account.", style, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, css.Status);
        Assert.InRange(css.Html.Length, 1, HeaviestStyles);
        Assert.DoesNotContain("url(", css.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_InProduction_NeverTravelWithoutTls()
    {
        await using var host = await TestHost.StartAsync(
            new Dictionary<string, string> { ["LazyMigrate:KeyEncryption:Key"] = Convert.ToBase64String(new byte[32]) },
            environment: "Production");
        var form = await host.GetAsync("/account/register");
        var signedIn = await host.RegisterAsync(Anna);

        var cookies = form.SetCookies.Concat(signedIn.SetCookies).ToList();

        Assert.Equal("/account", signedIn.Location);
        Assert.Equal(
            ["__Host-LazyMigrate.Antiforgery", "__Host-LazyMigrate.Session"],
            cookies.Select(cookie => cookie[..cookie.IndexOf('=', StringComparison.Ordinal)]).Distinct().Order());
        Assert.All(cookies, cookie =>
        {
            var flags = cookie.Split("; ").Skip(1).ToList();
            Assert.Superset(new HashSet<string> { "path=/", "secure", "samesite=lax", "httponly" }, flags.ToHashSet());
            Assert.DoesNotContain(flags, flag => flag.StartsWith("domain", StringComparison.OrdinalIgnoreCase));
        });
    }

    private static void AssertHardened(TestPage page)
    {
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            page.Header("Content-Security-Policy"));
        Assert.Equal("DENY", page.Header("X-Frame-Options"));
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", page.Header("Referrer-Policy"));
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
    }

    private static void AssertPlain(TestPage page)
    {
        AssertHardened(page);
        Assert.InRange(page.Html.Length, 1, HeaviestPage);
        Assert.NotEqual("", page.Heading);
        Assert.NotEqual("", page.Document.Title);
        Assert.Single(page.Document.QuerySelectorAll("h1"));
        Assert.InRange(page.Document.QuerySelectorAll("[autofocus]").Length, 0, 1);
        Assert.Empty(page.Document.QuerySelectorAll("script, style, [style], base, iframe, [onclick], blazor-focus-on-navigate"));
        Assert.All(page.Document.QuerySelectorAll("input:not([type=hidden])"), input => Assert.True(
            input.ParentElement!.LocalName == "label" || page.Document.QuerySelector($"label[for='{input.Id}']") is not null, $"{input.OuterHtml} has no label."));
    }

    private async Task AssertPlainAsync(string url) => AssertPlain(await _host.GetAsync(url));
}
