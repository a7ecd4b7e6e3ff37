using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration;

/// <summary>What came of a log-in by somebody who is not in the local store, or is there without a password: exactly one of the nested records. Rows are those of docs/flows.md, "Log in".</summary>
public abstract record UserMigrationOutcome
{
    private UserMigrationOutcome()
    {
    }

    /// <summary>Rows 5, 7 and 14: the user is stored with the password just typed.</summary>
    /// <param name="User">The person.</param>
    /// <param name="IsFirst">False where a simultaneous log-in of the same person was first; there is still one user and one event.</param>
    public sealed record Moved(AppUser User, bool IsFirst) : UserMigrationOutcome;

    /// <summary>Row 6: nobody is moved now.</summary>
    public sealed record NotMoving : UserMigrationOutcome;

    /// <summary>Row 8: no such user or wrong password; the legacy database says which, the person is not told.</summary>
    public sealed record Refused : UserMigrationOutcome;

    /// <summary>Row 9.</summary>
    /// <param name="PasswordWasRight">Only then the person may be told to ask support.</param>
    public sealed record Blocked(bool PasswordWasRight) : UserMigrationOutcome;

    /// <summary>Row 10: nothing is known about the person.</summary>
    public sealed record Unavailable(ScriptFailure Failure) : UserMigrationOutcome;

    /// <summary>Row 11: an identifier or the legacy id belongs to another local user.</summary>
    public sealed record Conflict(string Detail) : UserMigrationOutcome;

    /// <summary>Row 16: deleted here, and not to be brought back.</summary>
    public sealed record Deleted : UserMigrationOutcome;

    /// <summary>Row 12, or a profile that nobody can be moved with.</summary>
    public sealed record Invalid(IReadOnlyList<ProfileProblem> Problems) : UserMigrationOutcome;
}
