using System.Text.Json.Serialization;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>What the bootstrap is told about its run.</summary>
/// <param name="Variables">What the script sees as <c>env</c>.</param>
/// <param name="Dialect"><c>Authing</c> or <c>Auth0</c>.</param>
/// <param name="FunctionNames">The names that the function to call may have.</param>
/// <param name="FunctionIsValue">Whether the script as a whole evaluates to that function.</param>
/// <param name="Packages">The names of brought packages.</param>
/// <param name="IgnoresAnswer">Whether what the function returns is left where it is, however large.</param>
/// <param name="ConsoleLineLength">As <see cref="ScriptLimits"/> has it.</param>
/// <param name="ResultLength">As <see cref="ScriptLimits"/> has it.</param>
/// <param name="ResultDepth">As <see cref="ScriptLimits"/> has it.</param>
internal sealed record IsolateSettings(
    IReadOnlyDictionary<string, string> Variables,
    string Dialect,
    IReadOnlyList<string> FunctionNames,
    bool FunctionIsValue,
    IReadOnlyList<string> Packages,
    bool IgnoresAnswer,
    int ConsoleLineLength,
    int ResultLength,
    int ResultDepth);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IsolateSettings))]
[JsonSerializable(typeof(ThrownError.Described))]
internal sealed partial class IsolateJson : JsonSerializerContext;
