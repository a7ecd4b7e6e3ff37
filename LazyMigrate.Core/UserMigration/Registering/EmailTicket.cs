namespace LazyMigrate.Core.UserMigration.Registering;

/// <summary>What a link carries that proves an address: exactly one of the three.</summary>
/// <param name="Email">The address, as typed.</param>
internal sealed record EmailTicket(string Email)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Somebody who is not created before the link is followed: until then nobody can try out whether the address was free.</summary>
    public NewUser? New { get; init; }

    /// <summary>Whose address it is.</summary>
    public Guid? UserId { get; init; }

    /// <summary>For a change of the address: the security stamp, so that the link ends with whatever else ends sessions.</summary>
    public string? Stamp { get; init; }
}

/// <param name="Id">Whose it will be; guesses at the password are counted by it.</param>
/// <param name="Name">As typed.</param>
/// <param name="PasswordHash">Of the password that was typed.</param>
internal sealed record NewUser(Guid Id, string? Name, string PasswordHash);
