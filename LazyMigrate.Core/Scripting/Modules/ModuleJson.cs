using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>JSON between facades and host parts.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ModuleJson : JsonSerializerContext
{
    // The reader is JSON.parse, never HTML: nothing needs escaping for it, and names and addresses stay short.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one JSON value.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>A string field of an argument, or null where it is missing or something else.</summary>
    public static string? StringOf(JsonElement argument, string name) =>
        argument.ValueKind == JsonValueKind.Object && argument.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
            ? TextOf(field)
            : null;

    /// <summary>A JSON string as text.</summary>
    /// <exception cref="ModuleException">It holds half of a surrogate pair, which is no text.</exception>
    public static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ModuleException("ERR_INVALID_ARG_VALUE", "A string is not well-formed: it holds half of a surrogate pair.");
        }
    }

    /// <summary>A whole number of an argument, or null where it is missing or something else.</summary>
    public static int? NumberOf(JsonElement argument, string name) =>
        argument.ValueKind == JsonValueKind.Object && argument.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var number)
            ? number
            : null;

    /// <summary>Bytes that the facade sent as base64.</summary>
    public static byte[] BytesOf(JsonElement argument, string name)
    {
        if (argument.ValueKind == JsonValueKind.Object && argument.TryGetProperty(name, out var field)
            && field.ValueKind == JsonValueKind.String && field.TryGetBytesFromBase64(out var bytes))
        {
            return bytes;
        }

        throw new ModuleException("ERR_INVALID_ARG_TYPE", $"The argument `{name}` must be a string or a Buffer.");
    }
}
