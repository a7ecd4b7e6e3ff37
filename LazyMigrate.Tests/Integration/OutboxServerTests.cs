using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Integration;

/// <summary>The outbox in the server process itself.</summary>
public sealed class OutboxServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_TheNextServerSendsTheMail()
    {
        // Nobody listens there while the first server runs.
        var mail = TestMailServer.Start();
        var (port, settings) = (mail.Port, mail.Settings);
        await mail.DisposeAsync();
        await using (var first = await ServerProcess.StartAsync(_folder.Path, settings))
        {
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(first.Address) };
            var browser = new TestBrowser(client);
            await browser.GetAsync("/account/register");
            Assert.Equal("/account", (await browser.SubmitAsync(("Form.Email", "anna@example.org"), ("Form.Name", ""), ("Form.Password", TestHost.Password))).Location);
            await first.KillAsync();
        }

        await using var back = TestMailServer.Start(port);
        await using var second = await ServerProcess.StartAsync(_folder.Path, settings);

        var sent = await back.FirstMail.WaitAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("anna@example.org", sent.To.ToString());
    }

    [Fact]
    public async Task BadSettingsOfMail_StopTheStart_EachNamed()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path, "http://127.0.0.1:0", new Dictionary<string, string>
        {
            ["LazyMigrate:Mail:Host"] = "mail.example.org",
            ["LazyMigrate:Mail:Port"] = "0",
            ["LazyMigrate:Mail:Password"] = "a secret",
        });

        Assert.Equal(1, exitCode);
        foreach (var key in new[] { "LazyMigrate:Mail:Port", "LazyMigrate:Mail:From", "LazyMigrate:Mail:User", "LazyMigrate:PublicOrigin" })
        {
            Assert.Contains($"  - {key} ", output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("a secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NeutralAnswersWithoutMail_StopTheStart()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(
            _folder.Path,
            "http://127.0.0.1:0",
            new Dictionary<string, string> { ["LazyMigrate:Registration:NeutralAnswers"] = "true" });

        Assert.Equal(1, exitCode);
        Assert.Contains("LazyMigrate:Registration:NeutralAnswers needs mail", output, StringComparison.Ordinal);
    }
}
