namespace LazyMigrate.Core.Scripting;

/// <summary>What reading a script can find: the values are part of the command line's contract (docs/scripts.md, "What reading it finds").</summary>
public static class ScriptProblemCodes
{
    /// <summary>Error: the dialect is set to auth0, but the function has no parameter for the callback.</summary>
    public const string DialectWithoutCallback = "dialect-without-callback";

    /// <summary>The dialect is set to authing, but the function looks as if it calls back.</summary>
    public const string DialectWithCallback = "dialect-with-callback";

    /// <summary>The placeholder of a template is still there.</summary>
    public const string Placeholder = "placeholder";

    /// <summary>A value is put into the text of a query.</summary>
    public const string QueryBuiltFromText = "query-built-from-text";

    /// <summary>A promise stands where true or false is expected.</summary>
    public const string MissingAwait = "missing-await";

    /// <summary>A function of the dialect auth0 does nothing with its callback.</summary>
    public const string CallbackNeverCalled = "callback-never-called";

    /// <summary>What is exported is not the function that is called.</summary>
    public const string UnusedExports = "unused-exports";

    /// <summary>A library is used without `require` and is not there.</summary>
    public const string UnavailableGlobal = "unavailable-global";

    /// <summary>The look-up makes an error of "there is no such person".</summary>
    public const string ErrorForNotFound = "error-for-not-found";
}
