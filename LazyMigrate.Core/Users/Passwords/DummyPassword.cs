using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users.Passwords;

/// <summary>Costs what checking a password costs, for log-ins that check none: the clock must not tell who exists.</summary>
public sealed class DummyPassword(IPasswordHasher<AppUser> hasher, HashingSlots slots)
{
    private readonly AppUser _nobody = new();
    private readonly Lazy<string> _hash = new(() => hasher.HashPassword(new AppUser(), Guid.NewGuid().ToString()));

    /// <exception cref="HashingBusyException">The turn did not come in time.</exception>
    public Task VerifyAsync(string password) => slots.VerifyAsync(_nobody, _hash.Value, password);
}
