using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>Hashes as the application does: its hashes are what is stored, and what a refusal must cost.</summary>
internal sealed class AdoptedPasswordHasher<TUser>(IServiceScopeFactory scopes) : IPasswordHasher<AppUser>
    where TUser : class, new()
{
    public string HashPassword(AppUser user, string password)
    {
        using var scope = scopes.CreateScope();
        return HasherOf(scope).HashPassword(new TUser(), password);
    }

    public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
    {
        using var scope = scopes.CreateScope();
        return HasherOf(scope).VerifyHashedPassword(new TUser(), hashedPassword, providedPassword);
    }

    private static IPasswordHasher<TUser> HasherOf(IServiceScope scope) => scope.ServiceProvider.GetRequiredService<IPasswordHasher<TUser>>();
}
