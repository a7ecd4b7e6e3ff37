using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary><c>publicEncrypt</c>, <c>privateDecrypt</c>, and the raw signatures <c>privateEncrypt</c> and <c>publicDecrypt</c>.</summary>
internal static class RsaEncryption
{
    // crypto.constants
    private const int Pkcs1Padding = 1;
    private const int OaepPadding = 4;

    public static byte[] Run(JsonElement argument)
    {
        var operation = ModuleJson.StringOf(argument, "operation");
        var usesPrivate = operation is "decrypt" or "privateEncrypt";
        var encrypts = operation is "encrypt" or "privateEncrypt";
        var key = Keys.Held(ModuleJson.BytesOf(argument, "key"), usesPrivate);
        var data = ModuleJson.BytesOf(argument, "data");
        var padding = ModuleJson.NumberOf(argument, "padding") ?? OaepPadding;
        var hash = Digests.Canonical(ModuleJson.StringOf(argument, "oaepHash"))
            ?? throw new CryptoFailure("ERR_OSSL_EVP_INVALID_DIGEST", "Invalid digest") { Type = "TypeError" };
        Org.BouncyCastle.Crypto.IAsymmetricBlockCipher cipher = padding switch
        {
            Pkcs1Padding => new Pkcs1Encoding(new RsaBlindedEngine()),
            OaepPadding => new OaepEncoding(new RsaBlindedEngine(), Digests.Create(hash), Digests.Create(hash), ModuleJson.StringOf(argument, "oaepLabel") is null ? [] : ModuleJson.BytesOf(argument, "oaepLabel")),
            _ => throw new CryptoFailure("ERR_INVALID_ARG_VALUE", "The padding must be RSA_PKCS1_PADDING or RSA_PKCS1_OAEP_PADDING."),
        };
        cipher.Init(encrypts, key);
        if (encrypts && data.Length > cipher.GetInputBlockSize())
        {
            throw CryptoFailure.OpenSsl("ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE", "0200006E", "rsa routines", "data too large for key size");
        }

        try
        {
            return cipher.ProcessBlock(data, 0, data.Length);
        }
        catch (Exception exception) when (exception is Org.BouncyCastle.Crypto.CryptoException or CryptographicException or ArgumentException)
        {
            throw CryptoFailure.OpenSsl("ERR_OSSL_RSA_OAEP_DECODING_ERROR", "02000079", "rsa routines", "oaep decoding error");
        }
    }
}
