using System.Text.Encodings.Web;
using System.Text.Json;

namespace LazyMigrate.Web.Components.Admin.Elements;

/// <summary>JSON as people read it.</summary>
internal static class ShownJson
{
    // Shown as text, never as HTML: names in other scripts stay readable.
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indents JSON; what is none comes back as it is.</summary>
    public static string? Indent(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document.RootElement, s_options);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
