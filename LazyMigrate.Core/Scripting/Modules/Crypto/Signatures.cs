using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>Signs and verifies: RSA (PKCS#1 v1.5 and PSS), ECDSA, Ed25519.</summary>
internal static class Signatures
{
    // crypto.constants
    private const int PssPadding = 6;
    private const int SaltLengthOfDigest = -1;
    private const int SaltLengthMaxOrAuto = -2;

    public static byte[] Sign(JsonElement argument)
    {
        var der = ModuleJson.BytesOf(argument, "key");
        var data = ModuleJson.BytesOf(argument, "data");
        switch (Keys.Held(der, isPrivate: true))
        {
            case RsaKeyParameters key when IsPss(argument):
                var pss = Pss(argument, key, SaltLengthOf(argument), forSigning: true);
                pss.BlockUpdate(data, 0, data.Length);
                return pss.GenerateSignature();
            case RsaKeyParameters:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportPkcs8PrivateKey(der, out _);
                    return rsa.SignData(data, DigestOf(argument), RSASignaturePadding.Pkcs1);
                }

            case ECKeyParameters:
                using (var ecdsa = ECDsa.Create())
                {
                    ecdsa.ImportPkcs8PrivateKey(der, out _);
                    return ecdsa.SignData(data, DigestOf(argument), FormatOf(argument));
                }

            case Ed25519PrivateKeyParameters edwards:
                var signer = new Ed25519Signer();
                signer.Init(true, edwards);
                signer.BlockUpdate(data, 0, data.Length);
                return signer.GenerateSignature();
            default:
                throw CryptoFailure.UnreadableKey;
        }
    }

    public static bool Verify(JsonElement argument)
    {
        var der = ModuleJson.BytesOf(argument, "key");
        var data = ModuleJson.BytesOf(argument, "data");
        var signature = ModuleJson.BytesOf(argument, "signature");
        switch (Keys.Held(der, isPrivate: false))
        {
            case RsaKeyParameters key when IsPss(argument):
                return VerifyPss(argument, key, data, signature);
            case RsaKeyParameters:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportSubjectPublicKeyInfo(der, out _);
                    return rsa.VerifyData(data, signature, DigestOf(argument), RSASignaturePadding.Pkcs1);
                }

            case ECKeyParameters:
                using (var ecdsa = ECDsa.Create())
                {
                    ecdsa.ImportSubjectPublicKeyInfo(der, out _);
                    return VerifyEcdsa(argument, ecdsa, data, signature);
                }

            case Ed25519PublicKeyParameters edwards:
                var verifier = new Ed25519Signer();
                verifier.Init(false, edwards);
                verifier.BlockUpdate(data, 0, data.Length);
                return verifier.VerifySignature(signature);
            default:
                throw CryptoFailure.UnreadableKey;
        }
    }

    /// <summary>By Bouncy Castle, because .NET knows only salts as long as the digest.</summary>
    private static PssSigner Pss(JsonElement argument, RsaKeyParameters key, int saltLength, bool forSigning)
    {
        var digest = Digests.Create(ModuleJson.StringOf(argument, "algorithm") is null ? "sha256" : DerivedKeys.DigestOf(argument));
        var size = digest.GetDigestSize();
        var signer = new PssSigner(new RsaBlindedEngine(), digest, saltLength switch
        {
            SaltLengthOfDigest => size,
            SaltLengthMaxOrAuto => ((key.Modulus.BitLength + 6) / 8) - size - 2,
            _ => saltLength,
        });
        signer.Init(forSigning, key);
        return signer;
    }

    private static bool VerifyPss(JsonElement argument, RsaKeyParameters key, byte[] data, byte[] signature)
    {
        // The library must be told the length of the salt; "auto" tries the lengths that signers use.
        var lengths = SaltLengthOf(argument) is var length && length == SaltLengthMaxOrAuto ? [SaltLengthOfDigest, SaltLengthMaxOrAuto, 32, 20, 0] : new[] { length };
        return lengths.Any(each =>
        {
            var verifier = Pss(argument, key, each, forSigning: false);
            verifier.BlockUpdate(data, 0, data.Length);
            return verifier.VerifySignature(signature);
        });
    }

    private static bool VerifyEcdsa(JsonElement argument, ECDsa ecdsa, byte[] data, byte[] signature)
    {
        try
        {
            return ecdsa.VerifyData(data, signature, DigestOf(argument), FormatOf(argument));
        }
        catch (CryptographicException)
        {
            // Not DER: not a signature.
            return false;
        }
    }

    private static bool IsPss(JsonElement argument) => ModuleJson.NumberOf(argument, "padding") == PssPadding;

    private static int SaltLengthOf(JsonElement argument) => ModuleJson.NumberOf(argument, "saltLength") ?? SaltLengthMaxOrAuto;

    private static DSASignatureFormat FormatOf(JsonElement argument) =>
        ModuleJson.StringOf(argument, "dsaEncoding") == "ieee-p1363" ? DSASignatureFormat.IeeeP1363FixedFieldConcatenation : DSASignatureFormat.Rfc3279DerSequence;

    private static HashAlgorithmName DigestOf(JsonElement argument) =>
        Digests.Native(ModuleJson.StringOf(argument, "algorithm") is null ? "sha256" : DerivedKeys.DigestOf(argument))
        ?? throw new CryptoFailure("ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: signatures use md5, sha1, sha256, sha384 or sha512") { Type = "TypeError" };
}
