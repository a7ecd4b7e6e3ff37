using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>Digests by the names that OpenSSL knows them by, in any case.</summary>
internal static class Digests
{
    /// <summary>As <c>crypto.getHashes()</c> names them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "RSA-MD5", "RSA-RIPEMD160", "RSA-SHA1", "RSA-SHA224", "RSA-SHA256", "RSA-SHA384", "RSA-SHA512", "blake2b512", "blake2s256", "md5", "ripemd160",
        "rmd160", "sha1", "sha224", "sha256", "sha3-224", "sha3-256", "sha3-384", "sha3-512", "sha384", "sha512", "sha512-224", "sha512-256",
    ];

    /// <summary>The one name of a digest, or null where there is none such: <c>RSA-SHA256</c> is <c>sha256</c>.</summary>
    public static string? Canonical(string? name)
    {
        var lower = (name ?? "").ToLowerInvariant();
        lower = lower.StartsWith("rsa-", StringComparison.Ordinal) ? lower[4..] : lower;
        lower = lower.EndsWith("withrsaencryption", StringComparison.Ordinal) ? lower[..^"withrsaencryption".Length] : lower;
        return lower switch
        {
            "md5" or "ssl3-md5" => "md5",
            "sha1" or "sha-1" or "sha1-2" or "ssl3-sha1" => "sha1",
            "sha224" or "sha-224" or "sha2-224" => "sha224",
            "sha256" or "sha-256" or "sha2-256" => "sha256",
            "sha384" or "sha-384" or "sha2-384" => "sha384",
            "sha512" or "sha-512" or "sha2-512" => "sha512",
            "sha512-224" or "sha512/224" or "sha2-512/224" => "sha512-224",
            "sha512-256" or "sha512/256" or "sha2-512/256" => "sha512-256",
            "ripemd160" or "ripemd" or "rmd160" or "ripemd-160" or "ripemd160withrsa" => "ripemd160",
            "sha3-224" or "sha3-256" or "sha3-384" or "sha3-512" or "blake2b512" or "blake2s256" => lower,
            _ => null,
        };
    }

    /// <summary>The digest as .NET knows it, or null where only Bouncy Castle does.</summary>
    public static HashAlgorithmName? Native(string canonical) => canonical switch
    {
        "md5" => HashAlgorithmName.MD5,
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    public static byte[] Hash(string canonical, byte[] data)
    {
        if (Native(canonical) is { } native)
        {
            return CryptographicOperations.HashData(native, data);
        }

        var digest = Create(canonical);
        digest.BlockUpdate(data, 0, data.Length);
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }

    public static byte[] Hmac(string canonical, byte[] key, byte[] data)
    {
        if (Native(canonical) is { } native)
        {
            return CryptographicOperations.HmacData(native, key, data);
        }

        var mac = new HMac(Create(canonical));
        mac.Init(new KeyParameter(key));
        mac.BlockUpdate(data, 0, data.Length);
        var result = new byte[mac.GetMacSize()];
        mac.DoFinal(result, 0);
        return result;
    }

    public static IDigest Create(string canonical) => canonical switch
    {
        "md5" => new MD5Digest(),
        "sha1" => new Sha1Digest(),
        "sha224" => new Sha224Digest(),
        "sha256" => new Sha256Digest(),
        "sha384" => new Sha384Digest(),
        "sha512" => new Sha512Digest(),
        "sha512-224" => new Sha512tDigest(224),
        "sha512-256" => new Sha512tDigest(256),
        "ripemd160" => new RipeMD160Digest(),
        "sha3-224" => new Sha3Digest(224),
        "sha3-256" => new Sha3Digest(256),
        "sha3-384" => new Sha3Digest(384),
        "sha3-512" => new Sha3Digest(512),
        "blake2b512" => new Blake2bDigest(512),
        _ => new Blake2sDigest(256),
    };
}
