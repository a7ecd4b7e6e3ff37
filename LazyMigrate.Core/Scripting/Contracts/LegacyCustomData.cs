using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>Gathers the fields that have no place of their own, without those that look like secrets.</summary>
internal sealed class LegacyCustomData(List<ProfileProblem> problems)
{
    private const int Bytes = 64 * 1024;

    // As written for storage and for JSON.parse, never for HTML: nothing but JSON's own needs escaping.
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_secretWords = ["password", "salt", "hash", "token"];

    private readonly JsonObject _fields = [];

    /// <summary>Adds the fields of an object; a later one of the same name wins.</summary>
    public void Merge(JsonElement? value, string name)
    {
        if (value is not { } given)
        {
            return;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new ProfileProblem(name, $"`{name}` is not an object and was dropped.", IsFatal: false));
            return;
        }

        foreach (var field in given.EnumerateObject())
        {
            Add(field.Name, field.Value);
        }
    }

    public void Add(string name, JsonElement value)
    {
        if (LooksSecret(name) || (value.ValueKind == JsonValueKind.String && value.GetString() == SecretMask.Mask))
        {
            Report(name);
            return;
        }

        var node = value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(value),
            JsonValueKind.Array => JsonArray.Create(value),
            _ => (JsonNode?)JsonValue.Create(value),
        };
        DropSecrets(node, name);
        _fields[name] = node;
    }

    /// <summary>One JSON object, or null where there is nothing to keep, or too much.</summary>
    public string? ToJson(string name)
    {
        if (_fields.Count == 0)
        {
            return null;
        }

        var json = _fields.ToJsonString(s_options);
        if (Encoding.UTF8.GetByteCount(json) <= Bytes)
        {
            return json;
        }

        problems.Add(new ProfileProblem(name, $"`{name}` is larger than {Bytes / 1024} KB with the fields that have no place of their own, and was dropped.", IsFatal: false));
        return null;
    }

    private void Report(string path) => problems.Add(Dropped(path));

    /// <summary>The note for a field that is a secret by its name, or whose value or name was masked.</summary>
    internal static ProfileProblem Dropped(string path) => new(path, $"`{path}` looks like a secret and was dropped.", IsFatal: false);

    private static bool LooksSecret(string name) => name == SecretMask.Mask || s_secretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsMasked(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text == SecretMask.Mask;

    private void DropSecrets(JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var name in map.Select(field => field.Key).ToList())
                {
                    if (LooksSecret(name) || IsMasked(map[name]))
                    {
                        map.Remove(name);
                        Report($"{path}.{name}");
                    }
                    else
                    {
                        DropSecrets(map[name], $"{path}.{name}");
                    }
                }

                break;
            case JsonArray list:
                if (list.RemoveAll(IsMasked) > 0)
                {
                    Report(path);
                }

                foreach (var item in list)
                {
                    DropSecrets(item, path);
                }

                break;
        }
    }
}
