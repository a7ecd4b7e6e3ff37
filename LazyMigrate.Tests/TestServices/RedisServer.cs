using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real Redis server of this test run, with a password, in a temporary folder and on a free loopback port.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    public const string Password = "p@ss:word/1";

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
        reason = FindProgram() is null ? "Redis is not installed (Debian: apt-get install redis-server)." : "";
        return reason.Length == 0;
    }

    public async Task InitializeAsync()
    {
        if (FindProgram() is not { } program)
        {
            return;
        }

        Port = FreePort();
        TlsPort = FreePort();
        AuthorityPem = TestCertificates.Write(_folder, "127.0.0.1");

        _process = Process.Start(new ProcessStartInfo(program)
        {
            // As the test's own user: Redis has nothing against that.
            ArgumentList = { "--bind", "127.0.0.1", "--port", $"{Port}", "--dir", _folder, "--save", "", "--appendonly", "no", "--daemonize", "no", "--requirepass", Password, "--tls-port", $"{TlsPort}", "--tls-cert-file", $"{_folder}/server.pem", "--tls-key-file", $"{_folder}/server.key", "--tls-ca-cert-file", $"{_folder}/ca.pem", "--tls-auth-clients", "no" },
            RedirectStandardOutput = true,
            WorkingDirectory = _folder,
        })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (deadline.Elapsed < TimeSpan.FromSeconds(30) && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server"))
        .FirstOrDefault(File.Exists);
}
