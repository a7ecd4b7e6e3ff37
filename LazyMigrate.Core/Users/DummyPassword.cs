using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users;

/// <summary>Costs what checking a password costs, for log-ins that check none: the clock must not tell who exists.</summary>
public sealed class DummyPassword(IPasswordHasher<AppUser> hasher)
{
    private readonly AppUser _nobody = new();
    private readonly Lazy<string> _hash = new(() => hasher.HashPassword(new AppUser(), Guid.NewGuid().ToString()));

    public void Verify(string password) => hasher.VerifyHashedPassword(_nobody, _hash.Value, password);
}
