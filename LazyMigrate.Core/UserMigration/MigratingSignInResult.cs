using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.UserMigration;

/// <summary>A refusal that the person is told about.</summary>
public sealed class MigratingSignInResult : SignInResult
{
    public MigratingSignInResult(SignInRefusal refusal)
    {
        Refusal = refusal;
        IsNotAllowed = refusal == SignInRefusal.Blocked;
    }

    public SignInRefusal Refusal { get; }

    public override string ToString() => Refusal.ToString();
}

/// <summary>What the person is told beyond "does not exist or wrong password".</summary>
public enum SignInRefusal
{
    /// <summary>The password was right, but the person may not log in: ask support.</summary>
    Blocked,

    /// <summary>The legacy database could not be asked, or more passwords came in than could be hashed.</summary>
    TryAgainLater,

    /// <summary>The identifier's or the address's attempts are used up, or those for a code.</summary>
    TooManyAttempts,

    /// <summary>The day's wrong codes are used up: a device of the person's may still have some, and an administrator can help.</summary>
    TooManyCodesToday,

    /// <summary>A code came too late: the password has to be given again.</summary>
    StartAgain,
}
