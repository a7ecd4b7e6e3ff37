using System.Text.RegularExpressions;
using Acornima.Ast;

namespace LazyMigrate.Core.Scripting;

/// <summary>A function without a name at the top level: the dialect auth0 allows it, JavaScript does not.</summary>
internal static partial class AnonymousFunction
{
    /// <summary>The name that the rewritten function has.</summary>
    public const string Name = "main";

    private const string Inserted = $" {Name}";

    /// <summary>Makes it an expression of the same length, so that every line and column before its end stays where it was.</summary>
    /// <returns>The source to run, or null where the source has no such function; and what else is wrong with the source.</returns>
    /// <remarks>
    /// <code>
    /// function (email, password, callback) { … }         async function (email, password, callback) { … }
    /// ({main   (email, password, callback) { … }})       ({async main   (email, password, callback) { … }})
    /// </code>
    /// </remarks>
    public static (string? Source, ScriptFailure? Error) Rewrite(string source)
    {
        if (ScriptSyntax.FindErrorIndex(source) is not { } at || HeadRegex().Match(source[..at]) is not { Success: true } head)
        {
            return (null, null);
        }

        // Named first, only to learn where it ends.
        var (program, error) = ScriptSyntax.Parse(source.Insert(at, Inserted));
        if (program is null)
        {
            return (null, Moved(error!, source, at));
        }

        if (program.Body.OfType<FunctionDeclaration>().FirstOrDefault(function => function.Id?.Start == at + 1) is not { } named)
        {
            return (null, null);
        }

        var end = named.End - Inserted.Length;
        var opening = (head.Groups["async"].Success ? $"({{async {Name}" : $"({{{Name}").PadRight(head.Length);
        return ($"{source[..head.Index]}{opening}{source[at..end]}}}){source[end..]}", null);
    }

    /// <summary>An error behind the inserted name, on its line, is that much further left.</summary>
    private static ScriptFailure Moved(ScriptFailure error, string source, int at)
    {
        var line = source.AsSpan(0, at).Count('\n') + 1;
        var column = at - source.LastIndexOf('\n', Math.Max(at - 1, 0));
        return error.Position is { } position && position.Line == line && position.Column > column
            ? error with { Position = position with { Column = position.Column - Inserted.Length } }
            : error;
    }

    [GeneratedRegex(@"(?:(?<async>async)[^\S\n]+)?(?<![\w$.])function\s*$")]
    private static partial Regex HeadRegex();
}
