using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>Reads keys in the forms that Node takes: PEM (PKCS#1, PKCS#8, SEC1, SPKI, certificates, encrypted ones), DER and JWK.</summary>
internal static class Keys
{
    public static AsymmetricKey ReadPrivate(JsonElement argument) => Reading(() =>
    {
        var key = argument.TryGetProperty("jwk", out var jwk) ? JsonWebKeys.ReadPrivate(jwk)
            : ModuleJson.StringOf(argument, "pem") is { } pem ? Private(ReadPem(pem, argument))
            : Private(ReadDer(argument, isPrivate: true));
        return AsymmetricKey.OfPrivate(key);
    });

    public static AsymmetricKey ReadPublic(JsonElement argument) => Reading(() =>
    {
        var key = argument.TryGetProperty("jwk", out var jwk) ? JsonWebKeys.ReadPublic(jwk)
            : ModuleJson.StringOf(argument, "pem") is { } pem ? Public(ReadPem(pem, argument))
            : Public(ReadDer(argument, isPrivate: false));
        return AsymmetricKey.OfPublic(key);
    });

    /// <summary>The public half.</summary>
    public static AsymmetricKeyParameter PublicOf(AsymmetricKeyParameter key) => key switch
    {
        { IsPrivate: false } => key,
        RsaPrivateCrtKeyParameters rsa => new RsaKeyParameters(false, rsa.Modulus, rsa.PublicExponent),
        ECPrivateKeyParameters { PublicKeyParamSet: { } curve } ec => new ECPublicKeyParameters("EC", ec.Parameters.G.Multiply(ec.D).Normalize(), curve),
        ECPrivateKeyParameters ec => new ECPublicKeyParameters(ec.Parameters.G.Multiply(ec.D).Normalize(), ec.Parameters),
        Ed25519PrivateKeyParameters edwards => edwards.GeneratePublicKey(),
        _ => throw CryptoFailure.UnreadableKey,
    };

    /// <summary>A key that a KeyObject holds: PKCS#8 where private, SPKI where public.</summary>
    public static AsymmetricKeyParameter Held(byte[] der, bool isPrivate) => isPrivate ? PrivateKeyFactory.CreateKey(der) : PublicKeyFactory.CreateKey(der);

    private static AsymmetricKey Reading(Func<AsymmetricKey> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or GeneralSecurityException or ArgumentException or InvalidCastException or FormatException or InvalidOperationException or ArithmeticException)
        {
            throw CryptoFailure.UnreadableKey;
        }
    }

    private static object? ReadPem(string pem, JsonElement argument)
    {
        // BouncyCastle makes one byte of each character; the facade sends UTF-8.
        var passphrase = ModuleJson.StringOf(argument, "passphrase") is null ? null : Encoding.Latin1.GetString(ModuleJson.BytesOf(argument, "passphrase"));
        var finder = new PassphraseFinder(passphrase);
        try
        {
            using var text = new StringReader(pem);
            using var reader = new PemReader(text, finder);
            return reader.ReadObject();
        }
        catch (Exception exception) when (finder.WasAsked && exception is IOException or GeneralSecurityException or CryptoException)
        {
            throw passphrase is null
                ? new CryptoFailure("ERR_MISSING_PASSPHRASE", "Passphrase required for encrypted key") { Type = "TypeError" }
                : CryptoFailure.OpenSsl("ERR_OSSL_BAD_DECRYPT", "1C800064", "Provider routines", "bad decrypt");
        }
    }

    private static object ReadDer(JsonElement argument, bool isPrivate)
    {
        var der = ModuleJson.BytesOf(argument, "der");
        switch (ModuleJson.StringOf(argument, "encoding"))
        {
            case "pkcs1" when isPrivate:
                var rsa = RsaPrivateKeyStructure.GetInstance(der);
                return new RsaPrivateCrtKeyParameters(rsa);
            case "pkcs1":
                var bare = RsaPublicKeyStructure.GetInstance(der);
                return new RsaKeyParameters(false, bare.Modulus, bare.PublicExponent);
            case "sec1":
                var sec1 = ECPrivateKeyStructure.GetInstance(der);
                return PrivateKeyFactory.CreateKey(new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, sec1.Parameters), sec1));
            case "pkcs8" when ModuleJson.StringOf(argument, "passphrase") is not null:
                return PrivateKeyFactory.DecryptKey(Encoding.Latin1.GetString(ModuleJson.BytesOf(argument, "passphrase")).ToCharArray(), der);
            case "pkcs8":
                return PrivateKeyFactory.CreateKey(der);
            default:
                return isPrivate ? PrivateKeyFactory.CreateKey(der) : PublicKeyFactory.CreateKey(der);
        }
    }

    private static AsymmetricKeyParameter Private(object? read) => read switch
    {
        AsymmetricCipherKeyPair pair => pair.Private,
        AsymmetricKeyParameter { IsPrivate: true } key => key,
        _ => throw CryptoFailure.UnreadableKey,
    };

    private static AsymmetricKeyParameter Public(object? read) => read switch
    {
        AsymmetricCipherKeyPair pair => pair.Public,
        AsymmetricKeyParameter key => PublicOf(key),
        X509Certificate certificate => certificate.GetPublicKey(),
        _ => throw CryptoFailure.UnreadableKey,
    };

    private sealed class PassphraseFinder(string? passphrase) : IPasswordFinder
    {
        public bool WasAsked { get; private set; }

        public char[] GetPassword()
        {
            WasAsked = true;
            return (passphrase ?? throw new Org.BouncyCastle.OpenSsl.PasswordException("none")).ToCharArray();
        }
    }
}

/// <summary>A key as a KeyObject holds it.</summary>
/// <param name="Der">PKCS#8 or SPKI.</param>
/// <param name="IsPrivate">Which of the two.</param>
/// <param name="Kind">As <c>asymmetricKeyType</c> names it.</param>
/// <param name="Public">The public half, for its details.</param>
internal sealed record AsymmetricKey(byte[] Der, bool IsPrivate, string Kind, AsymmetricKeyParameter Public)
{
    public static AsymmetricKey OfPrivate(AsymmetricKeyParameter key) =>
        new(InfoOf(key).GetDerEncoded(), true, KindOf(key), Keys.PublicOf(key));

    /// <summary>As OpenSSL writes it: an elliptic curve once, outside, and the public point inside; Ed25519 in version 1.</summary>
    private static PrivateKeyInfo InfoOf(AsymmetricKeyParameter any)
    {
        if (any is Ed25519PrivateKeyParameters edwards)
        {
            return new PrivateKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DerOctetString(edwards.GetEncoded()));
        }

        if (any is not ECPrivateKeyParameters { PublicKeyParamSet: not null } key)
        {
            return PrivateKeyInfoFactory.CreatePrivateKeyInfo(any);
        }

        var point = ((ECPublicKeyParameters)Keys.PublicOf(key)).Q.GetEncoded(compressed: false);
        return new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, key.PublicKeyParamSet),
            new ECPrivateKeyStructure(key.Parameters.N.BitLength, key.D, new DerBitString(point), parameters: null));
    }

    public static AsymmetricKey OfPublic(AsymmetricKeyParameter key) =>
        new(SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(key).GetDerEncoded(), false, KindOf(key), key);

    public ModuleAnswer ToAnswer() => new(ModuleJson.Write(Write));

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", IsPrivate ? "private" : "public");
        writer.WriteBase64String("der", Der);
        writer.WriteString("asymmetricKeyType", Kind);
        writer.WriteStartObject("details");
        switch (Public)
        {
            case RsaKeyParameters rsa:
                writer.WriteNumber("modulusLength", rsa.Modulus.BitLength);
                writer.WriteString("publicExponent", rsa.Exponent.ToString());
                break;
            case ECPublicKeyParameters ec:
                writer.WriteString("namedCurve", Curves.NameOf(ec));
                break;
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string KindOf(AsymmetricKeyParameter key) => key switch
    {
        RsaKeyParameters => "rsa",
        ECKeyParameters => "ec",
        Ed25519PrivateKeyParameters or Ed25519PublicKeyParameters => "ed25519",
        _ => throw CryptoFailure.UnreadableKey,
    };
}
