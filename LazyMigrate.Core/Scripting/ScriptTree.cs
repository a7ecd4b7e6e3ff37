using Acornima;
using Acornima.Ast;

namespace LazyMigrate.Core.Scripting;

/// <summary>A script's syntax tree with what several findings ask of it: all nodes, what is declared, what is only a name.</summary>
internal sealed class ScriptTree
{
    private readonly HashSet<Node> _labels = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Expression>> _values = new(StringComparer.Ordinal);

    public ScriptTree(Script program)
    {
        Nodes = [.. program.DescendantNodesAndSelf()];
        foreach (var node in Nodes)
        {
            Read(node);
        }
    }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Whether anything of that name is declared or assigned anywhere.</summary>
    public bool IsDeclared(string name) => _declared.Contains(name);

    /// <summary>The names that are read or called: without those of properties and labels, and without what is only asked for its type.</summary>
    public IEnumerable<Identifier> Uses => Nodes.OfType<Identifier>().Where(identifier => !_labels.Contains(identifier));

    /// <summary>What a variable holds, where it is given a value exactly once; otherwise null.</summary>
    public Expression? ValueOf(Expression expression) =>
        expression is Identifier name && _values.TryGetValue(name.Name, out var values) && values.Count == 1 ? values[0] : null;

    /// <summary>The module that an expression holds: <c>require('bcrypt')</c>, or a variable with it; otherwise null.</summary>
    public string? ModuleOf(Expression expression)
    {
        var value = expression is CallExpression ? expression : ValueOf(expression);
        return value is CallExpression { Callee: Identifier { Name: "require" }, Arguments: [StringLiteral name, ..] }
            ? Modules.ScriptModuleCatalog.NameOf(name.Value)
            : null;
    }

    public static ScriptPosition PositionOf(Node node) => new(node.Location.Start.Line, node.Location.Start.Column + 1);

    /// <summary>The parts of <c>a + b + c</c>, from left to right.</summary>
    public static IEnumerable<Expression> PartsOf(Expression sum)
    {
        var parts = new Stack<Expression>([sum]);
        while (parts.TryPop(out var part))
        {
            if (part is BinaryExpression { Operator: Operator.Addition } addition)
            {
                parts.Push(addition.Right);
                parts.Push(addition.Left);
            }
            else
            {
                yield return part;
            }
        }
    }

    private void Read(Node node)
    {
        switch (node)
        {
            case MemberExpression { Computed: false } member:
                _labels.Add(member.Property);
                break;
            case Property { Computed: false } property when !ReferenceEquals(property.Key, property.Value):
                _labels.Add(property.Key);
                break;
            case MethodDefinition { Computed: false } method:
                _labels.Add(method.Key);
                break;
            case PropertyDefinition { Computed: false } field:
                _labels.Add(field.Key);
                break;
            case LabeledStatement labeled:
                _labels.Add(labeled.Label);
                break;
            case BreakStatement { Label: { } label }:
                _labels.Add(label);
                break;
            case ContinueStatement { Label: { } label }:
                _labels.Add(label);
                break;
            case UnaryExpression { Operator: Operator.TypeOf, Argument: Identifier asked }:
                _labels.Add(asked);
                break;
            case VariableDeclarator variable:
                Declare(variable.Id);
                Assign(variable.Id, variable.Init);
                break;
            case AssignmentExpression assignment:
                Declare(assignment.Left);
                Assign(assignment.Left, assignment.Operator == Operator.Assignment ? assignment.Right : null);
                break;
            case CatchClause { Param: { } caught }:
                Declare(caught);
                break;
            case ClassDeclaration { Id: { } id }:
                Declare(id);
                break;
            case IFunction function:
                ReadFunction(function);
                break;
        }
    }

    private void ReadFunction(IFunction function)
    {
        if (function.Id is { } id)
        {
            Declare(id);
        }

        foreach (var parameter in function.Params)
        {
            Declare(parameter);
            Assign(parameter, null);
        }
    }

    private void Declare(Node pattern)
    {
        if (pattern is MemberExpression)
        {
            return;
        }

        foreach (var identifier in pattern.DescendantNodesAndSelf().OfType<Identifier>())
        {
            _declared.Add(identifier.Name);
        }
    }

    /// <summary>A name that is given something unknown, or more than one thing, has no value that counts.</summary>
    private void Assign(Node target, Expression? value)
    {
        if (target is Identifier name)
        {
            if (!_values.TryGetValue(name.Name, out var values))
            {
                _values[name.Name] = values = [];
            }

            if (value is not null)
            {
                values.Add(value);
            }
            else if (target is Identifier)
            {
                // Two of nothing: never exactly one.
                values.AddRange([name, name]);
            }
        }
    }
}
