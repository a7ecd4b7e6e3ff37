using System.Security.Cryptography;
using System.Text;

namespace LazyMigrate.Core.Scripting.Modules.Passwords;

/// <summary>Portable PHP password hashes: https://www.openwall.com/phpass/.</summary>
/// <remarks>
/// <c>$P$Bsaltsaltdigest…</c> (<c>$H$</c> at phpBB): MD5; <c>$S$Dsaltsaltdigest…</c>: Drupal 7's SHA-512, cut to 55 characters.
/// The character after the prefix is the base-2 logarithm of the rounds; <c>U$</c> before it says that an MD5 digest was hashed
/// again when Drupal 6 was upgraded.
/// </remarks>
internal static class PhpassHash
{
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const int LowestCost = 7;
    private const int HighestCost = 20;
    private const int SettingLength = 12;
    private const int Md5Length = 34;
    private const int Sha512Length = 55;
    private const int LongestPassword = 4096;

    /// <summary>Whether the password is the hash's. What is no such hash matches nothing.</summary>
    /// <exception cref="ModuleException">Its cost is higher than one log-in may take.</exception>
    public static bool Check(string password, string hash, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        if (hash.StartsWith("U$", StringComparison.Ordinal))
        {
            bytes = Encoding.ASCII.GetBytes(HexOfMd5(bytes));
            hash = hash[1..];
        }

        var isSha512 = hash.StartsWith("$S$", StringComparison.Ordinal);
        if (bytes.Length > LongestPassword
            || hash.Length != (isSha512 ? Sha512Length : Md5Length)
            || !(isSha512 || hash.StartsWith("$P$", StringComparison.Ordinal) || hash.StartsWith("$H$", StringComparison.Ordinal)))
        {
            return false;
        }

        var cost = Alphabet.IndexOf(hash[3], StringComparison.Ordinal);
        if (cost is < LowestCost or > 30)
        {
            return false;
        }

        if (cost > HighestCost)
        {
            throw new ModuleException("ERR_OUT_OF_RANGE", $"A cost of 2^{cost} rounds is not allowed: at most 2^{HighestCost}, so that one log-in cannot hold a processor for long.");
        }

        var digest = Digest(bytes, Encoding.UTF8.GetBytes(hash[4..SettingLength]), 1 << cost, isSha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.MD5, cancellationToken);
        var made = string.Concat(hash.AsSpan(0, SettingLength), Encode(digest));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(made[..hash.Length]), Encoding.UTF8.GetBytes(hash));
    }

    private static byte[] Digest(byte[] password, byte[] salt, int rounds, HashAlgorithmName algorithm, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(salt);
        hash.AppendData(password);
        var digest = hash.GetHashAndReset();
        for (var i = 0; i < rounds; i++)
        {
            if (i % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            hash.AppendData(digest);
            hash.AppendData(password);
            hash.GetHashAndReset(digest);
        }

        return digest;
    }

    // The format's own choice: what protects the hash are its rounds.
#pragma warning disable CA5351 // MD5 is what Drupal 6 stored.
    private static string HexOfMd5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    /// <summary>Six bits a character, the lowest first, three bytes at a time.</summary>
    private static string Encode(byte[] bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; i < bytes.Length; i += 3)
        {
            var left = Math.Min(3, bytes.Length - i);
            var value = bytes[i] | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] << 16 : 0);
            for (var j = 0; j <= left; j++)
            {
                text.Append(Alphabet[(value >> (6 * j)) & 0x3f]);
            }
        }

        return text.ToString();
    }
}
