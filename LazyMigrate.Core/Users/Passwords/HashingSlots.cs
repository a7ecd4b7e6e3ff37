using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.Users.Passwords;

/// <summary>Hashes as many passwords at once as there are processors; the next ones wait, without a thread, so that a flood of log-ins stops nothing else.</summary>
public sealed class HashingSlots(IPasswordHasher<AppUser> hasher, IOptions<PasswordHashingOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    /// <exception cref="HashingBusyException">The turn did not come in time.</exception>
    public Task<string> HashAsync(AppUser user, string password) => RunAsync(() => hasher.HashPassword(user, password));

    /// <summary>Verifies a password.</summary>
    /// <returns>Whether it is right; and the hash to store in place of the given one, where that is out of date.</returns>
    /// <exception cref="HashingBusyException">The turn did not come in time.</exception>
    public Task<(bool IsRight, string? Upgraded)> VerifyAsync(AppUser user, string hash, string password) => RunAsync(() =>
        hasher.VerifyHashedPassword(user, hash, password) switch
        {
            PasswordVerificationResult.Success => (true, (string?)null),
            PasswordVerificationResult.SuccessRehashNeeded => (true, hasher.HashPassword(user, password)),
            _ => (false, null),
        });

    public void Dispose() => _places.Dispose();

    private async Task<T> RunAsync<T>(Func<T> hash)
    {
        if (!await _places.WaitAsync(options.Value.LongestWait))
        {
            throw new HashingBusyException();
        }

        try
        {
            return hash();
        }
        finally
        {
            _places.Release();
        }
    }
}

/// <summary>More passwords came in than could be hashed: try again later.</summary>
public sealed class HashingBusyException() : Exception("Too many passwords are waiting to be hashed. Try again later.");
