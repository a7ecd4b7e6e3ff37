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

    /// <summary>The arguments of <c>listUsers</c> as one JSON array.</summary>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="limit">How many people a page has at most.</param>
    /// <param name="context">Who asks.</param>
    string ListArguments(int page, int limit, ScriptContext context);

    /// <summary>The arguments of <c>userMigrated</c> as one JSON array.</summary>
    string MigratedArguments(MigratedUser user, ScriptContext context);

    LoginOutcome ReadLogin(ScriptRunResult result);

    SearchOutcome ReadSearch(ScriptRunResult result);

    CountOutcome ReadCount(ScriptRunResult result);

    /// <param name="result">The run.</param>
    /// <param name="limit">The limit that the script was given: a longer page is refused.</param>
    ListOutcome ReadList(ScriptRunResult result, int limit);

    MigratedOutcome ReadMigrated(ScriptRunResult result);
}
