using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.Users.Passwords;

/// <summary>Hashes with the algorithm of the options, and verifies what either has made.</summary>
/// <remarks>Whatever else stands in the column fails like a wrong password, and costs the same; Identity's own hasher would throw.</remarks>
public sealed class LocalPasswordHasher(IOptions<PasswordHasherOptions> identity, IOptions<PasswordHashingOptions> options) : IPasswordHasher<AppUser>
{
    /// <summary>In characters. A legacy password may be longer than a new one; beyond this it is no password, and is neither hashed nor cut.</summary>
    public const int LongestPassword = 4096;

    // What a hash from elsewhere may ask of this server.
    private const int MostIterations = 5_000_000;

    private readonly PasswordHasher<AppUser> _pbkdf2 = new(identity);

    private bool PrefersArgon2 => options.Value.Algorithm == PasswordAlgorithm.Argon2id;

    public string HashPassword(AppUser user, string password) =>
        PrefersArgon2 ? Argon2Hash.Create(password).ToString() : _pbkdf2.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
    {
        if (providedPassword.Length > LongestPassword)
        {
            return PasswordVerificationResult.Failed;
        }

        if (hashedPassword.StartsWith(Argon2Hash.Prefix, StringComparison.Ordinal))
        {
            if (Argon2Hash.Parse(hashedPassword) is { } hash)
            {
                return !hash.Matches(providedPassword) ? PasswordVerificationResult.Failed
                    : PrefersArgon2 && hash.IsCurrent ? PasswordVerificationResult.Success
                    : PasswordVerificationResult.SuccessRehashNeeded;
            }
        }
        else if (IsIdentitys(hashedPassword))
        {
            var result = _pbkdf2.VerifyHashedPassword(user, hashedPassword, providedPassword);
            return result == PasswordVerificationResult.Success && PrefersArgon2 ? PasswordVerificationResult.SuccessRehashNeeded : result;
        }

        HashPassword(user, providedPassword);
        return PasswordVerificationResult.Failed;
    }

    // { 0x00, salt, subkey } (version 2), or { 0x01, PRF, iterations, salt length, salt, subkey } (version 3), numbers of four bytes, big end first:
    // https://github.com/dotnet/aspnetcore/blob/v10.0.0/src/Identity/Extensions.Core/src/PasswordHasher.cs
    private static bool IsIdentitys(string hashedPassword)
    {
        var bytes = new byte[(hashedPassword.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(hashedPassword, bytes, out var length) || length < 17)
        {
            return false;
        }

        return bytes[0] switch
        {
            0x00 => true,
            0x01 => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)) is >= 1 and <= MostIterations,
            _ => false,
        };
    }
}
