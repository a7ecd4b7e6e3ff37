namespace LazyMigrate.Core.Users.SecondFactors;

/// <summary>A user's authenticator app. Identity would keep its secret as plain text among the user's tokens.</summary>
public sealed class TotpFactor
{
    public Guid UserId { get; init; }

    /// <summary>The secret, encrypted by <see cref="TotpProtector"/>.</summary>
    public required string ProtectedSecret { get; set; }

    /// <summary>The last step whose code was accepted: neither it nor an earlier one is accepted again.</summary>
    public long LastStep { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
