using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>Who uses a published script, in words.</summary>
internal static class ScriptUse
{
    /// <summary>For the end of a sentence about a version: "The next log-in uses it".</summary>
    public static string Of(ScriptKind kind) => kind switch
    {
        ScriptKind.Login => "The next log-in uses it",
        ScriptKind.SearchUser => "The next registration uses it",
        ScriptKind.CountUsers => "The overview uses it",
        _ => "Nothing uses it yet",
    };

    /// <summary>Whether lazy migration cannot be switched on without it.</summary>
    public static bool IsRequired(ScriptKind kind) => kind is ScriptKind.Login or ScriptKind.SearchUser;
}
