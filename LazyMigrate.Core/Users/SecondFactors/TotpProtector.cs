using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace LazyMigrate.Core.Users.SecondFactors;

/// <summary>Encrypts the secrets of authenticator apps at rest, for no other purpose.</summary>
public sealed class TotpProtector(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("LazyMigrate.TotpSecrets.v1");

    /// <remarks>To be called before a transaction begins: see <see cref="CustomDatabases.SecretProtector.LoadKeys"/>.</remarks>
    public string Protect(byte[] secret) => Convert.ToBase64String(_protector.Protect(secret));

    /// <returns>The secret, or null when the data-protection keys it was written with are gone: then no code is right.</returns>
    public byte[]? TryUnprotect(string protectedSecret)
    {
        try
        {
            return _protector.Unprotect(Convert.FromBase64String(protectedSecret));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
