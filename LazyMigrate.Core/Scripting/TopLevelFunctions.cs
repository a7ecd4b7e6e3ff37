using Acornima.Ast;

namespace LazyMigrate.Core.Scripting;

/// <summary>The functions that a script offers: declared, assigned to a variable, or exported, all at its top level.</summary>
internal sealed class TopLevelFunctions
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, IFunction> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private Node? _exported;

    public TopLevelFunctions(Script program)
    {
        foreach (var statement in program.Body)
        {
            switch (statement)
            {
                case FunctionDeclaration { Id: { } id } function:
                    Add(id.Name, function);
                    break;
                case VariableDeclaration variables:
                    foreach (var variable in variables.Declarations)
                    {
                        if (variable is { Id: Identifier name, Init: { } value } && IsFunction(value))
                        {
                            Add(name.Name, value);
                        }
                    }

                    break;
                case ExpressionStatement { Expression: AssignmentExpression assignment }:
                    AddAssigned(assignment);
                    break;
            }
        }

        Value = program.Body.LastOrDefault(HasValue) is ExpressionStatement { Expression: var last } ? FunctionOf(last) : null;
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether it has <c>module.exports = function (…) {…}</c>: then the name does not matter.</summary>
    public bool ExportsAnonymous => _exported is not null;

    /// <summary>The function of <c>module.exports = …</c>, where it can be read.</summary>
    public IFunction? Exported => _exported as IFunction ?? (_exported is Identifier name ? Find(name.Name) : null);

    /// <summary>The function that the script as a whole evaluates to: <c>(email, password, callback) => {…}</c> on its own.</summary>
    public IFunction? Value { get; }

    /// <summary>The function of that name, or null where there is none or it cannot be read.</summary>
    public IFunction? Find(string name) =>
        _functions.GetValueOrDefault(name) ?? (_aliases.GetValueOrDefault(name) is { } alias ? _functions.GetValueOrDefault(alias) : null);

    private static bool IsFunction(Node? node) => node is FunctionExpression or ArrowFunctionExpression;

    /// <summary>Whether the statement counts for the value of the whole program, as <c>eval</c> gives it.</summary>
    private static bool HasValue(Statement statement) =>
        statement is not (FunctionDeclaration or VariableDeclaration or ClassDeclaration or EmptyStatement);

    /// <summary>A function on its own, or <see cref="AnonymousFunction"/> rewritten.</summary>
    private static IFunction? FunctionOf(Expression value) => value switch
    {
        IFunction function => function,
        CallExpression { Callee: IFunction { Body: BlockStatement body } } => ReturnedBy(body),
        ObjectExpression { Properties: [Property { Key: Identifier { Name: AnonymousFunction.Name }, Value: IFunction function }] } => function,
        _ => null,
    };

    /// <summary>The function that <c>(function () { …; return function (email, password, callback) {…}; })()</c> gives.</summary>
    private static IFunction? ReturnedBy(BlockStatement body) => body.Body.OfType<ReturnStatement>().LastOrDefault()?.Argument switch
    {
        IFunction function => function,
        Identifier name => body.Body.OfType<FunctionDeclaration>().FirstOrDefault(function => function.Id?.Name == name.Name)
            ?? body.Body.OfType<VariableDeclaration>().SelectMany(variables => variables.Declarations)
                .Where(variable => variable.Id is Identifier id && id.Name == name.Name).Select(variable => variable.Init as IFunction).FirstOrDefault(),
        _ => null,
    };

    private static bool IsExports(Node node) => node
        is Identifier { Name: "exports" }
        or MemberExpression { Computed: false, Object: Identifier { Name: "module" }, Property: Identifier { Name: "exports" } };

    private void AddAssigned(AssignmentExpression assignment)
    {
        // exports = module.exports = function (…) {…}
        var value = assignment.Right;
        if (value is AssignmentExpression inner)
        {
            AddAssigned(inner);
            while (value is AssignmentExpression next)
            {
                value = next.Right;
            }
        }

        switch (assignment.Left)
        {
            case Identifier { Name: "exports" }:
                break;
            case Identifier name when IsFunction(value):
                Add(name.Name, value);
                break;
            case MemberExpression { Computed: false, Property: Identifier name } member when IsExports(member.Object):
                // exports.login = login names a function that may be declared anywhere.
                if (IsFunction(value) || value is Identifier)
                {
                    Add(name.Name, value);
                }

                break;
            case MemberExpression member when IsExports(member):
                AddExported(value);
                break;
        }
    }

    private void AddExported(Node value)
    {
        if (IsFunction(value) || value is Identifier)
        {
            _exported = value;
        }
        else if (value is ObjectExpression exported)
        {
            foreach (var property in exported.Properties.OfType<Property>())
            {
                if (property is { Computed: false, Key: Identifier name } && (IsFunction(property.Value) || property.Value is Identifier))
                {
                    Add(name.Name, property.Value);
                }
            }
        }
    }

    private void Add(string name, Node value)
    {
        if (!_names.Contains(name))
        {
            _names.Add(name);
        }

        if (value is IFunction function)
        {
            _functions[name] = function;
        }
        else if (value is Identifier alias && alias.Name != name)
        {
            _aliases[name] = alias.Name;
        }
    }
}
