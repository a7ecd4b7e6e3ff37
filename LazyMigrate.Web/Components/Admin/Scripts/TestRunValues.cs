using LazyMigrate.Core.UserMigration;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>What the fields of a test run hold.</summary>
public sealed class TestRunValues
{
    private static readonly ScriptTestInput s_defaults = new(null, "");

    public string Identifier { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>For <c>listUsers</c>; null while the field is empty or holds no number.</summary>
    public int? Page { get; set; } = s_defaults.Page;

    /// <inheritdoc cref="Page"/>
    public int? Limit { get; set; } = s_defaults.Limit;

    /// <summary>For <c>userMigrated</c>.</summary>
    public string LegacyId { get; set; } = "";

    /// <summary>What a test case of <c>listUsers</c> asks for.</summary>
    public void AskForTheFirstPage() => (Page, Limit) = (s_defaults.Page, s_defaults.Limit);

    /// <param name="storedPasswordOf">The test case whose password is used.</param>
    public ScriptTestInput ToInput(Guid? storedPasswordOf) => new(Identifier, Password)
    {
        Page = Page ?? 0,
        Limit = Limit ?? 0,
        LegacyId = LegacyId,
        StoredPasswordOf = storedPasswordOf,
    };
}
