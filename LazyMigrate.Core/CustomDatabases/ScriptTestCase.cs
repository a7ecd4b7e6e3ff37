using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>Inputs of a test run under a name, and the outcome they should have.</summary>
public sealed class ScriptTestCase
{
    public const int NameLength = 100;
    public const int IdentifierLength = 320;
    public const int PasswordLength = 4096;

    /// <summary>How many cases one script may have: all of them are run one after the other.</summary>
    public const int MostPerScript = 50;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid CustomDatabaseId { get; init; }

    public ScriptKind Kind { get; init; }

    /// <summary>Unique within one script.</summary>
    public required string Name { get; set; }

    /// <summary>As a person types it; null for <c>countUsers</c> and <c>listUsers</c>.</summary>
    public string? Identifier { get; set; }

    /// <summary>One of <see cref="ExpectedOutcomes"/>.</summary>
    public required string ExpectedOutcome { get; set; }

    /// <summary>The password, encrypted; null unless the administrator asked for it to be stored.</summary>
    public string? ProtectedPassword { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>The outcomes that a case can expect, by their stable words.</summary>
public static class ExpectedOutcomes
{
    private static readonly string[] s_login = ["Accepted", "NoSuchUser", "WrongPassword", "Blocked", "Invalid", "Failed"];
    private static readonly string[] s_search = ["Found", "NotFound", "Invalid", "Failed"];
    private static readonly string[] s_count = ["Counted", "Failed"];
    private static readonly string[] s_list = ["Listed", "Invalid", "Failed"];

    /// <summary>Those of one kind of script, the usual one first; none for <c>userMigrated</c>, which has no cases.</summary>
    public static IReadOnlyList<string> Of(ScriptKind kind) => kind switch
    {
        ScriptKind.Login => s_login,
        ScriptKind.SearchUser => s_search,
        ScriptKind.CountUsers => s_count,
        ScriptKind.ListUsers => s_list,

        // Each run changes the legacy database: nothing to be run again and again.
        _ => [],
    };

    /// <summary>Whether its test runs can be kept as cases: those that only read.</summary>
    public static bool AreKept(ScriptKind kind) => Of(kind).Count > 0;

    /// <summary>Whether a case has an identifier; those of <c>listUsers</c> ask for the first page.</summary>
    public static bool NeedIdentifier(ScriptKind kind) => kind is ScriptKind.Login or ScriptKind.SearchUser;

    /// <summary>Whether only the right password can lead to it.</summary>
    public static bool NeedsPassword(string outcome) => outcome is "Accepted" or "Blocked" or "Invalid";
}

/// <summary>A case as it is shown: never its password.</summary>
/// <param name="Id">The case.</param>
/// <param name="Kind">Of which script.</param>
/// <param name="Name">How it is called.</param>
/// <param name="Identifier">As a person types it; null for <c>countUsers</c> and <c>listUsers</c>.</param>
/// <param name="ExpectedOutcome">One of <see cref="ExpectedOutcomes"/>.</param>
/// <param name="HasPassword">Whether a password is stored with it.</param>
public sealed record ScriptTestCaseSummary(Guid Id, ScriptKind Kind, string Name, string? Identifier, string ExpectedOutcome, bool HasPassword);

/// <summary>A case as it is to be stored.</summary>
/// <param name="Id">Which is changed; null makes a new one.</param>
/// <param name="Name">How it is called; unique within one script.</param>
/// <param name="Identifier">Not needed for <c>countUsers</c> and <c>listUsers</c>.</param>
/// <param name="ExpectedOutcome">One of <see cref="ExpectedOutcomes"/>.</param>
/// <param name="StoresPassword">Whether a password is stored; if not, a stored one is deleted.</param>
/// <param name="NewPassword">The password to store; empty keeps the one that is stored.</param>
public sealed record ScriptTestCaseEdit(Guid? Id, string Name, string? Identifier, string ExpectedOutcome, bool StoresPassword = false, string? NewPassword = null);

/// <summary>How storing a case went.</summary>
public abstract record ScriptTestCaseSave
{
    private ScriptTestCaseSave()
    {
    }

    public sealed record Saved(ScriptTestCaseSummary Case) : ScriptTestCaseSave;

    /// <summary>Nothing was stored; the fields are those of <see cref="ScriptTestCaseEdit"/>.</summary>
    public sealed record Refused(IReadOnlyList<FieldProblem> Problems) : ScriptTestCaseSave;

    /// <summary>Somebody deleted the case meanwhile.</summary>
    public sealed record Gone : ScriptTestCaseSave;
}
