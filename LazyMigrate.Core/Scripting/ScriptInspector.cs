using Acornima.Ast;
using LazyMigrate.Core.Scripting.Modules;
using LazyMigrate.Core.Scripting.Packages;

namespace LazyMigrate.Core.Scripting;

/// <summary>Reads scripts with a parser of its own, so that the editor and the publisher never run one to look at it.</summary>
internal sealed class ScriptInspector(ScriptModuleCatalog modules, IScriptPackageSource packages, ScriptLimits limits) : IScriptInspector
{
    public ScriptInspection Inspect(ScriptKind kind, string source, ScriptDialect? dialect = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length > limits.SourceLength)
        {
            return Unreadable(new ScriptProblem(ScriptProblemSeverity.Error, TooLong(source.Length, limits), null));
        }

        var reading = ScriptReading.Of(kind, source, dialect);
        if (reading.Program is not { } program)
        {
            return Unreadable(new ScriptProblem(ScriptProblemSeverity.Error, reading.Error!.Message, reading.Error.Position));
        }

        var problems = new List<ScriptProblem>();
        if (!reading.HasEntry)
        {
            problems.Add(new ScriptProblem(ScriptProblemSeverity.Error, FunctionMissing(kind, reading.Functions), null));
        }

        var detected = dialect is null ? reading.Dialect : ScriptReading.Of(kind, source).Dialect;
        if (WrongDialect(kind, reading, detected) is { } wrong)
        {
            problems.Add(wrong);
        }

        var required = new List<string>();
        var requests = RequiredModules(program).ToList();
        foreach (var (request, position) in requests)
        {
            var name = ScriptModuleCatalog.NameOf(request);
            if (!required.Contains(name))
            {
                required.Add(name);
            }

            if (!IsThere(name))
            {
                problems.Add(new ScriptProblem(ScriptProblemSeverity.Error, modules.UnknownModule(name), position));
            }
        }

        problems.AddRange(new ScriptWarnings(kind, reading, dialect is not null, modules).Find());
        return new ScriptInspection(reading.Functions, required, problems)
        {
            HasFunction = reading.HasEntry,
            Dialect = reading.Dialect,
            UnavailableModules = [.. required.Where(name => !IsThere(name))],
            Requests = [.. requests.Select(request => request.Request)],
            DetectedDialect = detected,
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

    /// <summary>What was said of the dialect and cannot be, or is not likely to be meant.</summary>
    private static ScriptProblem? WrongDialect(ScriptKind kind, ScriptReading reading, ScriptDialect detected)
    {
        if (reading.Entry is not { } function || reading.Dialect == detected)
        {
            return null;
        }

        var start = ((Node)function).Location.Start;
        var position = new ScriptPosition(start.Line, start.Column + 1);
        var hasRest = function.Params.Count > 0 && function.Params[^1] is RestElement;
        if (reading.Dialect == ScriptDialect.Authing)
        {
            const string LooksLikeCallback = "The dialect is set to authing, but the function looks as if it calls back: its last parameter would be the context, and only what it returns counts.";
            return new ScriptProblem(ScriptProblemSeverity.Warning, LooksLikeCallback, position) { Code = ScriptProblemCodes.DialectWithCallback };
        }

        if (function.Params.Count >= ScriptReading.CallbackAt(kind) || hasRest)
        {
            return null;
        }

        var example = kind == ScriptKind.Login ? "login(email, password, callback)" : "getUser(email, callback)";
        var message = $"The dialect is set to auth0, but the function has no parameter for the callback: write {example}, or set the dialect to Automatic.";
        return new ScriptProblem(ScriptProblemSeverity.Error, message, position) { Code = ScriptProblemCodes.DialectWithoutCallback };
    }

    private static ScriptInspection Unreadable(ScriptProblem problem) => new([], [], [problem]);

    private static IEnumerable<(string Request, ScriptPosition Position)> RequiredModules(Script program) =>
        from call in program.DescendantNodes().OfType<CallExpression>()
        where call.Callee is Identifier { Name: "require" } && call.Arguments.Count > 0
        let name = LiteralOf(call.Arguments[0])
        where !string.IsNullOrEmpty(name)
        let start = call.Arguments[0].Location.Start
        select (name, new ScriptPosition(start.Line, start.Column + 1));

    private static string? LiteralOf(Node node) => node switch
    {
        StringLiteral literal => literal.Value,
        TemplateLiteral { Expressions.Count: 0 } template => template.Quasis[0].Value.Cooked,
        _ => null,
    };
}
