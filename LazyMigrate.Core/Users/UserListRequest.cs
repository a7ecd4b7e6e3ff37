namespace LazyMigrate.Core.Users;

/// <summary>Which users a list shows.</summary>
public sealed record UserListRequest
{
    /// <summary>A prefix of e-mail, user name, phone number or name; or exact with <c>id:</c>, <c>email:</c>, <c>phone:</c>, <c>username:</c> or <c>legacy:</c> before it.</summary>
    public string? Search { get; init; }

    public UserOrigin? Origin { get; init; }

    /// <summary>Only those who must change their password.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Only those who have a second factor.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>Only those who are disabled.</summary>
    public bool IsDisabled { get; init; }

    public UserListOrder Order { get; init; } = UserListOrder.CreatedAt;

    public bool Descending { get; init; } = true;

    /// <summary>From 0.</summary>
    public int Page { get; init; }

    /// <summary>1 to 200.</summary>
    public int PageSize { get; init; } = 25;
}

public enum UserListOrder
{
    CreatedAt,
    Email,
    UserName,
    Name,
    MigratedAt,
    LastLoginAt,
}

/// <summary>One page of users.</summary>
public sealed record UserPage(IReadOnlyList<UserListItem> Users, int Total);

/// <summary>A user as a row shows it.</summary>
public sealed record UserListItem(
    Guid Id,
    string? Name,
    string? Email,
    bool EmailConfirmed,
    string? UserName,
    string? PhoneNumber,
    UserOrigin Origin,
    DateTimeOffset CreatedAt,
    DateTimeOffset? MigratedAt,
    DateTimeOffset? LastLoginAt,
    bool IsDisabled,
    bool MustChangePassword,
    bool HasSecondFactor)
{
    /// <summary>How the person is called on a page.</summary>
    public string DisplayName => Name ?? Email ?? UserName ?? PhoneNumber ?? Id.ToString();
}

/// <summary>A user as their page shows them.</summary>
/// <param name="User">The person, detached; no password hash.</param>
/// <param name="Roles">Names of their roles.</param>
/// <param name="HasPassword">Whether a password is stored here.</param>
/// <param name="CustomDatabaseName">Where they came from, if that still exists.</param>
/// <param name="MigratedByVersion">Number of the log-in script's version that accepted them.</param>
public sealed record UserDetail(
    AppUser User,
    IReadOnlyList<string> Roles,
    bool HasPassword,
    string? CustomDatabaseName,
    int? MigratedByVersion);
