namespace LazyMigrate.Core.Users;

/// <summary>What a role that users can hold may be called.</summary>
public static class RoleName
{
    /// <summary>The most roles that one user can be given.</summary>
    public const int MostOfAUser = 50;

    private const int Longest = 64;

    /// <summary>The form that the unique index holds, or null when it is not a name for a role.</summary>
    public static string? Canonical(string? typed) =>
        IdentifierParser.CanonicalUserName(typed) is { Length: <= Longest } canonical ? canonical : null;

    /// <summary>What is wrong with a name for a role of users, or null.</summary>
    public static string? ProblemOf(string typed) => Canonical(typed) switch
    {
        null => $"“{typed}” is not a name for a role. Use letters of one alphabet, digits and . _ - only, at most {Longest}.",
        var canonical when ConsoleRoles.Contain(canonical) => $"“{typed}” is a role of the console, which cannot be given here.",
        _ => null,
    };
}
