namespace LazyMigrate.Core.Scripting;

/// <summary>What reading a script can find: the values are part of the command line's contract (docs/scripts.md, "What reading it finds").</summary>
public static class ScriptProblemCodes
{
    /// <summary>Error: the dialect is set to auth0, but the function has no parameter for the callback.</summary>
    public const string DialectWithoutCallback = "dialect-without-callback";

    /// <summary>The dialect is set to authing, but the function looks as if it calls back.</summary>
    public const string DialectWithCallback = "dialect-with-callback";
}
