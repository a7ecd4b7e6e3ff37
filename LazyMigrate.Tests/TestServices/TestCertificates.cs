using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A certificate authority of this test run, made in memory: nothing of it is in the repository.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public TestCertificates(string name = "Test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    /// <summary>The authority's certificate.</summary>
    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>A server's certificate for 127.0.0.1 and the given name.</summary>
    public TestCertificate ForServer(string dnsName = "test.example", bool withAddress = true)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        if (withAddress)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        return Make($"CN={dnsName}", "1.3.6.1.5.5.7.3.1", names.Build());
    }

    /// <summary>Writes <c>ca.pem</c>, <c>server.pem</c> and <c>server.key</c> of a new authority into a folder.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The host name that the server's certificate carries; or <c>127.0.0.1</c>, which is the address alone.</param>
    /// <returns>The authority as PEM.</returns>
    public static string Write(string folder, string name)
    {
        using var authority = new TestCertificates();
        using var server = authority.ForServer(name, withAddress: IPAddress.TryParse(name, out _));
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.AuthorityPem);
        File.WriteAllText(Path.Combine(folder, "server.pem"), server.CertificatePem);
        File.WriteAllText(Path.Combine(folder, "server.key"), server.KeyPem);
        return authority.AuthorityPem;
    }

    /// <summary>A client's certificate.</summary>
    public TestCertificate ForClient(string name = "client") => Make($"CN={name}", "1.3.6.1.5.5.7.3.2", null);

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }

    private TestCertificate Make(string subject, string purpose, X509Extension? names)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        using var issued = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return new TestCertificate(issued.CopyWithPrivateKey(key), key);
    }
}

/// <summary>A certificate with its key.</summary>
internal sealed record TestCertificate(X509Certificate2 Certificate, ECDsa Key) : IDisposable
{
    public string CertificatePem => Certificate.ExportCertificatePem();

    public string KeyPem => Key.ExportPkcs8PrivateKeyPem();

    public string EncryptedKeyPem(string passphrase) =>
        Key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));

    public string Pkcs12(string passphrase) => Convert.ToBase64String(Certificate.Export(X509ContentType.Pkcs12, passphrase));

    public void Dispose()
    {
        Certificate.Dispose();
        Key.Dispose();
    }
}
