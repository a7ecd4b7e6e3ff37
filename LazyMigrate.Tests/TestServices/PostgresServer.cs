using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Npgsql;
using Xunit.Abstractions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real PostgreSQL server of this test run, in a temporary folder and on a free loopback port.</summary>
/// <remarks>Where the server's programs are missing it starts nothing: tests ask <see cref="IsAvailable"/> first and skip.</remarks>
public sealed class PostgresServer(IMessageSink messages) : IAsyncLifetime
{
    private const string Username = "lazymigrate";
    private const string Password = "p@ss:word/1";
    private const int InterruptSignal = 2;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"lazymigrate-postgres-{Guid.NewGuid():N}");
    private Process? _process;

    /// <summary>The port, kept over <see cref="StopAsync"/> and <see cref="StartAsync"/>.</summary>
    public int Port { get; private set; }

    /// <summary><c>host:port</c> as an allow-list has it.</summary>
    public string HostAndPort => $"127.0.0.1:{Port}";

    /// <summary>The database <c>postgres</c> as a URI.</summary>
    public string ConnectionUri => UriOf("postgres");

    /// <summary>The database <c>postgres</c> as an Npgsql connection string.</summary>
    public string ConnectionString => ConnectionStringOf("postgres");

    /// <summary>Whether a server can be started here.</summary>
    /// <param name="reason">Why not, as one sentence.</param>
    public static bool IsAvailable(out string reason)
    {
        reason = "";
        if (FindProgram("postgres") is null)
        {
            reason = "PostgreSQL's server programs are not installed (Debian: apt-get install postgresql).";
        }
        else if (Environment.IsPrivilegedProcess && (!OperatingSystem.IsLinux() || !UserExists("postgres") || !File.Exists("/usr/bin/setpriv")))
        {
            reason = "PostgreSQL does not run as root, and there is no setpriv or no user postgres to run it as.";
        }

        return reason.Length == 0;
    }

    public async Task InitializeAsync()
    {
        if (!IsAvailable(out var reason))
        {
            SkipNotice.Print(messages, reason);
            return;
        }

        var passwordFile = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(passwordFile, Password);
            if (!OperatingSystem.IsWindows())
            {
                // Read by the unprivileged user, and worth nothing to anybody else.
                File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }

            using var initdb = Start(
                "initdb",
                ["-D", _folder, "-U", Username, "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"]);
            var output = await initdb.StandardError.ReadToEndAsync();
            await initdb.WaitForExitAsync();
            if (initdb.ExitCode != 0)
            {
                throw new InvalidOperationException($"initdb failed: {output}");
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Port = FreePort();
        await StartAsync();
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same port and with the same data.</summary>
    public async Task StartAsync()
    {
        _process = Start(
            "postgres",
            [
                "-D", _folder, "-h", "127.0.0.1", "-p", $"{Port}", "-k", "",
                "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
                "-c", "shared_buffers=32MB", "-c", "max_connections=200",
            ]);
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (deadline.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Stops it, ending every connection, as a restart of the legacy database would.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
        {
            return;
        }

        // SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, then the server.
        if (!_process.HasExited && Kill(_process.Id, InterruptSignal) != 0)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its URI.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync("postgres", $"CREATE DATABASE \"{name}\"");
        return UriOf(name);
    }

    /// <summary>Runs statements in a database.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringOf(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A database of this server as a <c>postgres://</c> URI.</summary>
    public string UriOf(string database) =>
        $"postgres://{Username}:{Uri.EscapeDataString(Password)}@{HostAndPort}/{Uri.EscapeDataString(database)}";

    /// <summary>A database of this server as an Npgsql connection string without pooling, so that nothing holds the server open.</summary>
    public string ConnectionStringOf(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = Username,
        Password = Password,
        Database = database,
        Pooling = false,
    }.ConnectionString;

    /// <summary>Starts it again with TLS.</summary>
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="clients">The authority that clients' certificates are of; those who name the role <c>certified</c> must have one.</param>
    internal async Task RestartWithTlsAsync(TestCertificate certificate, TestCertificates clients)
    {
        await StopAsync();
        foreach (var (name, text) in new[]
        {
            ("server.crt", certificate.CertificatePem),
            ("server.key", certificate.KeyPem),
            ("clients.crt", clients.AuthorityPem),
            ("pg_hba.conf", "hostssl all certified 127.0.0.1/32 cert\nhost all all 127.0.0.1/32 scram-sha-256\n"),
            ("postgresql.auto.conf", "ssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\nssl_ca_file = 'clients.crt'\n"),
        })
        {
            // By the server's own user, so that the key is that user's and nobody else can read it.
            using var write = Start("sh", ["-c", $"umask 077; cat > '{Path.Combine(_folder, name)}' <<'END'\n{text}\nEND"]);
            var errors = await write.StandardError.ReadToEndAsync();
            await write.WaitForExitAsync();
            if (write.ExitCode != 0)
            {
                throw new InvalidOperationException($"{name} could not be written: {errors}");
            }
        }

        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo
        {
            FileName = FindProgram(program)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (Environment.IsPrivilegedProcess)
        {
            // setpriv replaces itself by the program, so that the process id is the server's own.
            start.ArgumentList.Add("--reuid=postgres");
            start.ArgumentList.Add("--regid=postgres");
            start.ArgumentList.Add("--clear-groups");
            start.ArgumentList.Add(start.FileName);
            start.FileName = "/usr/bin/setpriv";
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    private static string? FindProgram(string name)
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.Concat(path).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static bool UserExists(string name) =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{name}:", StringComparison.Ordinal));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}

/// <summary>Tests that share one <see cref="PostgresServer"/>, one after the other.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A collection in xunit's sense of the word.")]
[CollectionDefinition(nameof(PostgresCollection))]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>;
