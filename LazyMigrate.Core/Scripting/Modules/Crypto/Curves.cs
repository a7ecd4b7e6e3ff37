using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Parameters;

namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>Elliptic curves by the names of OpenSSL and of JWK.</summary>
internal static class Curves
{
    private static readonly (string Name, string? Jwk, DerObjectIdentifier Id, int Bytes)[] s_all =
    [
        ("prime256v1", "P-256", SecObjectIdentifiers.SecP256r1, 32),
        ("secp384r1", "P-384", SecObjectIdentifiers.SecP384r1, 48),
        ("secp521r1", "P-521", SecObjectIdentifiers.SecP521r1, 66),
        ("secp256k1", "secp256k1", SecObjectIdentifiers.SecP256k1, 32),
    ];

    public static string NameOf(ECKeyParameters key) => s_all.FirstOrDefault(curve => curve.Id.Equals(key.PublicKeyParamSet)).Name ?? key.PublicKeyParamSet?.Id ?? "";

    public static (string Jwk, int Bytes) JwkOf(ECKeyParameters key) => s_all.FirstOrDefault(curve => curve.Id.Equals(key.PublicKeyParamSet)) is { Jwk: { } jwk } found
        ? (jwk, found.Bytes)
        : throw new CryptoFailure("ERR_CRYPTO_JWK_UNSUPPORTED_CURVE", "Unsupported JWK EC curve.");

    /// <summary>By either name.</summary>
    public static DerObjectIdentifier Find(string name) => s_all.FirstOrDefault(curve => curve.Name == name || curve.Jwk == name).Id
        ?? throw new CryptoFailure("ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name") { Type = "TypeError" };
}
