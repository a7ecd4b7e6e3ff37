using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LazyMigrate.Core.Scripting;

/// <summary>Replaces the exact secrets of a run, and their URL-encoded, base64 and JSON forms, in text that leaves it.</summary>
internal sealed class SecretMask
{
    /// <summary>What a secret is replaced by.</summary>
    public const string Mask = "***";

    /// <summary>Shorter ones are replaced only where they stand alone: a password <c>a</c> must not turn every word into stars.</summary>
    private const int ShortLength = 3;

    /// <summary>Shorter ones are in too many words by chance, and so are parts of their base64 forms.</summary>
    private const int ShortestInAnswer = 8;

    private static readonly string[] s_identifiers = ["id", "user_id", "email", "phone", "phone_number", "username"];

    /// <summary>Names of the contract's own: a password <c>username</c> must not take the field away.</summary>
    private static readonly string[] s_fields =
    [
        .. s_identifiers, "emailVerified", "email_verified", "phoneVerified", "phone_verified", "name", "nickname", "givenName", "given_name", "familyName",
        "family_name", "photo", "picture", "gender", "birthdate", "locale", "zoneinfo", "address", "company", "website", "blocked", "loginsCount", "lastLogin",
        "signedUp", "roles", "customData", "user_metadata", "app_metadata", "metadata", "mfa_factors", "totalCount", "list",
    ];

    private static readonly JsonSerializerOptions s_answer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string[] _long;
    private readonly string[] _inAnswer;
    private readonly string[] _short;

    public SecretMask(IEnumerable<string> secrets)
    {
        var forms = secrets.Where(secret => !string.IsNullOrEmpty(secret)).SelectMany(FormsOf).Distinct(StringComparer.Ordinal).ToList();
        _long = [.. forms.Where(form => form.Length >= ShortLength).OrderByDescending(form => form.Length)];
        _inAnswer = [.. _long.Where(form => form.Length >= ShortestInAnswer)];
        _short = [.. forms.Where(form => form.Length < ShortLength)];
    }

    public string Apply(string text)
    {
        foreach (var secret in _long)
        {
            text = EscapedText.Replace(text, secret, Mask);
        }

        foreach (var secret in _short)
        {
            text = ReplaceAlone(text, secret);
        }

        return text;
    }

    public ScriptCompletion Apply(ScriptCompletion completion) => completion switch
    {
        ScriptCompletion.Threw(var error) => new ScriptCompletion.Threw(error with
        {
            Name = Cut(Apply(error.Name)),
            Message = Cut(Apply(error.Message)),
            Code = error.Code is null ? null : Cut(Apply(error.Code)),
            Stack = error.Stack is null ? null : Apply(error.Stack),
        }),
        ScriptCompletion.Failed(var failure) => new ScriptCompletion.Failed(failure with
        {
            Message = Cut(Apply(failure.Message)),
            Stack = failure.Stack is null ? null : Apply(failure.Stack),
        }),
        ScriptCompletion.Answered({ } json) => new ScriptCompletion.Answered(ApplyToAnswer(json)),
        _ => completion,
    };

    /// <summary>Masks what a script returns, which may be stored as somebody's profile.</summary>
    /// <remarks>
    /// Not the key and the identifiers: people whose password is their user name must get here under that name. And no short
    /// secrets: a password <c>berlin</c> must not change an address.
    /// </remarks>
    private string ApplyToAnswer(string json)
    {
        // Where nothing is escaped, what is not in the text is in none of its strings either.
        if (!json.Contains('\\') && !_inAnswer.Any(form => json.Contains(form, StringComparison.Ordinal)))
        {
            return json;
        }

        try
        {
            var answer = JsonNode.Parse(json);
            var masked = (answer is JsonObject profile ? Masked(profile, s_identifiers) : Masked(answer))?.ToJsonString(s_answer) ?? "null";
            return masked.Contains(Mask, StringComparison.Ordinal) ? masked : json;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not readable, and so refused by whoever reads it next.
            return json;
        }
    }

    private JsonNode? Masked(JsonNode? node) => node switch
    {
        JsonObject item => Masked(item, []),
        JsonArray list => new JsonArray([.. list.Select(Masked)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(MaskLong(text)),
        _ => node?.DeepClone(),
    };

    private JsonObject Masked(JsonObject item, string[] except)
    {
        var masked = new JsonObject();
        foreach (var (name, value) in item)
        {
            masked[s_fields.Contains(name) ? name : MaskLong(name)] = except.Contains(name) && !IsProse(value) ? value?.DeepClone() : Masked(value);
        }

        return masked;
    }

    /// <summary>No identifier has spaces in it.</summary>
    private static bool IsProse(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Any(char.IsWhiteSpace);

    private string MaskLong(string text)
    {
        foreach (var secret in _inAnswer)
        {
            text = EscapedText.Replace(text, secret, Mask);
        }

        return text;
    }

    private static string Cut(string text) => TextCut.At(text, 2048);

    private static IEnumerable<string> FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var base64 = Convert.ToBase64String(bytes);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return System.Net.WebUtility.UrlEncode(secret);
        yield return base64;
        yield return base64.TrimEnd('=');
        yield return base64.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

        // Within a longer text, as in the header of basic authentication, the same bytes have two more base64 forms; their
        // ends depend on the neighbours.
        foreach (var offset in bytes.Length < ShortestInAnswer ? (int[])[] : [0, 1, 2])
        {
            var encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            var core = encoded[(offset == 0 ? 0 : offset + 1)..^((offset + bytes.Length) % 3 == 0 ? 0 : 4)];
            yield return core;
            yield return core.Replace('+', '-').Replace('/', '_');
        }
    }

    private static string ReplaceAlone(string text, string secret)
    {
        var result = new StringBuilder();
        var from = 0;
        for (var at = text.IndexOf(secret, StringComparison.Ordinal); at >= 0; at = text.IndexOf(secret, at + secret.Length, StringComparison.Ordinal))
        {
            var end = at + secret.Length;
            var alone = (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
            if (alone)
            {
                result.Append(text, from, at - from).Append(Mask);
                from = end;
            }
        }

        return from == 0 ? text : result.Append(text, from, text.Length - from).ToString();
    }
}
