using Acornima.Ast;

namespace LazyMigrate.Core.Scripting;

/// <summary>What reading a script's syntax tree tells: its dialect, and which of its functions is called.</summary>
internal sealed record ScriptReading
{
    private static readonly string[] s_callbackNames = ["cb", "callback", "done", "next", "fn"];

    private ScriptReading(string source) => Source = source;

    /// <summary>The source to run: as written, but for an anonymous function; lines and columns are the same.</summary>
    public string Source { get; private init; }

    /// <summary>The syntax tree, or null where it does not parse.</summary>
    public Script? Program { get; private init; }

    /// <summary>Why it does not parse.</summary>
    public ScriptFailure? Error { get; private init; }

    public ScriptDialect Dialect { get; private init; }

    /// <summary>The function that is called, where it can be read.</summary>
    public IFunction? Entry { get; private init; }

    /// <summary>The names of all functions at the top level.</summary>
    public IReadOnlyList<string> Functions { get; private init; } = [];

    /// <summary>Whether a function for the kind was found.</summary>
    public bool HasEntry { get; private init; }

    /// <summary>The names to look for, where the function has one; what <c>module.exports</c> holds is looked at last.</summary>
    public IReadOnlyList<string> EntryNames { get; private init; } = [];

    /// <summary>Whether the script as a whole evaluates to the function.</summary>
    public bool EntryIsValue { get; private init; }

    /// <summary>Reads a script.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="source">As the administrator wrote it.</param>
    /// <param name="dialect">The dialect it is said to be, or null to find out; does not count where there is only one.</param>
    public static ScriptReading Of(ScriptKind kind, string source, ScriptDialect? dialect = null)
    {
        dialect = HasDialects(kind) ? dialect : null;
        var (program, error) = ScriptSyntax.Parse(source);
        if (program is not null)
        {
            return Read(kind, program, source, dialect);
        }

        if (HasDialects(kind) && dialect is not ScriptDialect.Authing)
        {
            var (rewritten, otherError) = AnonymousFunction.Rewrite(source);
            if (rewritten is not null && ScriptSyntax.Parse(rewritten).Program is { } repaired
                && Read(kind, repaired, rewritten, dialect) is { Dialect: ScriptDialect.Auth0, HasEntry: true } reading)
            {
                return reading;
            }

            error = otherError ?? error;
        }

        return new ScriptReading(source) { Error = error, Dialect = dialect ?? ScriptDialect.Authing };
    }

    /// <summary>Whether scripts of this kind can be written in either dialect; all others answer by returning.</summary>
    public static bool HasDialects(ScriptKind kind) => kind is ScriptKind.Login or ScriptKind.SearchUser;

    /// <summary>How many parameters there are with the callback and without the context.</summary>
    public static int CallbackAt(ScriptKind kind) => kind == ScriptKind.Login ? 3 : 2;

    private static ScriptReading Read(ScriptKind kind, Script program, string source, ScriptDialect? dialect)
    {
        var functions = new TopLevelFunctions(program);
        var names = ScriptFunctionNames.Of(kind);
        var reading = new ScriptReading(source) { Program = program, Functions = functions.Names, EntryNames = names };
        var own = names.FirstOrDefault(functions.Names.Contains);
        if (own is not null || functions.ExportsAnonymous)
        {
            var function = own is null ? functions.Exported : functions.Find(own);
            var found = HasDialects(kind) && function is not null && HasCallback(kind, function) ? ScriptDialect.Auth0 : ScriptDialect.Authing;
            return reading with { HasEntry = true, Entry = function, Dialect = dialect ?? found };
        }

        if (!HasDialects(kind) || dialect is ScriptDialect.Authing)
        {
            return reading;
        }

        // Told that it is auth0, the number of parameters is enough.
        bool IsEntry(IFunction function) => dialect is null ? HasCallback(kind, function) : function.Params.Count >= CallbackAt(kind);
        if (functions.Value is { } value && IsEntry(value))
        {
            return reading with { HasEntry = true, Entry = value, Dialect = ScriptDialect.Auth0, EntryNames = [], EntryIsValue = true };
        }

        var name = functions.Names
            .Where(each => !IsNameOfAnotherKind(kind, each) && functions.Find(each) is { } function && IsEntry(function))
            .OrderBy(each => Uses(program, each))
            .FirstOrDefault();
        return name is null
            ? reading with { Dialect = dialect ?? ScriptDialect.Authing }
            : reading with { HasEntry = true, Entry = functions.Find(name), Dialect = ScriptDialect.Auth0, EntryNames = [name] };
    }

    /// <summary>
    /// <c>(identifier, password, context, callback)</c> has more parameters than the other dialect ever passes. With the same number,
    /// the last one is the callback where it is called, or is named so.
    /// </summary>
    private static bool HasCallback(ScriptKind kind, IFunction function)
    {
        var parameters = function.Params;
        if (parameters.Count < CallbackAt(kind) || parameters.Count > CallbackAt(kind) + 1 || parameters[^1] is not Identifier last)
        {
            return false;
        }

        return parameters.Count > CallbackAt(kind)
            || s_callbackNames.Contains(last.Name, StringComparer.OrdinalIgnoreCase)
            || last.Name.EndsWith("callback", StringComparison.OrdinalIgnoreCase)
            || function.Body.DescendantNodesAndSelf().OfType<CallExpression>().Any(call => IsCallOf(call, last.Name));
    }

    private static bool IsCallOf(CallExpression call, string name) => call.Callee
        is Identifier callee && callee.Name == name
        || (call.Callee is MemberExpression { Computed: false, Object: Identifier target, Property: Identifier { Name: "call" or "apply" or "bind" } } && target.Name == name);

    private static bool IsNameOfAnotherKind(ScriptKind kind, string name) =>
        Enum.GetValues<ScriptKind>().Any(other => other != kind && ScriptFunctionNames.Of(other).Contains(name));

    /// <summary>A helper is used by the script, the function that LazyMigrate calls is not.</summary>
    private static int Uses(Script program, string name) => program.DescendantNodes().OfType<Identifier>().Count(identifier => identifier.Name == name);
}
