using Acornima;
using Acornima.Ast;

namespace LazyMigrate.Core.Scripting;

/// <summary>Parses scripts as V8 would run them: as programs, not as modules.</summary>
internal static class ScriptSyntax
{
    /// <summary>Parses, or says what is wrong and where.</summary>
    public static (Script? Program, ScriptFailure? Error) Parse(string source)
    {
        try
        {
            return (new Parser().ParseScript(source), null);
        }
        catch (ParseErrorException exception)
        {
            var position = exception.LineNumber > 0 ? new ScriptPosition(exception.LineNumber, exception.Column + 1) : null;
            return (null, new ScriptFailure(ScriptFailureKind.SyntaxError, Sentence(exception, source), position));
        }
        catch (InsufficientExecutionStackException)
        {
            return (null, new ScriptFailure(ScriptFailureKind.SyntaxError, "The script is nested too deeply to be read."));
        }
    }

    /// <summary>What is wrong with the source, or null.</summary>
    public static ScriptFailure? FindError(string source) => Parse(source).Error;

    /// <summary>Where the source stops to parse, or null.</summary>
    public static int? FindErrorIndex(string source)
    {
        try
        {
            new Parser().ParseScript(source);
        }
        catch (ParseErrorException exception)
        {
            return exception.Error.Index >= 0 && exception.Error.Index <= source.Length ? exception.Error.Index : null;
        }
        catch (InsufficientExecutionStackException)
        {
            // Too deep to be read: no place is to blame.
        }

        return null;
    }

    private static string Sentence(ParseErrorException exception, string source)
    {
        var index = exception.Error.Index;
        var rest = index >= 0 && index < source.Length ? source.AsSpan(index) : default;
        if (rest.StartsWith("export", StringComparison.Ordinal))
        {
            return "A script is not an ES module: leave out `export`, a function at the top level is enough.";
        }

        if (rest.StartsWith("import", StringComparison.Ordinal))
        {
            return "A script is not an ES module: write `const { Client } = require('pg')` instead of `import`.";
        }

        return $"The script does not parse: {exception.Error.Description.TrimEnd('.')}.";
    }
}
