using System.Text.RegularExpressions;
using Acornima.Ast;

namespace LazyMigrate.Core.Scripting;

/// <summary>Finds SQL texts that values are put into.</summary>
internal sealed partial class QueryTexts(ScriptTree tree)
{
    private static readonly HashSet<string> s_methods = new(StringComparer.Ordinal)
    {
        "query", "execute", "prepare", "all", "get", "run", "exec", "each", "raw", "unsafe", "queryRaw",
    };

    /// <summary>What stands where the text of a query is expected, wherever it was built.</summary>
    public IEnumerable<Expression> Built()
    {
        foreach (var node in tree.Nodes)
        {
            var text = node switch
            {
                CallExpression { Callee: MemberExpression { Computed: false, Property: Identifier method }, Arguments: [Expression first, ..] } when s_methods.Contains(method.Name) => TextOf(first),

                // tedious: new Request(sql, callback).
                NewExpression { Callee: Identifier { Name: "Request" } or MemberExpression { Property: Identifier { Name: "Request" } }, Arguments: [Expression first, ..] } => TextOf(first),
                _ => null,
            };
            if (text is not null && IsBuilt(text))
            {
                yield return text;
            }
        }
    }

    /// <summary>The text itself, of <c>{ text }</c> and <c>{ sql }</c> the property, of a variable what it holds.</summary>
    private Expression? TextOf(Expression argument) => argument switch
    {
        ObjectExpression map => map.Properties
            .OfType<Property>()
            .FirstOrDefault(property => property is { Computed: false, Key: Identifier { Name: "text" or "sql" } })?.Value as Expression is { } value
                ? tree.ValueOf(value) ?? value
                : null,
        _ => tree.ValueOf(argument) ?? argument,
    };

    private bool IsBuilt(Expression text) => text switch
    {
        TemplateLiteral { Expressions.Count: > 0 } template => LooksLikeSql(template.Quasis[0].Value.Cooked) && !template.Expressions.All(IsFixed),
        BinaryExpression => ScriptTree.PartsOf(text).ToList() is [var first, .. _] parts && LooksLikeSql(BeginningOf(first)) && !parts.All(IsFixed),
        _ => false,
    };

    /// <summary>What nobody who logs in can change: literals, variables that hold one, and the settings of the custom database.</summary>
    private bool IsFixed(Expression part) => (tree.ValueOf(part) ?? part) switch
    {
        Literal => true,
        TemplateLiteral template => template.Expressions.All(IsFixed),
        MemberExpression { Object: Identifier { Name: "env" or "configuration" } } => true,
        MemberExpression { Object: MemberExpression { Object: Identifier { Name: "process" }, Property: Identifier { Name: "env" } } } => true,
        _ => false,
    };

    private static string? BeginningOf(Expression part) => part switch
    {
        StringLiteral literal => literal.Value,
        TemplateLiteral template => template.Quasis[0].Value.Cooked,
        _ => null,
    };

    private static bool LooksLikeSql(string? text) => text is not null && SqlRegex().IsMatch(text);

    [GeneratedRegex(@"^\s*(?:select|insert\s+into|update|delete\s+from|with|merge|replace\s+into|exec|execute|call)\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SqlRegex();
}
