using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>A request as a facade sends it.</summary>
/// <remarks>
/// <c>{"id": 1, "method": "POST", "url": "https://…", "headers": [["name", "value"]], "body": "base64" or null, "chunked": false,
/// "redirect": "follow|manual|error", "redirects": at most 5, "toGet": false, "decompress": true, "timeout": ms or null, "tls": what kit.tls made}</c>
/// </remarks>
internal sealed record HttpQuestion
{
    /// <summary>Redirects that are followed for a script, whatever it asks for.</summary>
    public const int MostRedirects = 5;

    private const int LongestUrl = 16_384;
    private const int LongestMethod = 20;

    // The connection is LazyMigrate's, not the script's.
    private static readonly HashSet<string> s_refusedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    };

    public required int Id { get; init; }

    public required HttpMethod Method { get; init; }

    public required Uri Url { get; init; }

    public required IReadOnlyList<(string Name, string Value)> Headers { get; init; }

    public required byte[]? Body { get; init; }

    public required string Redirect { get; init; }

    /// <summary>Redirects that are followed, at most <see cref="MostRedirects"/>.</summary>
    public required int Redirects { get; init; }

    /// <summary>Whether any redirect but a 307 turns the method into GET, as request's <c>followAllRedirects</c> does.</summary>
    public bool TurnsToGet { get; init; }

    /// <summary>Whether the body goes in chunks, without its length said before.</summary>
    public bool Chunked { get; init; }

    /// <summary>Whether the response's body is decompressed by its <c>Content-Encoding</c>.</summary>
    public required bool Decompresses { get; init; }

    public required TlsSettings Tls { get; init; }

    public TimeSpan? Timeout { get; init; }

    public static HttpQuestion Read(JsonElement argument)
    {
        var url = ModuleJson.StringOf(argument, "url") ?? "";
        if (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var parsed))
        {
            throw new ModuleException("ERR_INVALID_URL", "Invalid URL");
        }

        var method = (ModuleJson.StringOf(argument, "method") ?? "GET").ToUpperInvariant();
        if (method is "" or "CONNECT" or "TRACE" or "TRACK" || method.Length > LongestMethod || !method.All(IsTokenCharacter))
        {
            throw new ModuleException("ERR_INVALID_HTTP_TOKEN", "The method is not one that scripts may use.");
        }

        return new HttpQuestion
        {
            Id = ModuleJson.NumberOf(argument, "id") ?? 0,
            Method = new HttpMethod(method),
            Url = parsed,
            Headers = ReadHeaders(argument),
            Body = argument.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String ? ModuleJson.BytesOf(argument, "body") : null,
            Redirect = ModuleJson.StringOf(argument, "redirect") ?? "follow",
            Redirects = Math.Clamp(ModuleJson.NumberOf(argument, "redirects") ?? MostRedirects, 0, MostRedirects),
            TurnsToGet = IsTrue(argument, "toGet"),
            Chunked = IsTrue(argument, "chunked"),
            Decompresses = IsTrue(argument, "decompress"),
            Tls = TlsSettings.Read(argument) ?? TlsSettings.Default,
            Timeout = ModuleJson.NumberOf(argument, "timeout") is > 0 and var milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        };
    }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Url);
        if (Body is not null || Headers.Any(header => header.Name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)))
        {
            message.Content = new ByteArrayContent(Body ?? []);
            message.Headers.TransferEncodingChunked = Chunked && Body is not null ? true : null;
        }

        foreach (var (name, value) in Headers)
        {
            // TryAdd checks no value against the header's grammar, but no value that has a line break gets this far.
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>The next request of a chain: https://fetch.spec.whatwg.org/#http-redirect-fetch.</summary>
    public HttpQuestion Redirected(Uri location, int status)
    {
        var toGet = TurnsToGet
            ? Method != HttpMethod.Head && status != 307
            : (status is 301 or 302 && Method == HttpMethod.Post) || (status == 303 && Method != HttpMethod.Get && Method != HttpMethod.Head);
        var sameOrigin = location.Scheme == Url.Scheme && OutboundGate.HostAndPort(location) == OutboundGate.HostAndPort(Url);
        return this with
        {
            Url = location,
            Method = toGet ? HttpMethod.Get : Method,
            Body = toGet ? null : Body,
            Headers =
            [
                .. Headers.Where(header =>
                    !(toGet && header.Name.StartsWith("content-", StringComparison.OrdinalIgnoreCase))
                    && (sameOrigin || !(header.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase) || header.Name.Equals("cookie", StringComparison.OrdinalIgnoreCase)))),
            ],
        };
    }

    private static bool IsTrue(JsonElement argument, string name) => argument.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.True;

    private static List<(string Name, string Value)> ReadHeaders(JsonElement argument)
    {
        var headers = new List<(string, string)>();
        if (!argument.TryGetProperty("headers", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return headers;
        }

        foreach (var pair in list.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.String || pair[1].ValueKind != JsonValueKind.String)
            {
                throw new ModuleException("ERR_INVALID_ARG_TYPE", "A header must have a name and a text.");
            }

            var (name, value) = (ModuleJson.TextOf(pair[0]), ModuleJson.TextOf(pair[1]));
            if (name.Length == 0 || !name.All(IsTokenCharacter) || value.Any(character => character is '\r' or '\n' or '\0'))
            {
                throw new ModuleException("ERR_INVALID_CHAR", "A header has a character that is not allowed.");
            }

            if (!s_refusedHeaders.Contains(name))
            {
                headers.Add((name, value));
            }
        }

        return headers;
    }

    /// <summary>RFC 9110, 5.6.2.</summary>
    private static bool IsTokenCharacter(char character) => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);
}
