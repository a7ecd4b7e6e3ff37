using System.Net;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Integration;

public sealed class HostedPagesRegisterTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";

    private TestHost _host = default!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Get_ShowsAFormThatPasswordManagersUnderstand()
    {
        var page = await _host.GetAsync("/account/register?returnUrl=%2Faccount%3Fa%3Db");

        Assert.Equal("email", page.Document.QuerySelector("#email")!.GetAttribute("autocomplete"));
        Assert.Equal("name", page.Document.QuerySelector("#name")!.GetAttribute("autocomplete"));
        Assert.Equal("new-password", page.Document.QuerySelector("#password")!.GetAttribute("autocomplete"));
        Assert.Equal("At least 8 characters.", page.Text("#password-hint"));
        Assert.Equal("/account/login?returnUrl=%2Faccount%3Fa%3Db", page.Document.QuerySelector(".aside a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Post_Free_CreatesAndSignsIn()
    {
        var page = await _host.RegisterAsync(" Anna@Example.org ", name: " Anna Lindqvist ");

        Assert.Equal((HttpStatusCode.Found, "/account"), (page.Status, page.Location));
        var user = await _host.FindUserAsync(Anna);
        Assert.Equal(("Anna@Example.org", "Anna Lindqvist", UserOrigin.Registered), (user!.Email, user.Name, user.Origin));
        Assert.InRange(user.CreatedAt, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.Equal("Anna Lindqvist", (await _host.Browser.FollowAsync()).Heading);
    }

    [Theory]
    [InlineData("/account?a=b", "/account?a=b")]
    [InlineData("https://evil.example", "/")]
    public async Task Post_ReturnUrl_IsFollowedOnThisServerOnly(string returnUrl, string location) =>
        Assert.Equal(location, (await _host.RegisterAsync(Anna, returnUrl: returnUrl)).Location);

    [Fact]
    public async Task Post_EverythingWrong_IsSaidAtEachField()
    {
        var page = await _host.RegisterAsync("a..b@example.org", "short", new string('n', 257));

        Assert.Equal("Enter an e-mail address such as anna@example.org.", page.ErrorAt("Form.Email"));
        Assert.Equal("Use at most 256 characters.", page.ErrorAt("Form.Name"));
        Assert.Equal("Use at least 8 characters.", page.ErrorAt("Form.Password"));
        Assert.Equal("Please correct what is marked below.", page.Alert);
        Assert.Equal("a..b@example.org", page.Document.QuerySelector("#email")!.GetAttribute("value"));
        Assert.DoesNotContain("short", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Empty_IsRefusedAtTheFields()
    {
        var page = await _host.RegisterAsync("", "");

        Assert.NotNull(page.ErrorAt("Form.Email"));
        Assert.NotNull(page.ErrorAt("Form.Password"));
    }

    [Fact]
    public async Task Post_NameWithControlCharacter_IsRefused() =>
        Assert.NotNull((await _host.RegisterAsync(Anna, name: "An\u0001na")).ErrorAt("Form.Name"));

    [Fact]
    public async Task Post_PasswordTooLongOrTheAddress_IsRefused()
    {
        Assert.Equal("Use at most 256 characters.", (await _host.RegisterAsync(Anna, new string('x', 257))).ErrorAt("Form.Password"));
        Assert.NotNull((await _host.RegisterAsync(Anna, Anna)).ErrorAt("Form.Password"));
        Assert.Equal("password", _host.Browser.Page.Document.QuerySelector("[autofocus]")!.Id);
        Assert.Null(await _host.FindUserAsync(Anna));
    }

    [Fact]
    public async Task Post_Taken_SaysSoAtTheField()
    {
        await _host.CreateUserAsync(new AppUser { Email = Anna });

        var page = await _host.RegisterAsync("ANNA@example.org");

        Assert.Equal("This account already exists.", page.ErrorAt("Form.Email"));
        Assert.Equal("Please correct what is marked below.", page.Alert);
    }

    [Theory]
    [InlineData(MigrationMode.LazyMigration)]
    [InlineData(MigrationMode.Frozen)]
    public async Task Post_KnownInLegacy_LeadsToTheLogIn(MigrationMode mode)
    {
        await _host.StartMigrationAsync(mode);
        _host.Legacy.Add(new LegacyProfile { Id = "7", Email = Anna }, "old password");

        var page = await _host.RegisterAsync(Anna, returnUrl: "/account?a=b");

        Assert.Equal("This account already exists.", page.ErrorAt("Form.Email"));
        var link = page.Document.QuerySelector("[role=alert] a")!;
        Assert.Equal("Log in with the password you have always used", link.TextContent);
        Assert.Equal("/account/login?identifier=anna@example.org&returnUrl=%2Faccount%3Fa%3Db", link.GetAttribute("href"));
        Assert.Null(await _host.FindUserAsync(Anna));
        Assert.Equal(Anna, (await _host.GetAsync(link.GetAttribute("href")!)).Document.QuerySelector("#identifier")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Post_LegacyDown_CreatesNobody()
    {
        await _host.StartMigrationAsync();
        _host.Legacy.IsDown = true;

        var page = await _host.RegisterAsync(Anna);

        Assert.Equal("Creating an account is not possible right now. Please try again in a few minutes.", page.Alert);
        Assert.Null(await _host.FindUserAsync(Anna));
    }
}
