using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>
/// How a script wants a connection encrypted: what <c>kit.tls</c> makes of <c>ssl: true | { ca, rejectUnauthorized, cert, key }</c>,
/// the options of Node's <c>tls.connect</c> that drivers hand on.
/// </summary>
/// <param name="Verify">Whether the server's certificate is checked; false is <c>rejectUnauthorized: false</c>.</param>
/// <param name="Authorities">The certificate authorities to trust instead of the system's, as PEM text, or null.</param>
/// <param name="Certificate">The client's own certificate as PEM text, or null.</param>
/// <param name="Key">Its private key as PEM text, or null.</param>
/// <param name="Passphrase">The key's passphrase, or null.</param>
/// <param name="Pkcs12">The client's certificate with its key as a PKCS#12 file (<c>pfx</c>), or null.</param>
/// <param name="ServerName">The name that the server's certificate must carry, where it is not the host's.</param>
internal sealed record TlsSettings(bool Verify, string? Authorities, string? Certificate, string? Key, string? Passphrase, byte[]? Pkcs12, string? ServerName)
{
    /// <summary>TLS with the system's authorities.</summary>
    public static TlsSettings Default { get; } = new(true, null, null, null, null, null, null);

    /// <summary>What makes two settings different, for the key of a pool.</summary>
    public string PoolKey => $"{Verify}\n{Authorities}\n{Certificate}\n{Key}\n{Passphrase}\n{(Pkcs12 is null ? "" : Convert.ToBase64String(Pkcs12))}\n{ServerName}";

    /// <summary>Reads the field <c>tls</c> of an argument: null for none, else what <c>kit.tls</c> gave.</summary>
    /// <exception cref="ModuleException">A certificate or key is not in PEM form.</exception>
    public static TlsSettings? Read(JsonElement argument)
    {
        if (argument.ValueKind != JsonValueKind.Object || !argument.TryGetProperty("tls", out var tls) || tls.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var settings = new TlsSettings(
            !tls.TryGetProperty("verify", out var verify) || verify.ValueKind != JsonValueKind.False,
            ModuleJson.StringOf(tls, "ca"),
            ModuleJson.StringOf(tls, "cert"),
            ModuleJson.StringOf(tls, "key"),
            ModuleJson.StringOf(tls, "passphrase"),
            tls.TryGetProperty("pfx", out _) ? ModuleJson.BytesOf(tls, "pfx") : null,
            ModuleJson.StringOf(tls, "servername"));
        settings.LoadAuthorities()?.Dispose();
        settings.LoadClientCertificate()?.Dispose();
        return settings;
    }

    /// <summary>The client's certificate with its key, or null where there is none.</summary>
    public X509Certificate2? LoadClientCertificate()
    {
        if (Certificate is null && Pkcs12 is null)
        {
            return null;
        }

        try
        {
            if (Certificate is null)
            {
                return X509CertificateLoader.LoadPkcs12(Pkcs12!, Passphrase);
            }

            var key = Key ?? Certificate;
            using var loaded = Passphrase is null
                ? X509Certificate2.CreateFromPem(Certificate, key)
                : X509Certificate2.CreateFromEncryptedPem(Certificate, key, Passphrase);

            // Keys that came from PEM are ephemeral, which Windows' TLS does not take.
            return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null);
        }
        catch (CryptographicException)
        {
            throw new ModuleException("ERR_TLS_CERT", "The client's certificate (`cert` and `key` in PEM form, or `pfx`) is not a certificate and its key, or the passphrase is wrong.");
        }
    }

    /// <summary>Judges the server's certificate as the settings say; for <see cref="SslStream"/> and drivers that ask a callback.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!Verify || errors == SslPolicyErrors.None)
        {
            return true;
        }

        // With authorities of its own a chain is judged by these alone; a wrong name stays wrong.
        return errors == SslPolicyErrors.RemoteCertificateChainErrors && IsOfAuthorities(certificate, chain);
    }

    /// <summary>Whether the certificate's chain ends at one of <see cref="Authorities"/>; false where none are given.</summary>
    public bool IsOfAuthorities(X509Certificate? certificate, X509Chain? chain)
    {
        if (Authorities is null || certificate is null)
        {
            return false;
        }

        using var authorities = LoadAuthorities()!;
        using var judged = new X509Chain();
        judged.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        judged.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        judged.ChainPolicy.CustomTrustStore.AddRange(authorities.Certificates);
        judged.ChainPolicy.ExtraStore.AddRange(authorities.Certificates);
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            judged.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return judged.Build(leaf);
    }

    /// <summary>Options for a client's <see cref="SslStream"/> or HTTP handler.</summary>
    /// <param name="host">The host that is connected to.</param>
    public SslClientAuthenticationOptions ToClientOptions(string host)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = ServerName ?? host,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(certificate, chain, errors),
        };
        if (LoadClientCertificate() is { } certificate)
        {
            options.ClientCertificates = [certificate];
        }

        return options;
    }

    private AuthoritySet? LoadAuthorities()
    {
        if (Authorities is null)
        {
            return null;
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Authorities);
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        return certificates.Count > 0
            ? new AuthoritySet(certificates)
            : throw new ModuleException("ERR_TLS_CERT", "`ca` is not a certificate in PEM form.");
    }

    private sealed record AuthoritySet(X509Certificate2Collection Certificates) : IDisposable
    {
        public void Dispose()
        {
            foreach (var certificate in Certificates)
            {
                certificate.Dispose();
            }
        }
    }
}
