namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>A dialect: how arguments go into a script and how its answer is read.</summary>
public interface IScriptContract
{
    ScriptDialect Dialect { get; }

    /// <summary>The arguments of <c>login</c> as one JSON array.</summary>
    string LoginArguments(LegacyQuery query, string password, ScriptContext context);

    /// <summary>The arguments of <c>searchUser</c> as one JSON array.</summary>
    string SearchArguments(LegacyQuery query, ScriptContext context);

    /// <summary>The arguments of <c>countUsers</c> as one JSON array.</summary>
    string CountArguments(ScriptContext context);

    LoginOutcome ReadLogin(ScriptRunResult result);

    SearchOutcome ReadSearch(ScriptRunResult result);

    CountOutcome ReadCount(ScriptRunResult result);
}
