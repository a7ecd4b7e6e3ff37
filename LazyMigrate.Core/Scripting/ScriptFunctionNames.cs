namespace LazyMigrate.Core.Scripting;

/// <summary>The names that a script's function may have.</summary>
internal static class ScriptFunctionNames
{
    /// <summary>The names, the usual one first.</summary>
    public static IReadOnlyList<string> Of(ScriptKind kind) => kind switch
    {
        ScriptKind.Login => ["login"],
        ScriptKind.SearchUser => ["searchUser", "getUser"],
        ScriptKind.CountUsers => ["countUsers"],
        ScriptKind.ListUsers => ["listUsers"],
        ScriptKind.UserMigrated => ["userMigrated"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>For a sentence: <c>`searchUser` (or `getUser`)</c>.</summary>
    public static string Described(ScriptKind kind)
    {
        var names = Of(kind);
        return names.Count == 1 ? $"`{names[0]}`" : $"`{names[0]}` (or `{names[1]}`)";
    }
}
