using Acornima.Ast;

namespace LazyMigrate.Core.Scripting;

/// <summary>The functions that a script offers: declared, assigned to a variable, or exported, all at its top level.</summary>
internal sealed class TopLevelFunctions
{
    private readonly List<string> _names = [];

    public TopLevelFunctions(Script program)
    {
        foreach (var statement in program.Body)
        {
            switch (statement)
            {
                case FunctionDeclaration { Id: { } id }:
                    Add(id.Name);
                    break;
                case VariableDeclaration variables:
                    foreach (var variable in variables.Declarations)
                    {
                        if (variable is { Id: Identifier name, Init: { } value } && IsFunction(value))
                        {
                            Add(name.Name);
                        }
                    }

                    break;
                case ExpressionStatement { Expression: AssignmentExpression assignment }:
                    AddAssigned(assignment);
                    break;
            }
        }
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether it has <c>module.exports = function (…) {…}</c>: then the name does not matter.</summary>
    public bool ExportsAnonymous { get; private set; }

    private static bool IsFunction(Node? node) => node is FunctionExpression or ArrowFunctionExpression;

    private static bool IsExports(Node node) => node
        is Identifier { Name: "exports" }
        or MemberExpression { Computed: false, Object: Identifier { Name: "module" }, Property: Identifier { Name: "exports" } };

    private void AddAssigned(AssignmentExpression assignment)
    {
        switch (assignment.Left)
        {
            case Identifier name when IsFunction(assignment.Right):
                Add(name.Name);
                break;
            case MemberExpression { Computed: false, Property: Identifier name } member when IsExports(member.Object):
                // exports.login = login names a function that may be declared anywhere.
                if (IsFunction(assignment.Right) || assignment.Right is Identifier)
                {
                    Add(name.Name);
                }

                break;
            case MemberExpression member when IsExports(member):
                AddExported(assignment.Right);
                break;
        }
    }

    private void AddExported(Node value)
    {
        if (IsFunction(value) || value is Identifier)
        {
            ExportsAnonymous = true;
        }
        else if (value is ObjectExpression exported)
        {
            foreach (var property in exported.Properties.OfType<Property>())
            {
                if (property is { Computed: false, Key: Identifier name } && (IsFunction(property.Value) || property.Value is Identifier))
                {
                    Add(name.Name);
                }
            }
        }
    }

    private void Add(string name)
    {
        if (!_names.Contains(name))
        {
            _names.Add(name);
        }
    }
}
