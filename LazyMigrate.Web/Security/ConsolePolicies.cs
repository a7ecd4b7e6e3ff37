namespace LazyMigrate.Web.Security;

/// <summary>Who may use the console.</summary>
internal static class ConsolePolicies
{
    public const string Administrator = nameof(Administrator);
}
