using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting;

/// <summary>Replaces the exact secrets of a run, and their URL-encoded, base64 and JSON forms, in text that leaves it.</summary>
internal sealed class SecretMask
{
    private const string Mask = "***";

    /// <summary>Shorter ones are replaced only where they stand alone: a password <c>a</c> must not turn every word into stars.</summary>
    private const int ShortLength = 3;

    private readonly string[] _long;
    private readonly string[] _short;

    public SecretMask(IEnumerable<string> secrets)
    {
        var forms = secrets.Where(secret => !string.IsNullOrEmpty(secret)).SelectMany(FormsOf).Distinct(StringComparer.Ordinal).ToList();
        _long = [.. forms.Where(form => form.Length >= ShortLength).OrderByDescending(form => form.Length)];
        _short = [.. forms.Where(form => form.Length < ShortLength)];
    }

    public string Apply(string text)
    {
        foreach (var secret in _long)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
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
        _ => completion,
    };

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
