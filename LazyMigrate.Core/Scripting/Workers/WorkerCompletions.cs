using System.Text;
using System.Text.Json;
using LazyMigrate.Core.Scripting.V8;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>Takes completions across the pipe, and believes nothing of what comes back.</summary>
internal static class WorkerCompletions
{
    /// <summary>More than the bootstrap lets any text have, before the server masks and cuts it.</summary>
    private const int LongestText = 16_384;
    private const int LongestPosition = 1_000_000;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static WorkerRunEnd Write(ScriptCompletion completion, int droppedLines, bool wedged, bool begun) => completion switch
    {
        ScriptCompletion.Answered(var json) => new(true, json is null ? null : Encoding.UTF8.GetBytes(json), null, null, droppedLines, wedged, begun),
        ScriptCompletion.Threw(var error) => new(false, null, Cut(error), null, droppedLines, wedged, begun),
        ScriptCompletion.Failed(var failure) => new(false, null, null, Cut(failure), droppedLines, wedged, begun),
        _ => throw new ArgumentOutOfRangeException(nameof(completion)),
    };

    /// <exception cref="WorkerProtocolException">It is no completion that this run can have.</exception>
    public static ScriptCompletion Read(WorkerRunEnd end, ScriptLimits limits)
    {
        Demand(end.DroppedLines >= 0, "dropped lines");
        switch (end)
        {
            case { Answered: true, Error: null, Failure: null }:
                return new ScriptCompletion.Answered(end.Json is null ? null : ReadAnswer(end.Json, limits));
            case { Answered: false, Json: null, Error: { } error, Failure: null }:
                Demand(Enum.IsDefined(error.Class), "error class");
                DemandText(error.Name, error.Message, error.Code, error.Stack);
                Demand(error.Position);
                return new ScriptCompletion.Threw(error);
            case { Answered: false, Json: null, Error: null, Failure: { } failure }:
                Demand(failure);
                return new ScriptCompletion.Failed(failure);
            default:
                throw new WorkerProtocolException("A completion that is not exactly one of answer, error and failure.");
        }
    }

    /// <summary>The answer as text: JSON within the limits of its run.</summary>
    private static string ReadAnswer(byte[] json, ScriptLimits limits)
    {
        try
        {
            // The depth of a lone value is 0, of {} and [] 1: as the bootstrap counts.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.ResultDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    // Throws where an escape is half of a surrogate pair.
                    reader.GetString();
                }
            }

            var text = s_utf8.GetString(json);
            Demand(text.Length <= limits.ResultLength, "length of the answer");
            return text;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw new WorkerProtocolException("An answer that is no JSON within the limits.", exception);
        }
    }

    private static void Demand(ScriptFailure failure)
    {
        Demand(Enum.IsDefined(failure.Kind), "failure kind");
        DemandText(failure.Message, failure.Stack);
        Demand(failure.Position);
    }

    private static void Demand(ScriptPosition? position) =>
        Demand(position is null or { Line: > 0 and <= LongestPosition, Column: > 0 and <= LongestPosition }, "position");

    private static void DemandText(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            Demand(text is null || text.Length <= LongestText, "length of a text");
        }
    }

    private static void Demand(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new WorkerProtocolException($"A completion with a bad {what}.");
        }
    }

    private static ScriptError Cut(ScriptError error) => error with
    {
        Name = Cut(error.Name)!,
        Message = Cut(error.Message)!,
        Code = Cut(error.Code),
        Stack = Cut(error.Stack),
    };

    private static ScriptFailure Cut(ScriptFailure failure) => failure with { Message = Cut(failure.Message)!, Stack = Cut(failure.Stack) };

    private static string? Cut(string? text) => text is null ? null : TextCut.At(text, LongestText);
}
