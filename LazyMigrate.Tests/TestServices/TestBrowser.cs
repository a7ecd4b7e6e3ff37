using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace LazyMigrate.Tests.TestServices;

/// <summary>One person's browser without JavaScript: it keeps cookies and the page it shows, and follows no redirect by itself.</summary>
internal sealed class TestBrowser(HttpClient client)
{
    private TestPage? _page;

    /// <summary>The page that is shown.</summary>
    /// <exception cref="InvalidOperationException">None was opened yet.</exception>
    public TestPage Page => _page ?? throw new InvalidOperationException("Open a page first.");

    public Task<TestPage> GetAsync(string url) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url));

    /// <summary>Goes where the page redirects to, until a page shows something.</summary>
    public async Task<TestPage> FollowAsync()
    {
        while (Page.Location is { } location)
        {
            await GetAsync(location);
        }

        return Page;
    }

    /// <summary>Fills in the page's form and posts it with its hidden fields.</summary>
    public Task<TestPage> SubmitAsync(params (string Name, string Value)[] fields)
    {
        var form = Page.Document.QuerySelector<IHtmlFormElement>("main form") ?? throw new InvalidOperationException($"The page has no form: {Page.Html}");
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(input => (input.Name!, input.Value));
        return PostAsync(form.GetAttribute("action") ?? Page.Url, [.. hidden, .. fields]);
    }

    /// <summary>Posts fields, with nothing added.</summary>
    public Task<TestPage> PostAsync(string url, params (string Name, string Value)[] fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, url)
    {
        Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
    });

    private async Task<TestPage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await client.SendAsync(request);
            _page = new TestPage(request.RequestUri!.OriginalString, response, await response.Content.ReadAsStringAsync());
            return _page;
        }
    }
}

/// <summary>An answer of the server.</summary>
internal sealed class TestPage
{
    private readonly Lazy<IHtmlDocument> _document;
    private readonly Dictionary<string, string> _headers;

    public TestPage(string url, HttpResponseMessage response, string html)
    {
        Url = url;
        Html = html;
        Status = response.StatusCode;
        Location = response.Headers.Location?.OriginalString;
        SetCookies = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];
        _headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        _document = new Lazy<IHtmlDocument>(() => new HtmlParser().ParseDocument(html));
    }

    public string Url { get; }

    public HttpStatusCode Status { get; }

    public string Html { get; }

    /// <summary>Where it redirects to, or null.</summary>
    public string? Location { get; }

    /// <summary>Each <c>Set-Cookie</c> header as it came.</summary>
    public IReadOnlyList<string> SetCookies { get; }

    public IHtmlDocument Document => _document.Value;

    public string Heading => Document.QuerySelector("main h1")?.TextContent ?? "";

    /// <summary>The alert above the form, or null.</summary>
    public string? Alert => Text("[role=alert]");

    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>All headers as one line, but those that differ by nature.</summary>
    public string AllHeaders(params string[] except) => string.Join("; ", _headers
        .Where(header => !except.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .OrderBy(header => header.Key, StringComparer.Ordinal)
        .Select(header => $"{header.Key}: {header.Value}"));

    /// <summary>The sentence that the field's <c>aria-describedby</c> leads to, or null when the field is not marked invalid.</summary>
    public string? ErrorAt(string field)
    {
        var input = Document.QuerySelector($"[name='{field}']");
        return input?.GetAttribute("aria-invalid") == "true"
            ? Text($"#{input.GetAttribute("aria-describedby")!.Split(' ')[0]}")
            : null;
    }

    /// <summary>The text of the first element that a selector finds, white space folded, or null.</summary>
    public string? Text(string selector) =>
        Document.QuerySelector(selector) is { } element ? string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;
}
