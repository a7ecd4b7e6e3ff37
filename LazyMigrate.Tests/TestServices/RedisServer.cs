using System.Diagnostics;
using Xunit.Abstractions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real Redis server of this test run, with a password, in a temporary folder and on a free loopback port.</summary>
public sealed class RedisServer(IMessageSink messages) : IAsyncLifetime
{
    public const string Password = "p@ss:word/1";

    private static readonly string? s_program = ServerProgram.Find("redis-server");

    private readonly string _folder = Directory.CreateTempSubdirectory("lazymigrate-redis-").FullName;
    private Process? _process;

    public int Port { get; private set; }

    /// <summary>The port that speaks TLS, with a certificate for 127.0.0.1.</summary>
    public int TlsPort { get; private set; }

    public string TlsUri => $"rediss://:{Uri.EscapeDataString(Password)}@127.0.0.1:{TlsPort}";

    /// <summary>The certificate authority of <see cref="TlsPort"/>.</summary>
    public string AuthorityPem { get; private set; } = "";

    /// <summary><c>host:port</c> as an allow-list has it.</summary>
    public string HostAndPort => $"127.0.0.1:{Port}";

    public string ConnectionUri => $"redis://:{Uri.EscapeDataString(Password)}@{HostAndPort}";

    /// <summary>Whether a server can be started here.</summary>
    /// <param name="reason">Why not, as one sentence.</param>
    public static bool IsAvailable(out string reason)
    {
        reason = s_program is null ? "Redis is not installed (Debian: apt-get install redis-server)." : "";
        return reason.Length == 0;
    }

    public async Task InitializeAsync()
    {
        if (!IsAvailable(out var reason))
        {
            SkipNotice.Print(messages, reason);
            return;
        }

        Port = ServerProgram.FreePort();
        TlsPort = ServerProgram.FreePort();
        AuthorityPem = TestCertificates.Write(_folder, "127.0.0.1");

        // As the test's own user: Redis has nothing against that.
        _process = ServerProgram.Serve(
            s_program!,
            [
                "--bind", "127.0.0.1", "--port", $"{Port}", "--dir", _folder, "--save", "", "--appendonly", "no", "--daemonize", "no", "--requirepass", Password,
                "--tls-port", $"{TlsPort}", "--tls-cert-file", $"{_folder}/server.pem", "--tls-key-file", $"{_folder}/server.key",
                "--tls-ca-cert-file", $"{_folder}/ca.pem", "--tls-auth-clients", "no",
            ]);
        await ServerProgram.WaitForPortAsync(_process, Port);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await ServerProgram.StopAsync(_process);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
