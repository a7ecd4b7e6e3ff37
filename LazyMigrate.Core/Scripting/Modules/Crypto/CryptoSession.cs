using System.Security.Cryptography;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>The host part of <c>crypto</c>: computes, keeps nothing.</summary>
internal sealed class CryptoSession(ModuleRun run) : IModuleSession
{
    private const int RandomBytesAtOnce = 65_536;

    public bool ReachesOutside(string operation) => false;

    public async Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument)
    {
        try
        {
            return operation is "pbkdf2" or "scrypt" or "generate"
                ? await ComputingSlots.ComputeAsync(() => Invoke(operation, argument), run.Ended).ConfigureAwait(false)
                : Invoke(operation, argument);
        }
        catch (CryptoFailure failure)
        {
            return failure.ToAnswer();
        }
        catch (Exception exception) when (exception is CryptographicException or Org.BouncyCastle.Crypto.CryptoException or ArgumentException)
        {
            // The libraries' own words may quote what they were given.
            return new CryptoFailure("ERR_CRYPTO_OPERATION_FAILED", "Operation failed").ToAnswer();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ModuleAnswer Invoke(string operation, JsonElement argument) => operation switch
    {
        "isDigest" => ModuleAnswer.Boolean(Digests.Canonical(ModuleJson.StringOf(argument, "algorithm")) is not null),
        "digests" => List(Digests.Names),
        "ciphers" => List(Ciphers.Names),
        "hash" => ModuleAnswer.Bytes(Digests.Hash(DerivedKeys.DigestOf(argument), ModuleJson.BytesOf(argument, "data"))),
        "hmac" => ModuleAnswer.Bytes(Digests.Hmac(DerivedKeys.DigestOf(argument), ModuleJson.BytesOf(argument, "key"), ModuleJson.BytesOf(argument, "data"))),
        "pbkdf2" => ModuleAnswer.Bytes(DerivedKeys.Pbkdf2(argument)),
        "scrypt" => ModuleAnswer.Bytes(DerivedKeys.Scrypt(argument)),
        "hkdf" => ModuleAnswer.Bytes(DerivedKeys.Hkdf(argument)),
        "random" => ModuleAnswer.Bytes(RandomNumberGenerator.GetBytes(Math.Clamp(ModuleJson.NumberOf(argument, "size") ?? 0, 0, RandomBytesAtOnce))),
        "uuid" => ModuleAnswer.Text(Guid.NewGuid().ToString()),
        "equal" => ModuleAnswer.Boolean(CryptographicOperations.FixedTimeEquals(ModuleJson.BytesOf(argument, "a"), ModuleJson.BytesOf(argument, "b"))),
        "cipherInfo" => Ciphers.Describe(argument),
        "cipher" => Ciphers.Run(argument),
        "readPrivateKey" => Keys.ReadPrivate(argument).ToAnswer(),
        "readPublicKey" => Keys.ReadPublic(argument).ToAnswer(),
        "exportKey" => KeyExports.Export(argument),
        "exportJwk" => JsonWebKeys.Write(argument),
        "generate" => GeneratedKeys.Generate(argument),
        "sign" => ModuleAnswer.Bytes(Signatures.Sign(argument)),
        "verify" => ModuleAnswer.Boolean(Signatures.Verify(argument)),
        "rsa" => ModuleAnswer.Bytes(RsaEncryption.Run(argument)),
        _ => throw new ModuleException("ERR_INVALID_STATE", "crypto has no such operation."),
    };

    private static ModuleAnswer List(IReadOnlyList<string> names) => new(JsonSerializer.Serialize([.. names], ModuleJson.Default.StringArray));
}
