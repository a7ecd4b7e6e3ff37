using Acornima.Ast;
using LazyMigrate.Core.Scripting.Modules;

namespace LazyMigrate.Core.Scripting;

/// <summary>What is worth a look in a script that can run (docs/scripts.md, "What reading it finds"). Rather silent than wrong.</summary>
internal sealed class ScriptWarnings(ScriptKind kind, ScriptReading reading, bool isDialectSaid, ScriptModuleCatalog modules)
{
    /// <summary>The libraries that scripts of the dialect auth0 use without requiring them, and the module each of them is.</summary>
    internal static readonly IReadOnlyDictionary<string, string> OldGlobals = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["_"] = "lodash",
        ["async"] = "async",
        ["bcrypt"] = "bcrypt",
        ["bluebird"] = "bluebird",
        ["jwt"] = "jsonwebtoken",
        ["mongo"] = "mongo-getdb",
        ["mysql"] = "mysql",
        ["mysql_pool"] = "mysql",
        ["pg"] = "pg",
        ["postgres"] = "pg",
        ["querystring"] = "querystring",
        ["request"] = "request",
        ["sqlserver"] = "tedious",
        ["url"] = "url",
        ["util"] = "util",
        ["uuid"] = "uuid",
        ["xml2js"] = "xml2js",
        ["xmldom"] = "xmldom",
        ["xpath"] = "xpath",
    };

    private readonly ScriptTree _tree = new(reading.Program!);

    /// <summary>All of them, by their place.</summary>
    public IEnumerable<ScriptProblem> Find() =>
        new[] { Placeholders(), Queries(), MissingAwaits(), SilentCallback(), UnusedExports(), UnknownGlobals(), ThrownNotFound() }
            .SelectMany(found => found)
            .OrderBy(problem => problem.Position!.Line)
            .ThenBy(problem => problem.Position!.Column);

    private static ScriptProblem Warning(string code, string message, Node at) =>
        new(ScriptProblemSeverity.Warning, message, ScriptTree.PositionOf(at)) { Code = code };

    private IEnumerable<ScriptProblem> Placeholders() =>
        from node in _tree.Nodes.OfType<NewExpression>()
        where node.Callee is Identifier { Name: "PlaceholderError" }
        select Warning(ScriptProblemCodes.Placeholder, "The placeholder has not been replaced: every run that comes here fails.", node);

    private IEnumerable<ScriptProblem> Queries() => new QueryTexts(_tree).Built().Select(text => Warning(
        ScriptProblemCodes.QueryBuiltFromText,
        "A value is put into the text of this query, so what somebody types could change the query. Pass it as a parameter ($1, ? or @name) instead.",
        text));

    private IEnumerable<ScriptProblem> MissingAwaits() => new UnawaitedConditions(_tree).Find().Select(call => Warning(
        ScriptProblemCodes.MissingAwait,
        "This gives a promise, which always counts as true. Write `await` before it.",
        call));

    private IEnumerable<ScriptProblem> SilentCallback()
    {
        if (reading is not { Dialect: ScriptDialect.Auth0, Entry: { } function }
            || function.Params.Count < ScriptReading.CallbackAt(kind)
            || function.Params[^1] is not Identifier callback
            || function.Body.DescendantNodesAndSelf().OfType<Identifier>().Any(identifier => identifier.Name is var name && (name == callback.Name || name == "arguments")))
        {
            return [];
        }

        var message = isDialectSaid
            ? $"The dialect is set to auth0, so `{callback.Name}` is the callback. The function never calls it, and no run of it ends with an answer."
            : $"The function never calls `{callback.Name}`, so no run of it ends with an answer.";
        return [Warning(ScriptProblemCodes.CallbackNeverCalled, message, callback)];
    }

    /// <summary>A declared function of the right name is called before whatever is exported.</summary>
    private IEnumerable<ScriptProblem> UnusedExports()
    {
        if (reading.Entry is not { } entry || reading.EntryIsValue)
        {
            return [];
        }

        return from statement in reading.Program!.Body.OfType<ExpressionStatement>()
               let assignment = statement.Expression as AssignmentExpression
               where assignment?.Left is MemberExpression { Computed: false, Object: Identifier { Name: "module" }, Property: Identifier { Name: "exports" } }
                   && IsOther(assignment.Right, entry)
               select Warning(ScriptProblemCodes.UnusedExports, $"What is exported here is not used: LazyMigrate calls the function {ScriptFunctionNames.Described(kind)} above all.", assignment);
    }

    private bool IsOther(Expression exported, IFunction entry) => exported switch
    {
        IFunction function => !ReferenceEquals(function, entry),
        Identifier name => name.Name != entry.Id?.Name && !reading.EntryNames.Contains(name.Name),
        ObjectExpression { Properties.Count: > 0 } map => map.Properties.All(property =>
            property is Property { Computed: false, Key: Identifier key } && !ScriptFunctionNames.Of(kind).Contains(key.Name) && !reading.EntryNames.Contains(key.Name)),
        _ => false,
    };

    private IEnumerable<ScriptProblem> UnknownGlobals()
    {
        var uses = _tree.Uses
            .Where(identifier => OldGlobals.ContainsKey(identifier.Name) && !_tree.IsDeclared(identifier.Name))
            .DistinctBy(identifier => identifier.Name);
        foreach (var use in uses)
        {
            var module = OldGlobals[use.Name];
            if (!modules.Contains(module))
            {
                yield return Warning(ScriptProblemCodes.UnavailableGlobal, $"`{use.Name}` was there without `require` once; the module `{module}` behind it is not available here, and its first use fails.", use);
            }
            else if (reading.Dialect == ScriptDialect.Authing)
            {
                yield return Warning(ScriptProblemCodes.UnavailableGlobal, $"`{use.Name}` is not defined: write `const {use.Name} = require('{module}')`.", use);
            }
        }
    }

    private IEnumerable<ScriptProblem> ThrownNotFound() => kind != ScriptKind.SearchUser
        ? []
        : from node in _tree.Nodes.OfType<NewExpression>()
          where node.Callee is Identifier { Name: "UserNotFoundError" or "WrongUsernameOrPasswordError" }
              || (node is { Callee: Identifier { Name: "Error" }, Arguments: [StringLiteral text, ..] } && SaysNotFound(text.Value))
          select Warning(
              ScriptProblemCodes.ErrorForNotFound,
              $"{(reading.Dialect == ScriptDialect.Auth0 ? "Call back with nothing: callback(null)" : "Return null")} where there is no such person. An error means that nobody knows, and nobody may register.",
              node);

    private static bool SaysNotFound(string text) =>
        text.Contains("not found", StringComparison.OrdinalIgnoreCase)
        || text.Contains("no such user", StringComparison.OrdinalIgnoreCase)
        || (text.Contains("user", StringComparison.OrdinalIgnoreCase) && text.Contains("not exist", StringComparison.OrdinalIgnoreCase));
}
