using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using MySqlConnector;
using Xunit.Abstractions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real MariaDB server of this test run, in a temporary folder and on a free loopback port, with TLS.</summary>
/// <remarks>Where the server's programs are missing it starts nothing: tests ask <see cref="IsAvailable"/> first and skip.</remarks>
public sealed class MariaDbServer(IMessageSink messages) : IAsyncLifetime
{
    public const string Username = "lazymigrate";
    public const string Password = "p@ss:word/1";
    private const string User = "mysql";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"lazymigrate-mariadb-{Guid.NewGuid():N}");
    private Process? _process;

    /// <summary>The port, kept over <see cref="StopAsync"/> and <see cref="StartAsync"/>.</summary>
    public int Port { get; private set; }

    /// <summary><c>host:port</c> as an allow-list has it.</summary>
    public string HostAndPort => $"127.0.0.1:{Port}";

    /// <summary>The database <c>legacy</c> as a URI.</summary>
    public string ConnectionUri => UriOf("legacy");

    /// <summary>The certificate authority that signed the server's certificate, as PEM. The certificate is for <c>db.example</c>.</summary>
    public string AuthorityPem { get; private set; } = "";

    /// <summary>Whether a server can be started here.</summary>
    /// <param name="reason">Why not, as one sentence.</param>
    public static bool IsAvailable(out string reason)
    {
        reason = "";
        if (Program("mariadbd") is null || Program("mariadb-install-db") is null)
        {
            reason = "MariaDB's server programs are not installed (Debian: apt-get install mariadb-server).";
        }
        else if (!ServerProgram.CanRunAs(User))
        {
            reason = "MariaDB does not run as root, and there is no setpriv or no user mysql to run it as.";
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

        Directory.CreateDirectory(_folder);
        if (!OperatingSystem.IsWindows())
        {
            // The unprivileged user of the server makes its own folder in it.
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        }

        AuthorityPem = TestCertificates.Write(_folder, "db.example");
        MakeReadable("ca.pem");
        MakeReadable("server.pem");
        MakeReadable("server.key");
        await InstallAsync();
        Port = ServerProgram.FreePort();
        await StartAsync();
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same port and with the same data.</summary>
    public async Task StartAsync()
    {
        _process = ServerProgram.Serve(
            Program("mariadbd")!,
            [
                "--no-defaults", $"--datadir={_folder}/data", $"--socket={_folder}/mariadb.sock", $"--pid-file={_folder}/mariadb.pid",
                "--bind-address=127.0.0.1", $"--port={Port}", $"--init-file={_folder}/init.sql", $"--tmpdir={_folder}",
                $"--ssl-ca={_folder}/ca.pem", $"--ssl-cert={_folder}/server.pem", $"--ssl-key={_folder}/server.key",
                "--innodb-buffer-pool-size=16M", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin", "--character-set-server=utf8mb4",
                "--performance-schema=off", "--default-time-zone=+00:00",
            ],
            User);
        await ServerProgram.WaitAsync<MySqlException>(_process, async () =>
        {
            await using var connection = new MySqlConnection(ConnectionStringOf("legacy"));
            await connection.OpenAsync();
        });
    }

    /// <summary>Stops it, ending every connection, as a restart of the legacy database would.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await ServerProgram.StopAsync(process, ServerProgram.TerminateSignal);
        }
    }

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its URI.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync("legacy", $"CREATE DATABASE `{name}`");
        return UriOf(name);
    }

    /// <summary>Runs statements in a database.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(ConnectionStringOf(database));
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of a query's rows, as text.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = new MySqlConnection(ConnectionStringOf("legacy"));
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.IsDBNull(0) ? "NULL" : $"{reader.GetValue(0)}");
        }

        return values;
    }

    /// <summary>A database of this server as a <c>mysql://</c> URI.</summary>
    public string UriOf(string database) =>
        $"mysql://{Username}:{Uri.EscapeDataString(Password)}@{HostAndPort}/{Uri.EscapeDataString(database)}";

    /// <summary>A database of this server as a connection string without pooling, so that nothing holds the server open.</summary>
    public string ConnectionStringOf(string database) => new MySqlConnectionStringBuilder
    {
        Server = "127.0.0.1",
        Port = (uint)Port,
        UserID = Username,
        Password = Password,
        Database = database,
        Pooling = false,
        SslMode = MySqlSslMode.None,
        AllowUserVariables = true,
    }.ConnectionString;

    public async Task DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task InstallAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "init.sql"),
            $"""
            CREATE DATABASE IF NOT EXISTS legacy;
            CREATE USER IF NOT EXISTS '{Username}'@'%' IDENTIFIED BY '{Password}';
            GRANT ALL ON *.* TO '{Username}'@'%' WITH GRANT OPTION;
            """);
        MakeReadable("init.sql");
        await ServerProgram.RunAsync(
            Program("mariadb-install-db")!,
            ["--no-defaults", $"--datadir={_folder}/data", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve", $"--tmpdir={_folder}"],
            User);
    }

    private void MakeReadable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Read by the unprivileged user, and worth nothing to anybody else.
            File.SetUnixFileMode(Path.Combine(_folder, file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    private static string? Program(string name) => ServerProgram.Find(name, "/usr/sbin", "/usr/bin");
}

/// <summary>Tests that share one <see cref="MariaDbServer"/>, one after the other.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A collection in xunit's sense of the word.")]
[CollectionDefinition(nameof(MariaDbCollection))]
public sealed class MariaDbCollection : ICollectionFixture<MariaDbServer>;
