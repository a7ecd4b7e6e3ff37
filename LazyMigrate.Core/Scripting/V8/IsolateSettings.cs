using System.Text.Json.Serialization;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>What the bootstrap is told about its run.</summary>
internal sealed record IsolateSettings(
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<string> FunctionNames,
    int ConsoleLineLength,
    int ResultLength,
    int ResultDepth);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IsolateSettings))]
[JsonSerializable(typeof(ThrownError.Described))]
internal sealed partial class IsolateJson : JsonSerializerContext;
