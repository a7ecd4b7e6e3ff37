using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Integration;

/// <summary>Promise P1: whatever a script does, people who are here already log in, and the server lives.</summary>
public sealed class HostileScriptTests : IDisposable
{
    // The person's name says what the script does to the process it runs in.
    private const string Script = """
        async function login(query) {
          switch (query.email.split('@')[0]) {
            case 'loop': for (;;);
            case 'flood': { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())); }
            case 'crash': return 'x'.repeat(5e8).split('').length;
            case 'wedge': return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);
            case 'reject': await null; throw new Proxy({}, { get() { for (;;); } });
            default: return { id: query.email, email: query.email };
          }
        }
        """;

    private static readonly string[] s_hostile = ["loop", "flood", "crash", "wedge", "reject"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HostileFirstLogIns_TryAgainLater_WhileOthersLogInAndMove()
    {
        var shop = Directory.CreateDirectory(Path.Combine(_folder.Path, "shop")).FullName;
        await File.WriteAllTextAsync(Path.Combine(shop, "database.json"), """{ "name": "shop", "type": "other", "mode": "LazyMigration" }""");
        await File.WriteAllTextAsync(Path.Combine(shop, "login.js"), Script);
        await File.WriteAllTextAsync(Path.Combine(shop, "searchUser.js"), "async function searchUser() { return null; }");
        await using var server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), new Dictionary<string, string>
        {
            ["LazyMigrate:Setup:CustomDatabase"] = shop,
            ["LazyMigrate:Setup:AdminEmail"] = "owner@example.org",
            ["LazyMigrate:Setup:AdminPassword"] = "an owner's password",
        });
        Assert.Null((await LogInAsync(server, "ada@example.org")).Alert);

        var hostile = s_hostile.Select(name => LogInAsync(server, $"{name}@example.org")).ToList();
        var local = 0;
        while (hostile.Any(logIn => !logIn.IsCompleted))
        {
            Assert.Equal("/", (await LogInAsync(server, "ada@example.org")).Location);
            local++;
        }

        Assert.All(await Task.WhenAll(hostile), page => Assert.Equal("Logging in is not possible right now. Please try again in a few minutes.", page.Alert));
        Assert.NotEqual(0, local);

        // Five failures opened the breaker: ten seconds later one trial call is let through, and its success closes it.
        TestPage moved;
        do
        {
            moved = await LogInAsync(server, "bob@example.org");
        }
        while (moved.Alert is not null);

        Assert.Equal("/", moved.Location);
    }

    private static async Task<TestPage> LogInAsync(ServerProcess server, string email)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
        var browser = new TestBrowser(client);
        await browser.GetAsync("/account/login");
        return await browser.SubmitAsync(("Form.Identifier", email), ("Form.Password", "old password"));
    }
}
