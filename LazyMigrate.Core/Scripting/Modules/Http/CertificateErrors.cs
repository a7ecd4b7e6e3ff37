using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LazyMigrate.Core.Scripting.Modules.Http;

/// <summary>Why a server's certificate was refused, in OpenSSL's words, as Node gives them: https://nodejs.org/api/tls.html#x509-certificate-error-codes.</summary>
internal static class CertificateErrors
{
    public static ModuleException Of(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return new ModuleException("EPROTO", "The server has no certificate.");
        }

        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var isKnownBad = chain?.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid) == true;
            return isKnownBad ? leaf.NotBefore > DateTime.Now
                    ? new ModuleException("CERT_NOT_YET_VALID", "certificate is not yet valid")
                    : new ModuleException("CERT_HAS_EXPIRED", "certificate has expired")
                : leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData) ? new ModuleException("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate")
                : chain?.ChainElements.Count > 1 ? new ModuleException("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain")
                : new ModuleException("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate");
        }

        var names = NamesOf(leaf);
        var what = System.Net.IPAddress.TryParse(host, out _)
            ? $"IP: {host} is not in the cert's list: {string.Join(", ", names.Where(name => name.StartsWith("IP ", StringComparison.Ordinal)).Select(name => name["IP Address:".Length..]))}"
            : $"Host: {host}. is not in the cert's altnames: {string.Join(", ", names)}";
        return new ModuleException("ERR_TLS_CERT_ALTNAME_INVALID", $"Hostname/IP does not match certificate's altnames: {what}")
        {
            Fields = new Dictionary<string, string> { ["reason"] = what, ["host"] = host },
        };
    }

    private static List<string> NamesOf(X509Certificate2 certificate) => certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
        ? [.. names.EnumerateDnsNames().Select(name => $"DNS:{name}"), .. names.EnumerateIPAddresses().Select(address => $"IP Address:{address}")]
        : [];
}
