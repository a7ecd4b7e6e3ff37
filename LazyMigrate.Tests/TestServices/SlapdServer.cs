using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit.Abstractions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real OpenLDAP (Debian: <c>slapd</c>) with a folder, ports and a certificate of its own on loopback.</summary>
public sealed class SlapdServer(IMessageSink messages) : IAsyncLifetime
{
    public const string Suffix = "dc=example,dc=com";

    public const string AdminDn = "cn=admin,dc=example,dc=com";

    public const string AdminPassword = "admin-secret";

    private const string Slapd = "/usr/sbin/slapd";

    private const string Ldif = """
        dn: dc=example,dc=com
        objectClass: dcObject
        objectClass: organization
        o: Example
        dc: example

        dn: ou=people,dc=example,dc=com
        objectClass: organizationalUnit
        ou: people

        dn: uid=ada,ou=people,dc=example,dc=com
        objectClass: inetOrgPerson
        uid: ada
        cn: Ada Lovelace
        sn: Lovelace
        mail: ada@example.com
        mail: countess@example.com
        telephoneNumber: +4915112345678
        userPassword: opensesame

        dn: uid=grace,ou=people,dc=example,dc=com
        objectClass: inetOrgPerson
        uid: grace
        cn: Grace *(H)\ Hopper
        sn: Hopper
        mail: grace@example.com
        userPassword: opensesame

        dn:: dWlkPWfDtmRlbCxvdT1wZW9wbGUsZGM9ZXhhbXBsZSxkYz1jb20=
        objectClass: inetOrgPerson
        uid:: Z8O2ZGVs
        cn:: S3VydCBHw7ZkZWw=
        sn:: R8O2ZGVs
        mail: kurt@example.com
        userPassword: opensesame

        dn: cn=staff,dc=example,dc=com
        objectClass: groupOfNames
        cn: staff
        member: uid=ada,ou=people,dc=example,dc=com

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lazymigrate-slapd-").FullName;
    private Process? _process;

    public int Port { get; private set; }

    public int TlsPort { get; private set; }

    public string Uri => $"ldap://127.0.0.1:{Port}";

    public string TlsUri => $"ldaps://127.0.0.1:{TlsPort}";

    public string HostAndPort => $"127.0.0.1:{Port}";

    /// <summary>The certificate that signed the server's, as PEM text: it is the server's own.</summary>
    public string Authority { get; private set; } = "";

    public static bool IsAvailable(out string reason)
    {
        reason = !OperatingSystem.IsLinux() || !File.Exists(Slapd) || !Directory.Exists("/etc/ldap/schema")
            ? "OpenLDAP's server is not installed (Debian: apt-get install slapd)."
            : "";
        return reason.Length == 0;
    }

    public async Task InitializeAsync()
    {
        if (!IsAvailable(out var reason))
        {
            SkipNotice.Print(messages, reason);
            return;
        }

        WriteCertificate();
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        var configuration = Path.Combine(_folder, "slapd.conf");
        await File.WriteAllTextAsync(configuration, $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            pidfile {_folder}/slapd.pid
            modulepath /usr/lib/ldap
            moduleload back_mdb
            TLSCertificateFile {_folder}/server.pem
            TLSCertificateKeyFile {_folder}/server.key
            TLSCACertificateFile {_folder}/server.pem
            database mdb
            maxsize 10485760
            suffix "{Suffix}"
            rootdn "{AdminDn}"
            rootpw {AdminPassword}
            directory {data}
            dbnosync
            index uid,mail eq
            access to attrs=userPassword by anonymous auth by * none
            access to * by * read
            """);
        var ldif = Path.Combine(_folder, "people.ldif");
        await File.WriteAllTextAsync(ldif, Ldif);
        await ServerProgram.RunAsync("/usr/sbin/slapadd", ["-q", "-f", configuration, "-l", ldif]);
        (Port, TlsPort) = (ServerProgram.FreePort(), ServerProgram.FreePort());

        // With -d it stays in the foreground, so that the process id is the server's own.
        _process = ServerProgram.Serve(Slapd, ["-f", configuration, "-h", $"{Uri} {TlsUri}", "-d", "0"]);
        await ServerProgram.WaitForPortAsync(_process, Port);
        await ServerProgram.WaitForPortAsync(_process, TlsPort);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await ServerProgram.StopAsync(_process);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        Authority = certificate.ExportCertificatePem();
        File.WriteAllText(Path.Combine(_folder, "server.pem"), Authority);
        File.WriteAllText(Path.Combine(_folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
