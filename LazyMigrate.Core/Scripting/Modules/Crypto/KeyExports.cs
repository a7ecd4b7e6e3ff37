using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities.IO.Pem;
using PemWriter = Org.BouncyCastle.Utilities.IO.Pem.PemWriter;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary><c>keyObject.export()</c> as PEM or DER.</summary>
internal static class KeyExports
{
    public static ModuleAnswer Export(JsonElement argument)
    {
        var der = ModuleJson.BytesOf(argument, "der");
        var isPrivate = ModuleJson.StringOf(argument, "type") == "private";
        var (label, bytes) = (ModuleJson.StringOf(argument, "encoding"), isPrivate) switch
        {
            ("spki", false) => ("PUBLIC KEY", der),
            ("pkcs1", false) => ("RSA PUBLIC KEY", PublicBits(der)),
            ("pkcs8", true) when ModuleJson.StringOf(argument, "cipher") is { } cipher => ("ENCRYPTED PRIVATE KEY", Encrypt(der, cipher, argument)),
            ("pkcs8", true) => ("PRIVATE KEY", der),
            ("pkcs1", true) => ("RSA PRIVATE KEY", PrivateBits(der, "rsa")),
            _ => ("EC PRIVATE KEY", PrivateBits(der, "ec")),
        };
        return new ModuleAnswer(ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            if (ModuleJson.StringOf(argument, "format") == "pem")
            {
                writer.WriteString("pem", Pem(label, bytes));
            }
            else
            {
                writer.WriteBase64String("der", bytes);
            }

            writer.WriteEndObject();
        }));
    }

    private static string Pem(string label, byte[] bytes)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using (var writer = new PemWriter(text))
        {
            writer.WriteObject(new PemObject(label, bytes));
        }

        return text.ToString();
    }

    private static byte[] PublicBits(byte[] spki) => PublicKeyFactory.CreateKey(spki) is RsaKeyParameters
        ? SubjectPublicKeyInfo.GetInstance(spki).PublicKey.GetBytes()
        : throw Incompatible("pkcs1", "can only be used for RSA keys");

    private static byte[] PrivateBits(byte[] pkcs8, string kind) => (kind, PrivateKeyFactory.CreateKey(pkcs8)) switch
    {
        ("rsa", RsaKeyParameters) => PrivateKeyInfo.GetInstance(pkcs8).ParsePrivateKey().GetDerEncoded(),
        ("ec", ECPrivateKeyParameters key) => PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).ParsePrivateKey().GetDerEncoded(),
        ("rsa", _) => throw Incompatible("pkcs1", "can only be used for RSA keys"),
        _ => throw Incompatible("sec1", "can only be used for EC keys"),
    };

    private static CryptoFailure Incompatible(string encoding, string reason) =>
        new("ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS", $"The selected key encoding {encoding} {reason}.");

    private static byte[] Encrypt(byte[] der, string cipher, JsonElement argument)
    {
        var algorithm = cipher.ToLowerInvariant() switch
        {
            "aes-128-cbc" or "aes128" => PbeEncryptionAlgorithm.Aes128Cbc,
            "aes-192-cbc" or "aes192" => PbeEncryptionAlgorithm.Aes192Cbc,
            "aes-256-cbc" or "aes256" => PbeEncryptionAlgorithm.Aes256Cbc,
            _ => throw new CryptoFailure("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher"),
        };
        using AsymmetricAlgorithm key = PrivateKeyFactory.CreateKey(der) switch
        {
            RsaKeyParameters => RSA.Create(),
            ECKeyParameters => ECDsa.Create(),
            _ => throw Incompatible("pkcs8", "can be encrypted for RSA and EC keys only"),
        };
        key.ImportPkcs8PrivateKey(der, out _);
        return key.ExportEncryptedPkcs8PrivateKey(
            Encoding.UTF8.GetString(ModuleJson.BytesOf(argument, "passphrase")),
            new PbeParameters(algorithm, HashAlgorithmName.SHA256, 2048));
    }
}
