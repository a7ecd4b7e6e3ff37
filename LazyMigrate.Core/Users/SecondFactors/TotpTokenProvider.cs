using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users.SecondFactors;

/// <summary>Takes the place of Identity's provider for authenticator apps, which accepts a code as often as it is sent. Whoever asks it is counted, too.</summary>
public sealed class TotpTokenProvider(TotpVerifier verifier) : IUserTwoFactorTokenProvider<AppUser>
{
    public Task<string> GenerateAsync(string purpose, UserManager<AppUser> manager, AppUser user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<AppUser> manager, AppUser user) =>
        await verifier.CheckAsync(user.Id, token, deviceId: null, CancellationToken.None) == TotpAnswer.Right;

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AppUser> manager, AppUser user) =>
        !string.IsNullOrEmpty(await manager.GetAuthenticatorKeyAsync(user));
}
