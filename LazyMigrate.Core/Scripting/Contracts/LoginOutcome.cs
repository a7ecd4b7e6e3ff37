namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>What a run of <c>login</c> came to: exactly one of the nested records. Typed, never by message (docs/scripts.md, "Outcomes").</summary>
public abstract record LoginOutcome
{
    private LoginOutcome()
    {
    }

    /// <summary>Whether the answer has the secret of an authenticator app, be it readable or not.</summary>
    public bool HasSecondFactor => this is Accepted { Profile.Totp: not null } or Blocked { Profile.Totp: not null } or Invalid { HasUnusableSecondFactor: true };

    /// <summary>The password is right.</summary>
    /// <param name="Profile">The person.</param>
    /// <param name="Notes">Fields that were dropped or mended.</param>
    public sealed record Accepted(LegacyProfile Profile, IReadOnlyList<ProfileProblem> Notes) : LoginOutcome;

    public sealed record NoSuchUser : LoginOutcome;

    public sealed record WrongPassword : LoginOutcome;

    /// <param name="Profile">The person, where the script accepted the password and said <c>blocked: true</c>; null where it threw.</param>
    public sealed record Blocked(LegacyProfile? Profile) : LoginOutcome;

    /// <summary>The script accepted, but with a profile that nobody can be moved with.</summary>
    /// <param name="Problems">Why.</param>
    /// <param name="HasUnusableSecondFactor">Whether it has the secret of an authenticator app all the same, be it readable or not.</param>
    public sealed record Invalid(IReadOnlyList<ProfileProblem> Problems, bool HasUnusableSecondFactor = false) : LoginOutcome;

    /// <summary>Nothing is known about the person: try again later.</summary>
    public sealed record Failed(ScriptFailure Failure) : LoginOutcome;
}

/// <summary>What a run of <c>searchUser</c> came to.</summary>
public abstract record SearchOutcome
{
    private SearchOutcome()
    {
    }

    /// <summary>Whether the answer has the secret of an authenticator app, be it readable or not.</summary>
    public bool HasSecondFactor => this is Found { Profile.Totp: not null } or Invalid { HasUnusableSecondFactor: true };

    public sealed record Found(LegacyProfile Profile, IReadOnlyList<ProfileProblem> Notes) : SearchOutcome;

    /// <summary>An explicit <c>null</c>: the only answer that lets somebody register.</summary>
    public sealed record NotFound : SearchOutcome;

    /// <summary>The script answered with an object that is not a profile.</summary>
    /// <param name="Problems">Why.</param>
    /// <param name="HasUnusableSecondFactor">Whether it has the secret of an authenticator app all the same, be it readable or not.</param>
    public sealed record Invalid(IReadOnlyList<ProfileProblem> Problems, bool HasUnusableSecondFactor = false) : SearchOutcome;

    public sealed record Failed(ScriptFailure Failure) : SearchOutcome;
}

/// <summary>What a run of <c>countUsers</c> came to.</summary>
public abstract record CountOutcome
{
    private CountOutcome()
    {
    }

    public sealed record Counted(long Users) : CountOutcome;

    public sealed record Failed(ScriptFailure Failure) : CountOutcome;
}

/// <summary>What a run of <c>listUsers</c> came to.</summary>
public abstract record ListOutcome
{
    private ListOutcome()
    {
    }

    /// <param name="TotalCount">How many people there are on all pages.</param>
    /// <param name="Users">The page, in the script's order.</param>
    public sealed record Listed(long TotalCount, IReadOnlyList<ListedUser> Users) : ListOutcome;

    public sealed record Failed(ScriptFailure Failure) : ListOutcome;
}

/// <summary>One entry of a page.</summary>
/// <param name="Row">Its place on the page, from 1.</param>
/// <param name="Profile">The person, or null where a problem is fatal: the others of the page are not affected.</param>
/// <param name="Problems">What is wrong with, or was left out of, this entry.</param>
public sealed record ListedUser(int Row, LegacyProfile? Profile, IReadOnlyList<ProfileProblem> Problems);

/// <summary>What a run of <c>userMigrated</c> came to.</summary>
public abstract record MigratedOutcome
{
    private MigratedOutcome()
    {
    }

    /// <summary>The function ended without a throw; what it returned does not count.</summary>
    public sealed record Done : MigratedOutcome;

    public sealed record Failed(ScriptFailure Failure) : MigratedOutcome;
}
