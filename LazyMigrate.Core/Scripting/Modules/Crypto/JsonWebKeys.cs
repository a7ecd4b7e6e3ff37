using System.Buffers.Text;
using System.Text.Json;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>Keys as JSON: RFC 7517, RFC 7518 section 6, RFC 8037.</summary>
internal static class JsonWebKeys
{
    public static AsymmetricKeyParameter ReadPrivate(JsonElement jwk) => ModuleJson.StringOf(jwk, "kty") switch
    {
        "RSA" => new RsaPrivateCrtKeyParameters(
            Number(jwk, "n"), Number(jwk, "e"), Number(jwk, "d"), Number(jwk, "p"), Number(jwk, "q"), Number(jwk, "dp"), Number(jwk, "dq"), Number(jwk, "qi")),
        "EC" => new ECPrivateKeyParameters("EC", Number(jwk, "d"), Curves.Find(ModuleJson.StringOf(jwk, "crv") ?? "")),
        "OKP" when ModuleJson.StringOf(jwk, "crv") == "Ed25519" => new Ed25519PrivateKeyParameters(Bytes(jwk, "d")),
        _ => throw Invalid(),
    };

    public static AsymmetricKeyParameter ReadPublic(JsonElement jwk)
    {
        switch (ModuleJson.StringOf(jwk, "kty"))
        {
            case "RSA":
                return new RsaKeyParameters(false, Number(jwk, "n"), Number(jwk, "e"));
            case "EC":
                var curve = Curves.Find(ModuleJson.StringOf(jwk, "crv") ?? "");
                var point = ECNamedCurveTable.GetByOid(curve).Curve.CreatePoint(Number(jwk, "x"), Number(jwk, "y"));
                return new ECPublicKeyParameters("EC", point, curve);
            case "OKP" when ModuleJson.StringOf(jwk, "crv") == "Ed25519":
                return new Ed25519PublicKeyParameters(Bytes(jwk, "x"));
            default:
                throw Invalid();
        }
    }

    public static ModuleAnswer Write(JsonElement argument)
    {
        var key = Keys.Held(ModuleJson.BytesOf(argument, "der"), ModuleJson.StringOf(argument, "type") == "private");
        return new ModuleAnswer(ModuleJson.Write(writer =>
        {
            writer.WriteStartObject();
            switch (Keys.PublicOf(key))
            {
                case RsaKeyParameters rsa:
                    writer.WriteString("kty", "RSA");
                    WriteNumber(writer, "n", rsa.Modulus);
                    WriteNumber(writer, "e", rsa.Exponent);
                    WritePrivate(writer, key as RsaPrivateCrtKeyParameters);
                    break;
                case ECPublicKeyParameters ec:
                    var (name, size) = Curves.JwkOf(ec);
                    writer.WriteString("kty", "EC");
                    WriteNumber(writer, "x", ec.Q.AffineXCoord.ToBigInteger(), size);
                    WriteNumber(writer, "y", ec.Q.AffineYCoord.ToBigInteger(), size);
                    writer.WriteString("crv", name);
                    if (key is ECPrivateKeyParameters { D: var d })
                    {
                        WriteNumber(writer, "d", d, size);
                    }

                    break;
                case Ed25519PublicKeyParameters edwards:
                    writer.WriteString("crv", "Ed25519");
                    if (key is Ed25519PrivateKeyParameters secret)
                    {
                        writer.WriteString("d", Base64Url.EncodeToString(secret.GetEncoded()));
                    }

                    writer.WriteString("x", Base64Url.EncodeToString(edwards.GetEncoded()));
                    writer.WriteString("kty", "OKP");
                    break;
            }

            writer.WriteEndObject();
        }));
    }

    private static void WritePrivate(Utf8JsonWriter writer, RsaPrivateCrtKeyParameters? rsa)
    {
        if (rsa is not null)
        {
            WriteNumber(writer, "d", rsa.Exponent);
            WriteNumber(writer, "p", rsa.P);
            WriteNumber(writer, "q", rsa.Q);
            WriteNumber(writer, "dp", rsa.DP);
            WriteNumber(writer, "dq", rsa.DQ);
            WriteNumber(writer, "qi", rsa.QInv);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, BigInteger value, int size = 0)
    {
        var bytes = value.ToByteArrayUnsigned();
        var padded = new byte[Math.Max(size, bytes.Length)];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        writer.WriteString(name, Base64Url.EncodeToString(padded));
    }

    private static BigInteger Number(JsonElement jwk, string name) => new(1, Bytes(jwk, name));

    private static byte[] Bytes(JsonElement jwk, string name)
    {
        try
        {
            return Base64Url.DecodeFromChars(ModuleJson.StringOf(jwk, name) ?? throw Invalid());
        }
        catch (FormatException)
        {
            throw Invalid();
        }
    }

    private static CryptoFailure Invalid() => new("ERR_CRYPTO_INVALID_JWK", "Invalid JWK data") { Type = "TypeError" };
}
