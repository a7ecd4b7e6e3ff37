using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Finds an error wherever a line holds the word <see cref="Mistake"/>, and nothing else.</summary>
public sealed class TestScriptInspector : IScriptInspector
{
    public const string Mistake = "MISTAKE";

    public ScriptInspection Inspect(ScriptKind kind, string source, ScriptDialect? dialect = null)
    {
        var problems = source.Split('\n')
            .Select((line, index) => (Line: index + 1, Column: line.IndexOf(Mistake, StringComparison.Ordinal) + 1))
            .Where(place => place.Column > 0)
            .Select(place => new ScriptProblem(ScriptProblemSeverity.Error, "Unexpected token.", new ScriptPosition(place.Line, place.Column)));
        return new ScriptInspection([], [], [.. problems]) { Dialect = dialect ?? ScriptDialect.Authing };
    }
}
