using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit.Abstractions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real PostgreSQL server of this test run, in a temporary folder and on a free loopback port.</summary>
/// <remarks>Where the server's programs are missing it starts nothing: tests ask <see cref="IsAvailable"/> first and skip.</remarks>
public sealed class PostgresServer(IMessageSink messages) : IAsyncLifetime
{
    private const string Username = "lazymigrate";
    private const string Password = "p@ss:word/1";
    private const string User = "postgres";
    private const string Template = "migrated";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"lazymigrate-postgres-{Guid.NewGuid():N}");
    private Process? _process;
    private Task? _template;

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
        if (Program("postgres") is null)
        {
            reason = "PostgreSQL's server programs are not installed (Debian: apt-get install postgresql).";
        }
        else if (!ServerProgram.CanRunAs(User))
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

            await ServerProgram.RunAsync(
                Program("initdb")!,
                ["-D", _folder, "-U", Username, "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"],
                User);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Port = ServerProgram.FreePort();
        await StartAsync();
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same port and with the same data.</summary>
    public async Task StartAsync()
    {
        _process = ServerProgram.Serve(
            Program("postgres")!,
            [
                "-D", _folder, "-h", "127.0.0.1", "-p", $"{Port}", "-k", "",
                "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
                "-c", "shared_buffers=32MB", "-c", "max_connections=200",
            ],
            User);
        await ServerProgram.WaitAsync<NpgsqlException>(_process, async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
        });
    }

    /// <summary>Stops it, ending every connection, as a restart of the legacy database would.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            // SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, then the server.
            _process = null;
            await ServerProgram.StopAsync(process, ServerProgram.InterruptSignal);
        }
    }

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its URI.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync("postgres", $"CREATE DATABASE \"{name}\"");
        return UriOf(name);
    }

    /// <summary>Creates a database for LazyMigrate's own data with the current schema and nothing in it: a copy of one made once a server.</summary>
    public async Task CreateMigratedDatabaseAsync(string name)
    {
        // Copies are not made while the template is, and a template that nobody is connected to can be copied.
        await (_template ??= MakeTemplateAsync());
        await ExecuteAsync("postgres", $"CREATE DATABASE \"{name}\" TEMPLATE \"{Template}\"");
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
            await ServerProgram.RunAsync("/bin/sh", ["-c", $"umask 077; cat > '{Path.Combine(_folder, name)}' <<'END'\n{text}\nEND"], User);
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

    private async Task MakeTemplateAsync()
    {
        await CreateDatabaseAsync(Template);
        await using var context = new PostgresAppDbContext(new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql(ConnectionStringOf(Template)).Options);
        await context.Database.MigrateAsync();
    }

    private static string? Program(string name) => ServerProgram.Find(name, Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
        : []);
}

/// <summary>Tests that share one <see cref="PostgresServer"/>, one after the other.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A collection in xunit's sense of the word.")]
[CollectionDefinition(nameof(PostgresCollection))]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>;
