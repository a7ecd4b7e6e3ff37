using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>PBKDF2, scrypt and HKDF, bounded in cost.</summary>
internal static class DerivedKeys
{
    private const int HighestIterations = 5_000_000;
    private const int LongestKey = 65_536;
    private const long HighestScryptBytes = 256L << 20;

    public static byte[] Pbkdf2(JsonElement argument)
    {
        var password = ModuleJson.BytesOf(argument, "password");
        var salt = ModuleJson.BytesOf(argument, "salt");
        var iterations = Within(argument, "iterations", 1, HighestIterations);
        var length = Within(argument, "length", 0, LongestKey);
        var digest = DigestOf(argument);
        if (length == 0)
        {
            return [];
        }

        if (Digests.Native(digest) is { } native)
        {
            return Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, native, length);
        }

        var generator = new Pkcs5S2ParametersGenerator(Digests.Create(digest));
        generator.Init(password, salt, iterations);
        return ((KeyParameter)generator.GenerateDerivedMacParameters(length * 8)).GetKey();
    }

    public static byte[] Scrypt(JsonElement argument)
    {
        var cost = ModuleJson.NumberOf(argument, "cost") ?? 0;
        var blockSize = ModuleJson.NumberOf(argument, "blockSize") ?? 0;
        var parallelization = ModuleJson.NumberOf(argument, "parallelization") ?? 0;
        var length = Within(argument, "length", 0, LongestKey);
        if (cost < 2 || blockSize < 1 || parallelization < 1 || (cost & (cost - 1)) != 0)
        {
            throw new CryptoFailure("ERR_CRYPTO_INVALID_SCRYPT_PARAMS", "Invalid scrypt params") { Type = "RangeError" };
        }

        // The processor time of a parallel lane is spent one after the other, so lanes count as memory does.
        if (128L * cost * blockSize * parallelization > HighestScryptBytes)
        {
            throw new CryptoFailure(
                "ERR_CRYPTO_INVALID_SCRYPT_PARAMS",
                $"Invalid scrypt params: 128 * N * r * p may be {HighestScryptBytes >> 20} MiB at most, so that one log-in cannot hold a processor for long.")
            {
                Type = "RangeError",
            };
        }

        var password = ModuleJson.BytesOf(argument, "password");
        var salt = ModuleJson.BytesOf(argument, "salt");
        return length == 0 ? [] : SCrypt.Generate(password, salt, cost, blockSize, parallelization, length);
    }

    public static byte[] Hkdf(JsonElement argument)
    {
        var digest = DigestOf(argument);
        var length = ModuleJson.NumberOf(argument, "length") ?? 0;
        if (length > 255 * Digests.Create(digest).GetDigestSize())
        {
            throw new CryptoFailure("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length") { Type = "RangeError" };
        }

        var generator = new HkdfBytesGenerator(Digests.Create(digest));
        generator.Init(new HkdfParameters(ModuleJson.BytesOf(argument, "key"), ModuleJson.BytesOf(argument, "salt"), ModuleJson.BytesOf(argument, "info")));
        var key = new byte[length];
        if (length > 0)
        {
            generator.GenerateBytes(key, 0, length);
        }

        return key;
    }

    /// <summary>The canonical name of the digest in the field <c>algorithm</c>.</summary>
    public static string DigestOf(JsonElement argument)
    {
        var name = ModuleJson.StringOf(argument, "algorithm");
        return Digests.Canonical(name) ?? throw new CryptoFailure("ERR_CRYPTO_INVALID_DIGEST", $"Invalid digest: {name}") { Type = "TypeError" };
    }

    private static int Within(JsonElement argument, string name, int lowest, int highest) =>
        ModuleJson.NumberOf(argument, name) is { } value && value >= lowest && value <= highest
            ? value
            : throw new CryptoFailure("ERR_OUT_OF_RANGE", $"The value of \"{name}\" is out of range: LazyMigrate allows {lowest} to {highest}.") { Type = "RangeError" };
}
