using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Integration;

/// <summary>People at a server that talks as much as it can, in front of a legacy database whose scripts tell every secret they know.</summary>
internal sealed partial class CanaryJourney(ServerProcess server, TestMailServer mail, Action<string, string> keep)
{
    /// <summary>The beginning of the addresses of those the script treats in a special way.</summary>
    public static readonly IReadOnlyList<string> Fates = ["wrong", "throws", "rejects", "typeerror", "temporary", "nosuch", "blocked", "invalid", "returns", "never", "database"];

    private const string Tell = """
        function tell(password) {
          const basic = 'Basic ' + Buffer.from('ada:' + password).toString('base64');
          const forms = [password, env.PEPPER, env.DB_CONNECTION_URI, env.DB_PASSWORD].filter(Boolean)
            .flatMap(secret => [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret), JSON.stringify({ secret }), 'x' + secret + 'x']);
          forms.push(basic, JSON.stringify(env));
          for (const form of forms) { console.log(form); console.error('it is ' + form); console.warn({ form }); }
          return forms;
        }
        """;

    /// <summary>The scripts; <paramref name="ask"/> is a statement that asks the legacy database.</summary>
    public static (string Login, string Search) Scripts(string ask) => (
        Tell + $$"""

        async function login(query, password) {
          const forms = tell(password);
          const told = forms.join(' ');
          const name = query.email.split('@')[0];
          switch (name.split('-')[0]) {
            case 'wrong': throw new WrongPasswordError(told);
            case 'throws': throw new Error(told);
            case 'rejects': return Promise.reject(new Error(told));
            case 'typeerror': throw new TypeError(told);
            case 'temporary': throw new TemporaryError(told);
            case 'nosuch': return null;
            case 'blocked': return { id: name, email: query.email, blocked: true, nickname: password };
            case 'invalid': return { id: name, email: told };
            case 'returns': return { id: name, email: query.email, nickname: password, givenName: forms[1], company: forms[2], website: forms[3], customData: { told, forms } };
            case 'never': await new Promise(() => {}); break;
            case 'slow': await new Promise(resolve => setTimeout(resolve, 60000)); break;
            case 'database': await (async () => { {{ask.Replace("SELECT 1", "SELECT nothing FROM nowhere WHERE secret = '\" + password + \"'", StringComparison.Ordinal)}} })(); break;
          }
          {{ask}}
          return { id: name, email: query.email };
        }
        """,
        Tell + $$"""

        async function searchUser(query) {
          const forms = tell('');
          const name = (query.email || '').split('@')[0];
          if (name.startsWith('throws')) throw new Error(forms.join(' '));
          {{ask}}
          return name.startsWith('known') ? { id: name, email: query.email } : null;
        }
        """);

    /// <summary>Log-ins of every fate, by people who all type this.</summary>
    public async Task LogInsAsync(string password)
    {
        foreach (var fate in Fates)
        {
            await LogInAsync($"{fate}-1@example.org", password);
        }

        Assert.Equal("/", (await LogInAsync("ada@example.org", password)).Location);
    }

    /// <summary>Somebody waits for a script, and the worker processes die; and again, until the script's time is over.</summary>
    public async Task LostWorkersAsync(string password)
    {
        var waiting = LogInAsync("slow-1@example.org", password);
        await WaitForOutputAsync("slow");
        foreach (var worker in WorkersOf(server.ProcessId))
        {
            worker.Kill();
            worker.Dispose();
        }

        await waiting;
    }

    /// <summary>Those who are here: wrong and right, another password, a forgotten one.</summary>
    public async Task PeopleHereAsync(string password, string wrong, string chosen, string reset)
    {
        using var client = NewClient();
        var browser = new TestBrowser(client);
        Assert.NotNull((await LogInAsync(browser, "ada@example.org", wrong)).Alert);
        Assert.Equal("/", (await LogInAsync(browser, "ada@example.org", password)).Location);
        await GetAsync(browser, "/account/change-password");
        await SubmitAsync(browser, ("Form.Current", wrong), ("Form.Password", chosen));
        await GetAsync(browser, "/account/change-password");
        await SubmitAsync(browser, ("Form.Current", password), ("Form.Password", chosen));
        await GetAsync(browser, "/account");

        using var stranger = NewClient();
        var forgetful = new TestBrowser(stranger);
        foreach (var name in (string[])["ada", "known-1", "throws-1", "nobody"])
        {
            await GetAsync(forgetful, "/account/forgot-password");
            await SubmitAsync(forgetful, ("Form.Identifier", $"{name}@example.org"));
        }

        var link = await ResetLinkAsync();
        using var other = NewClient();
        var followed = new TestBrowser(other);
        await GetAsync(followed, new Uri(link).PathAndQuery);
        await SubmitAsync(followed, ("Form.Password", "short"));
        await SubmitAsync(followed, ("Form.Password", reset));
    }

    /// <summary>People who register: known in the legacy database, known here, unknown, and while the script fails.</summary>
    public async Task RegistrationsAsync(string password)
    {
        foreach (var name in (string[])["known-2", "ada", "new", "throws-2"])
        {
            using var client = NewClient();
            var browser = new TestBrowser(client);
            await GetAsync(browser, "/account/register");
            await SubmitAsync(browser, ("Form.Email", $"{name}@example.org"), ("Form.Name", name), ("Form.Password", password));
        }
    }

    private async Task<TestPage> LogInAsync(string identifier, string password)
    {
        using var client = NewClient();
        return await LogInAsync(new TestBrowser(client), identifier, password);
    }

    private async Task<TestPage> LogInAsync(TestBrowser browser, string identifier, string password)
    {
        await GetAsync(browser, "/account/login");
        return await SubmitAsync(browser, ("Form.Identifier", identifier), ("Form.Password", password));
    }

    private async Task GetAsync(TestBrowser browser, string url) => Keep(await browser.GetAsync(url));

    private async Task<TestPage> SubmitAsync(TestBrowser browser, params (string Name, string Value)[] fields) => Keep(await browser.SubmitAsync(fields));

    private TestPage Keep(TestPage page)
    {
        keep($"the answer of {page.Url}", $"{page.Html} {page.Location} {string.Join(' ', page.SetCookies)} {page.Header("Server-Timing")}");
        return page;
    }

    /// <summary>Until a worker has the run: it has said so in the log, or its time limit is near.</summary>
    private async Task WaitForOutputAsync(string text)
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(2) || (WorkersOf(server.ProcessId).Count == 0 && deadline.Elapsed < TimeSpan.FromSeconds(8)))
        {
            await Task.Delay(50);
        }

        keep("waited for", text);
    }

    /// <summary>The processes below the server's; they were started by it, and it by the test.</summary>
    private static List<Process> WorkersOf(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == processId)
            .ToList();
        return [.. children.Select(TryFind).OfType<Process>(), .. children.SelectMany(WorkersOf)];
    }

    private static Process? TryFind(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            // "4711 (a name) S 4710 …": the name may hold spaces and brackets.
            var text = File.ReadAllText($"/proc/{id}/stat", Encoding.Latin1);
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>From the mail, when it comes.</summary>
    private async Task<string> ResetLinkAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (mail.Mails.Select(letter => Link().Match(letter.TextBody ?? "").Value).FirstOrDefault(link => link.Contains("/reset-password", StringComparison.Ordinal)) is { } link)
            {
                return link;
            }

            await Task.Delay(50, timeout.Token);
        }
    }

    private HttpClient NewClient() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address), Timeout = TimeSpan.FromMinutes(2) };

    [GeneratedRegex(@"https://login\.example\.org\S+")]
    private static partial Regex Link();
}
