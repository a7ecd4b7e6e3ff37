using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LazyMigrate.Core.Scripting.V8;

/// <summary>Reads what the bootstrap says of an error that left the script.</summary>
internal static partial class ThrownError
{
    /// <summary>The error as the bootstrap describes it; everything in it is the script's word, except the brand.</summary>
    internal sealed record Described(string? Brand, string Name, string Message, string? Code, string? Stack, bool Loading, bool CalledBack);

    public static ScriptCompletion Read(string json, string source, bool moduleCallFailed)
    {
        var thrown = JsonSerializer.Deserialize(json, IsolateJson.Default.Described)!;
        var frames = FrameRegex().Matches(thrown.Stack ?? "");
        var position = frames.Count > 0 ? PositionOf(frames[0]) : null;
        var stack = frames.Count > 0 ? string.Join('\n', frames.Select(frame => frame.Value.Trim())) : null;

        if (thrown is { Loading: true, Name: "SyntaxError" } && ScriptSyntax.FindError(source) is { } error)
        {
            return new ScriptCompletion.Failed(error);
        }

        ScriptFailureKind? kind = thrown.Brand switch
        {
            "UnknownModule" => ScriptFailureKind.UnknownModule,
            "Placeholder" => ScriptFailureKind.Placeholder,
            "Temporary" when thrown.Loading => ScriptFailureKind.TemporaryError,
            // V8's own words for a limit that a script can catch.
            _ when thrown is { Name: "RangeError", Message: "Array buffer allocation failed" } => ScriptFailureKind.MemoryLimit,
            _ when thrown.Loading => moduleCallFailed ? ScriptFailureKind.ModuleError : ScriptFailureKind.ScriptError,
            _ => null,
        };
        if (kind is { } failed)
        {
            return new ScriptCompletion.Failed(new ScriptFailure(failed, Sentence(failed, thrown), position) { Stack = stack });
        }

        return new ScriptCompletion.Threw(
            new ScriptError(ClassOf(thrown.Brand), thrown.Name, thrown.Message, thrown.Code, moduleCallFailed, position, stack) { WasCalledBack = thrown.CalledBack });
    }

    private static string Sentence(ScriptFailureKind kind, Described thrown) => kind switch
    {
        ScriptFailureKind.UnknownModule or ScriptFailureKind.Placeholder or ScriptFailureKind.TemporaryError => thrown.Message,
        ScriptFailureKind.MemoryLimit => "The script used more memory for buffers than it may. Read fewer rows, and keep less of them.",
        ScriptFailureKind.ModuleError => $"A module call failed while the script was loaded: {thrown.Message}",
        _ => $"The script failed while it was loaded: {thrown.Name}: {thrown.Message}",
    };

    private static ScriptErrorClass ClassOf(string? brand) =>
        Enum.TryParse<ScriptErrorClass>(brand, out var known) ? known : ScriptErrorClass.Plain;

    private static ScriptPosition PositionOf(Match frame) => new(
        int.Parse(frame.Groups["line"].ValueSpan, CultureInfo.InvariantCulture),
        int.Parse(frame.Groups["column"].ValueSpan, CultureInfo.InvariantCulture));

    // "    at async login (script.js:12:17)" or "    at script.js:1:7"
    [GeneratedRegex(@"^\s+at (?:[^\n]{0,200} \()?script\.js:(?<line>\d{1,6}):(?<column>\d{1,6})\)?$", RegexOptions.Multiline)]
    private static partial Regex FrameRegex();
}
