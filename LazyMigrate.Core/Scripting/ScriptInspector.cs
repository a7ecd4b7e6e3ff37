using Acornima.Ast;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Packages;

namespace LazyMigrate.Core.Scripting;

/// <summary>Reads scripts with a parser of its own, so that the editor and the publisher never run one to look at it.</summary>
internal sealed class ScriptInspector(ScriptModuleCatalog modules, IScriptPackageSource packages, ScriptLimits limits) : IScriptInspector
{
    public ScriptInspection Inspect(ScriptKind kind, string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length > limits.SourceLength)
        {
            return Unreadable(new ScriptProblem(ScriptProblemSeverity.Error, TooLong(source.Length, limits), null));
        }

        var reading = ScriptReading.Of(kind, source);
        if (reading.Program is not { } program)
        {
            return Unreadable(new ScriptProblem(ScriptProblemSeverity.Error, reading.Error!.Message, reading.Error.Position));
        }

        var problems = new List<ScriptProblem>();
        if (!reading.HasEntry)
        {
            problems.Add(new ScriptProblem(ScriptProblemSeverity.Error, FunctionMissing(kind, reading.Functions), null));
        }

        var required = new List<string>();
        foreach (var (name, position) in RequiredModules(program))
        {
            if (!required.Contains(name))
            {
                required.Add(name);
            }

            if (!IsThere(name))
            {
                problems.Add(new ScriptProblem(ScriptProblemSeverity.Error, modules.UnknownModule(name), position));
            }
        }

        return new ScriptInspection(reading.Functions, required, problems)
        {
            Dialect = reading.Dialect,
            UnavailableModules = [.. required.Where(name => !IsThere(name))],
        };
    }

    private bool IsThere(string name) =>
        modules.Contains(name) || packages.List().Any(package => package.Name == PackageResolver.Split(name).Name);

    internal static string TooLong(int length, ScriptLimits limits) =>
        $"The script has {length:N0} characters; {limits.SourceLength:N0} are allowed. Leave out what login does not need.";

    /// <summary>For example "This script defines `logIn`, but it must define `login`."</summary>
    internal static string FunctionMissing(ScriptKind kind, IReadOnlyList<string> found)
    {
        var expected = ScriptFunctionNames.Described(kind);
        if (found.Count == 0)
        {
            return $"This script defines no function, but it must define {expected}.";
        }

        var names = found.Take(5).Select(name => $"`{name}`").ToList();
        var list = names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
        return $"This script defines {list}, but it must define {expected}.";
    }

    private static ScriptInspection Unreadable(ScriptProblem problem) => new([], [], [problem]);

    private static IEnumerable<(string Name, ScriptPosition Position)> RequiredModules(Script program) =>
        from call in program.DescendantNodes().OfType<CallExpression>()
        where call.Callee is Identifier { Name: "require" } && call.Arguments.Count > 0
        let name = LiteralOf(call.Arguments[0])
        where !string.IsNullOrEmpty(name)
        let start = call.Arguments[0].Location.Start
        select (ScriptModuleCatalog.NameOf(name), new ScriptPosition(start.Line, start.Column + 1));

    private static string? LiteralOf(Node node) => node switch
    {
        StringLiteral literal => literal.Value,
        TemplateLiteral { Expressions.Count: 0 } template => template.Quasis[0].Value.Cooked,
        _ => null,
    };
}
