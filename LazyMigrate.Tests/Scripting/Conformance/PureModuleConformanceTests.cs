using System.Security.Cryptography;
using System.Text.Json;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

/// <summary>The modules that need no server.</summary>
public sealed class PureModuleConformanceTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [SkippableTheory]
    [InlineData("crypto", null)]
    [InlineData("buffer", null)]
    [InlineData("node", "qs")]
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
