using System.Security.Cryptography;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>Digests, keyed digests, password derivation and random bytes.</summary>
internal sealed class CryptoSession : IModuleSession
{
    private const int RandomBytesAtOnce = 65_536;
    private const int HighestIterations = 5_000_000;
    private const int LongestKey = 1_024;

    public bool ReachesOutside(string operation) => false;

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument) => Task.FromResult(operation switch
    {
        "hash" => ModuleAnswer.Bytes(CryptographicOperations.HashData(AlgorithmOf(argument), ModuleJson.BytesOf(argument, "data"))),
        "hmac" => ModuleAnswer.Bytes(CryptographicOperations.HmacData(AlgorithmOf(argument), ModuleJson.BytesOf(argument, "key"), ModuleJson.BytesOf(argument, "data"))),
        "pbkdf2" => ModuleAnswer.Bytes(Pbkdf2(argument)),
        "random" => ModuleAnswer.Bytes(RandomNumberGenerator.GetBytes(Within(argument, "size", 0, RandomBytesAtOnce))),
        "uuid" => ModuleAnswer.Text(Guid.NewGuid().ToString()),
        "equal" => ModuleAnswer.Boolean(CryptographicOperations.FixedTimeEquals(ModuleJson.BytesOf(argument, "a"), ModuleJson.BytesOf(argument, "b"))),
        _ => throw new ModuleException("ERR_INVALID_STATE", "crypto has no such operation."),
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static byte[] Pbkdf2(JsonElement argument) => Rfc2898DeriveBytes.Pbkdf2(
        ModuleJson.BytesOf(argument, "password"),
        ModuleJson.BytesOf(argument, "salt"),
        Within(argument, "iterations", 1, HighestIterations),
        AlgorithmOf(argument),
        Within(argument, "length", 1, LongestKey));

    private static int Within(JsonElement argument, string name, int lowest, int highest) =>
        ModuleJson.NumberOf(argument, name) is { } value && value >= lowest && value <= highest
            ? value
            : throw new ModuleException("ERR_OUT_OF_RANGE", $"`{name}` must be a whole number from {lowest} to {highest}.");

    private static HashAlgorithmName AlgorithmOf(JsonElement argument) => ModuleJson.StringOf(argument, "algorithm")?.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal) switch
    {
        "md5" => HashAlgorithmName.MD5,
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => throw new ModuleException("ERR_CRYPTO_INVALID_DIGEST", "Digest method not supported. There are md5, sha1, sha256, sha384 and sha512."),
    };
}
