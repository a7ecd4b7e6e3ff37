using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users.Administration;

/// <summary>What came of something that an administrator did to users: exactly one of the nested records.</summary>
public abstract record UserChange
{
    private UserChange()
    {
    }

    /// <param name="Count">How many users were changed; those that are gone, or were so already, are not counted.</param>
    public sealed record Done(int Count) : UserChange;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Sentence">Why, for the administrator.</param>
    public sealed record Refused(string Sentence) : UserChange;
}

/// <summary>What came of creating a user: exactly one of the nested records.</summary>
public abstract record UserCreation
{
    private UserCreation()
    {
    }

    public sealed record Created(Guid UserId) : UserCreation;

    /// <param name="Result">What is wrong, by Identity's codes and ours.</param>
    public sealed record Refused(IdentityResult Result) : UserCreation;
}

/// <summary>Whom an administrator creates. At least one of the identifiers is needed.</summary>
/// <param name="Email">As typed, or null.</param>
/// <param name="PhoneNumber">International, or null.</param>
/// <param name="UserName">As typed, or null.</param>
/// <param name="Name">How they are called, or null.</param>
/// <param name="Password">Their first password; null for whoever shall get one by mail or from the legacy database.</param>
/// <param name="MustChangePassword">Whether that password is good for one log-in only.</param>
public sealed record NewUserOrder(string? Email, string? PhoneNumber, string? UserName, string? Name, string? Password, bool MustChangePassword)
{
    /// <summary>Never the password.</summary>
    public override string ToString() => $"{Email ?? PhoneNumber ?? UserName}";
}
