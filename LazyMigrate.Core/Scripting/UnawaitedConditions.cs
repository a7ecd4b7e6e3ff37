using Acornima;
using Acornima.Ast;

namespace LazyMigrate.Core.Scripting;

/// <summary>Finds promises that stand where true or false is expected: <c>if (bcrypt.compare(…))</c> lets everybody in.</summary>
internal sealed class UnawaitedConditions(ScriptTree tree)
{
    private static readonly HashSet<string> s_hashModules = ["bcrypt", "bcryptjs", "argon2"];

    public IEnumerable<CallExpression> Find()
    {
        // A promise that is awaited, or asked for by `then`, somewhere else may be meant there, too.
        var awaited = tree.Nodes.OfType<AwaitExpression>().Select(item => (item.Argument as Identifier)?.Name)
            .Concat(tree.Nodes.OfType<MemberExpression>().Select(member => (member.Object as Identifier)?.Name))
            .Concat(tree.Nodes.OfType<AssignmentExpression>().Select(assignment => (assignment.Left as Identifier)?.Name))
            .ToHashSet();
        return tree.Nodes.SelectMany(ConditionsOf).SelectMany(OperandsOf)
            .Select(operand => operand is Identifier name && !awaited.Contains(name.Name) ? tree.ValueOf(name) : operand)
            .OfType<CallExpression>()
            .Where(GivesPromise)
            .Distinct();
    }

    private static IEnumerable<Expression> ConditionsOf(Node node) => node switch
    {
        IfStatement statement => [statement.Test],
        ConditionalExpression conditional => [conditional.Test],
        WhileStatement loop => [loop.Test],
        UnaryExpression { Operator: Operator.LogicalNot } not => [not.Argument],
        _ => [],
    };

    private static IEnumerable<Expression> OperandsOf(Expression condition) => condition is LogicalExpression logical
        ? OperandsOf(logical.Left).Concat(OperandsOf(logical.Right))
        : [condition];

    /// <summary>With a callback as the last argument the answer comes there.</summary>
    private bool GivesPromise(CallExpression call)
    {
        if (call.Arguments.Count == 0 || (call.Arguments[^1] is Expression last && (tree.ValueOf(last) ?? last) is IFunction))
        {
            return false;
        }

        return call.Callee switch
        {
            MemberExpression { Computed: false, Property: Identifier { Name: "compare" or "verify" } } member when call.Arguments.Count == 2 =>
                tree.ModuleOf(member.Object) is { } module ? s_hashModules.Contains(module) : member.Object is Identifier { Name: "bcrypt" } && !tree.IsDeclared("bcrypt"),
            MemberExpression { Computed: false, Object: Identifier { Name: "client" or "pool" or "connection" }, Property: Identifier { Name: "query" } } => call.Arguments.Count <= 2 && call.Arguments[^1] is not Identifier,
            _ => false,
        };
    }
}
