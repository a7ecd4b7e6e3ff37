using System.Security.Cryptography;
using System.Text.Json;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

/// <summary>The modules that need no server.</summary>
public sealed class PureModuleConformanceTests(ScriptHost host) : IClassFixture<ScriptHost>, IClassFixture<OriginalsNotice>
{
    [SkippableTheory]
    [InlineData("crypto", null)]
    [InlineData("buffer", null)]
    [InlineData("node", "qs")]
    [InlineData("stream", null)]
    [InlineData("argon2", "argon2")]
    [InlineData("lodash", "lodash")]
    [InlineData("promises", "bluebird")]
    public Task Module_InTheSandbox_IsAsInNode(string suite, string? original) => ConformanceSuite.CompareAsync(host.Runner, suite, original: original);

    [SkippableFact]
    public Task JsonWebToken_InTheSandbox_IsAsInNode() => ConformanceSuite.CompareAsync(
        host.Runner,
        "jsonwebtoken",
        new Dictionary<string, string> { ["KEYS"] = MakeKeys() },
        original: "jsonwebtoken");

    [SkippableFact]
    public Task Keys_InTheSandbox_AreAsInNode()
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var protection = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000);
        return ConformanceSuite.CompareAsync(host.Runner, "keys", new Dictionary<string, string>
        {
            ["RSA_PKCS8"] = rsa.ExportPkcs8PrivateKeyPem(),
            ["RSA_PKCS1"] = rsa.ExportRSAPrivateKeyPem(),
            ["RSA_SPKI"] = rsa.ExportSubjectPublicKeyInfoPem(),
            ["RSA_PUBLIC_PKCS1"] = rsa.ExportRSAPublicKeyPem(),
            ["RSA_ENCRYPTED"] = rsa.ExportEncryptedPkcs8PrivateKeyPem("pässword", protection),
            ["RSA_DER"] = Convert.ToBase64String(rsa.ExportPkcs8PrivateKey()),
            ["RSA_PUBLIC_DER"] = Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()),
            ["EC_PKCS8"] = ecdsa.ExportPkcs8PrivateKeyPem(),
            ["EC_SEC1"] = ecdsa.ExportECPrivateKeyPem(),
            ["EC_SPKI"] = ecdsa.ExportSubjectPublicKeyInfoPem(),
            ["EC_DER"] = Convert.ToBase64String(ecdsa.ExportPkcs8PrivateKey()),
        });
    }

    /// <summary>A key of each kind, as PEM.</summary>
    private static string MakeKeys()
    {
        using var rsa = RSA.Create(2048);
        var keys = new Dictionary<string, Dictionary<string, string>>
        {
            ["r"] = new()
            {
                ["priv"] = rsa.ExportPkcs8PrivateKeyPem(),
                ["pub"] = rsa.ExportSubjectPublicKeyInfoPem(),
                ["enc"] = rsa.ExportEncryptedPkcs8PrivateKeyPem("pw", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000)),
            },
        };
        foreach (var (name, curve) in new[] { ("e", ECCurve.NamedCurves.nistP256), ("e3", ECCurve.NamedCurves.nistP384), ("e5", ECCurve.NamedCurves.nistP521) })
        {
            using var ecdsa = ECDsa.Create(curve);
            keys[name] = new() { ["priv"] = ecdsa.ExportPkcs8PrivateKeyPem(), ["pub"] = ecdsa.ExportSubjectPublicKeyInfoPem() };
        }

        return JsonSerializer.Serialize(keys);
    }
}
