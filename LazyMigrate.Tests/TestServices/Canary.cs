using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A secret that must not be found anywhere, in any form that a program writes a text in.</summary>
internal sealed class Canary
{
    private readonly (string Name, byte[] Bytes)[] _forms;

    /// <param name="name">What it is, for the message.</param>
    /// <param name="secret">With characters that the forms write differently.</param>
    public Canary(string name, string secret)
    {
        Name = name;
        Secret = secret;
        _forms = [.. FormsOf(secret).DistinctBy(form => Convert.ToHexString(form.Bytes))];
    }

    public string Name { get; }

    public string Secret { get; }

    /// <summary>Where it is found, each with the form and what stands around it.</summary>
    public IEnumerable<string> FindIn(string where, byte[] content)
    {
        foreach (var (form, bytes) in _forms)
        {
            if (content.AsSpan().IndexOf(bytes) is >= 0 and var at)
            {
                var from = Math.Max(0, at - 120);
                var around = Encoding.Latin1.GetString(content, from, Math.Min(content.Length, at + bytes.Length + 80) - from);
                yield return $"{Name}, {form}, in {where} at {at}: {string.Concat(around.Select(letter => char.IsControl(letter) ? '·' : letter))}";
            }
        }
    }

    private static IEnumerable<(string Form, byte[] Bytes)> FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return ("as it is", bytes);
        yield return ("UTF-16", Encoding.Unicode.GetBytes(secret));
        yield return ("URL-encoded", Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret)));
        yield return ("form-encoded", Encoding.UTF8.GetBytes(System.Net.WebUtility.UrlEncode(secret)));
        yield return ("hexadecimal", Encoding.UTF8.GetBytes(Convert.ToHexString(bytes)));
        yield return ("hexadecimal, small", Encoding.UTF8.GetBytes(Convert.ToHexStringLower(bytes)));
        yield return ("reversed", Encoding.UTF8.GetBytes(string.Concat(secret.Reverse())));
        yield return ("HTML", Encoding.UTF8.GetBytes(HtmlEncoder.Default.Encode(secret)));
        yield return ("JSON", Encoding.UTF8.GetBytes(JsonEncodedText.Encode(secret).ToString()));
        yield return ("JSON, relaxed", Encoding.UTF8.GetBytes(JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()));

        // In a longer text the same bytes have one of three base64 forms; its ends depend on the neighbours.
        for (var offset = 0; offset < 3; offset++)
        {
            var core = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            core = core[(offset == 0 ? 0 : offset + 1)..^((offset + bytes.Length) % 3 == 0 ? 0 : 4)];
            yield return ($"base64 at {offset}", Encoding.UTF8.GetBytes(core));
            yield return ($"base64url at {offset}", Encoding.UTF8.GetBytes(core.Replace('+', '-').Replace('/', '_')));
        }
    }
}
