using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>The dialects by the names that the documentation and the command line use.</summary>
internal static class DialectText
{
    public static string Of(ScriptDialect dialect) => dialect switch
    {
        ScriptDialect.Authing => "authing",
        ScriptDialect.Auth0 => "auth0",
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, null),
    };
}
