using System.Net;
using System.Text.RegularExpressions;
using LazyMigrate.Core.Data;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Integration;

/// <summary>What no honest browser sends: each form says what is wrong, or what it says of everything wrong; none fails, and nothing is half written.</summary>
public sealed partial class HostedPagesHostileInputTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";
    private const string Stored = "Stored N0w";

    private static readonly string[] s_values =
    [
        "",
        "\0",
        "anna\0@example.org",
        "\u202e" + Anna,
        "anna\u2066@example.org",
        "\ud800" + Anna,
        Anna + "\udc00",
        Anna + "\r\nBcc: ben@example.org",
        new string('a', 300) + "@example.org",
        new string('x', 60_000),
        "\u0001\u007f\ufffe",
        "<script>alert(1)</script>",
    ];

    private TestMailServer _mail = default!;
    private TestHost _host = default!;

    public async Task InitializeAsync()
    {
        _mail = TestMailServer.Start();
        _host = await TestHost.StartAsync(new Dictionary<string, string>(_mail.Settings)
        {
            ["LazyMigrate:Throttle:AttemptsPerIdentifier"] = "100000",
            ["LazyMigrate:Throttle:AttemptsPerAddress"] = "100000",
            ["LazyMigrate:Throttle:MailsPerIdentifier"] = "1000",
        });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task SignedOut_EachFieldOfEachForm_IsRefusedInWords()
    {
        await TryAllAsync("/setup", [("Form.Code", "x"), ("Form.Email", Anna), ("Form.Password", Stored)]);
        await _host.SetUpAsync();
        await _host.LogOutAsync();
        await TryAllAsync("/account/login", [("Form.Identifier", "nobody@example.org"), ("Form.Password", Stored)]);
        await TryAllAsync("/account/forgot-password", [("Form.Identifier", "nobody@example.org")]);

        // With the other fields right: only the one that is tried can be why nobody is created.
        await TryAllAsync("/account/register", [("Form.Email", Anna), ("Form.Name", "Anna"), ("Form.Password", Stored)], newPassword: "Form.Password", name: "Form.Name");

        await _host.RunOutboxAsync();
        Assert.Empty(_mail.Mails);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task SignedIn_EachFieldOfEachForm_IsRefusedInWords()
    {
        await _host.RegisterAsync(Anna, Stored);
        var link = await LinkAsync();
        await TryAllAsync(link, [("Form.Password", "wrong")]);
        await TryAllAsync($"{link}&choose=true", [("Form.Password", "wrong")], newPassword: "Form.Password");
        await TryAllAsync("/account/profile", [("Form.Email", Anna), ("Form.UserName", ""), ("Form.Current", Stored)]);
        await TryAllAsync("/account/change-password", [("Form.Current", Stored), ("Form.Password", "short")], newPassword: "Form.Password");
        await _host.LogOutAsync();
        await _host.GetAsync("/account/forgot-password");
        await _host.Browser.SubmitAsync(("Form.Identifier", Anna));
        await TryAllAsync(await LinkAsync(), [("Form.Password", "short")], newPassword: "Form.Password");

        var user = (await _host.FindUserAsync(Anna))!;
        Assert.Equal((Anna, null, false), (user.Email, user.UserName, user.EmailConfirmed));
        Assert.NotNull((await _host.LogInAsync(Anna, Stored)).Location);
    }

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/account/register")]
    [InlineData("/account/forgot-password")]
    [InlineData("/account/confirm-email?ticket=x")]
    public async Task TenMegabytes_AreTooMuch_AndNotRead(string url)
    {
        var page = await _host.Browser.PostAsync(url, ("_handler", "login"), ("Form.Password", new string('x', 10 * 1024 * 1024)));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "This is too much for the form"), (page.Status, page.Heading));
    }

    /// <summary>Fills the form in, each time with one hostile value in one field. What is good enough for a new password or a name is left out there.</summary>
    private async Task TryAllAsync(string url, (string Name, string Value)[] good, string? newPassword = null, string? name = null)
    {
        foreach (var field in good)
        {
            foreach (var value in s_values.Where(value =>
                (field.Name != newPassword || value.Length is < 8 or > 1000) && (field.Name != name || (value.Length > 0 && !value.StartsWith('<')))))
            {
                await _host.GetAsync(url);
                var page = await _host.Browser.SubmitAsync([.. good.Select(other => other.Name == field.Name ? (other.Name, value) : other)]);

                // ASP.NET Core reads no form that has a NUL in it; the page that says so has a way back.
                Assert.True(value.Contains('\0') ? page.Status == HttpStatusCode.BadRequest : page.Status is HttpStatusCode.OK or HttpStatusCode.Found, $"{url} {field.Name} {value.Length}: {page.Status}");
                Assert.True(page.Status != HttpStatusCode.BadRequest || page.Document.QuerySelector("main a.button") is not null);
                Assert.True(page.Status != HttpStatusCode.Found || page.Location == "/account", $"{url} {field.Name} {value.Length}: {page.Location}");
                Assert.Empty(page.Document.Scripts);
            }
        }
    }

    private async Task<int> CountAsync()
    {
        await using var context = await _host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await context.Users.CountAsync();
    }

    private async Task<string> LinkAsync()
    {
        await _host.RunOutboxAsync();
        await _host.RunOutboxAsync();
        return Link().Match(_mail.Mails[^1].TextBody!).Groups[1].Value;
    }

    [GeneratedRegex(@"https://login\.example\.org(/\S+)")]
    private static partial Regex Link();
}
