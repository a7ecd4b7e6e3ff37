using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Certificates that are made for one test run.</summary>
internal static class TestCertificates
{
    /// <summary>Writes <c>ca.pem</c>, <c>server.pem</c> and <c>server.key</c> into a folder.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The host name or address that the server's certificate carries.</param>
    /// <returns>The authority as PEM.</returns>
    public static string Write(string folder, string name)
    {
        using var authorityKey = RSA.Create(2048);
        var authority = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var authorityCertificate = authority.CreateSelfSigned(from, to);

        using var key = RSA.Create(2048);
        var server = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        server.CertificateExtensions.Add(names.Build());
        using var certificate = server.Create(authorityCertificate, from, to, RandomNumberGenerator.GetBytes(8));

        var pem = authorityCertificate.ExportCertificatePem();
        File.WriteAllText(Path.Combine(folder, "ca.pem"), pem);
        File.WriteAllText(Path.Combine(folder, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportRSAPrivateKeyPem());
        return pem;
    }
}
